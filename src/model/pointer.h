// That something exists which this platform must not hold (重要経済安保情報 and the like), and whom to ask for it.
// Never any of its content: closed vocabularies, and single lines of plain text that are bounded. Plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/ids.h"
#include "model/label.h"

namespace hinomi {

// The system under which the content is classified: Act No. 27 of 2024, Act No. 108 of 2013, Act No. 166 of 1954, or
// that of another state.
enum class SecrecySystem { ImportantEconomicSecurity, SpeciallyDesignated, SpecialDefence, Foreign };
std::string_view secrecy_system_text(SecrecySystem system);         // "important_economic_security", …
Result<SecrecySystem> parse_secrecy_system(std::string_view text);  // Invalid "pointer.system"
std::vector<std::string_view> secrecy_systems();                    // every word, in order

// The level inside the system; Unstated where it has none or the holder does not tell it.
enum class SecrecyLevel { Unstated, Confidential, Secret, TopSecret };
std::string_view secrecy_level_text(SecrecyLevel level);          // "unstated", …
Result<SecrecyLevel> parse_secrecy_level(std::string_view text);  // Invalid "pointer.level"
std::vector<std::string_view> secrecy_levels();

struct Pointer {
  PointerId id;
  OrgId org;  // of who made it; its people end it
  PersonId made_by;
  Instant made_at;
  Label label;         // who may read the pointer; whoever asks the holder needs more than that
  std::string holder;  // "経済産業省 ◯◯課"; this and the next two: 1 to 300 bytes
  SecrecySystem system = SecrecySystem::ImportantEconomicSecurity;
  SecrecyLevel level = SecrecyLevel::Unstated;
  std::string reference;       // the holder's own number for it
  std::string contact;         // whom to ask, and how
  Day dated{};                 // of the content, as its holder dates it
  std::optional<Day> expires;  // the last day on which the holder keeps it for readers
  std::optional<Instant> ended_at;
  bool operator==(const Pointer&) const = default;
};

// Ended by its organisation, or past its last day in Asia/Tokyo.
bool is_over(const Pointer& pointer, Instant now);

// Invalid "pointer.text" (empty, too long, more than one line), "pointer.expires" (before its date),
// "clearance.refused" where a line bears the marking itself; `where` names the field.
Status check_pointer(const Pointer& pointer);

// What is kept of it besides ids, label and times, as canonical JSON, and back.
std::string pointer_text(const Pointer& pointer);
Status read_pointer_text(std::string_view json, Pointer& pointer);

}  // namespace hinomi
