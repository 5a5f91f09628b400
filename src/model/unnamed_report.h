// What somebody tells the secretariat without giving a name: four answers, the talk that follows, and, sealed apart,
// who they are if they chose to leave it. Every text is bounded. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/ids.h"
#include "model/label.h"

namespace hinomi {

using UnnamedId = Id<struct UnnamedTag>;
using IdentityOpeningId = Id<struct IdentityOpeningTag>;

// The answers of かんたん画面. Unknown (まだわからない) is an answer to each.
enum class Happening { Mail, Screen, Stopped, Missing, Stranger, Other, Unknown };
std::string_view happening_text(Happening happening);      // "mail", …, "unknown"
Result<Happening> parse_happening(std::string_view text);  // Invalid "unnamed.answer", as the two below
std::vector<std::string_view> happenings();

enum class NoticedWhen { Today, Yesterday, ThisWeek, Earlier, Unknown };
std::string_view noticed_when_text(NoticedWhen when);  // "today", …
Result<NoticedWhen> parse_noticed_when(std::string_view text);
std::vector<std::string_view> noticed_whens();

enum class GoesOn { Yes, No, Unknown };
std::string_view goes_on_text(GoesOn goes_on);  // "yes", …
Result<GoesOn> parse_goes_on(std::string_view text);
std::vector<std::string_view> goes_on_words();

struct UnnamedStory {
  Happening happening = Happening::Unknown;
  std::string details{};  // in the person's own words
  NoticedWhen noticed = NoticedWhen::Unknown;
  std::string place{};  // where, and at which machine or mail
  GoesOn goes_on = GoesOn::Unknown;
  std::string wish{};  // what they would like to be done
  bool operator==(const UnnamedStory&) const = default;
};
// Line ends become "\n" and white space at both ends goes. Invalid "unnamed.text" when a text is too long (details
// 6,000 bytes, place and wish 1,500), no UTF-8 or has control characters, "clearance.refused" where it bears the
// marking of what the platform must not hold; `where` names it.
Result<UnnamedStory> checked_story(UnnamedStory story);
// Nothing was said at all: every answer is Unknown, every text empty.
bool says_nothing(const UnnamedStory& story);
std::string unnamed_story_text(const UnnamedStory& story);  // canonical JSON
Result<UnnamedStory> parse_unnamed_story(std::string_view json);

// Who the reporter is, for who may open it: left or not, it takes the same room.
struct UnnamedIdentity {
  std::string name;
  std::string contact;
  [[nodiscard]] bool is_empty() const { return name.empty() && contact.empty(); }
  bool operator==(const UnnamedIdentity&) const = default;
};
// Invalid "unnamed.identity" unless each is one line of at most 300 bytes; a contact without a name is fine.
Result<UnnamedIdentity> checked_identity(UnnamedIdentity identity);
inline constexpr std::size_t kIdentityBytes = 2048;
std::string unnamed_identity_text(const UnnamedIdentity& identity);  // exactly kIdentityBytes
Result<UnnamedIdentity> parse_unnamed_identity(std::string_view json);

// One side's words in the talk.
enum class TalkSide { Reporter, Desk };
std::string_view talk_side_text(TalkSide side);  // "reporter", "desk"
Result<TalkSide> parse_talk_side(std::string_view text);
struct TalkEntry {
  TalkSide side = TalkSide::Reporter;
  std::optional<PersonId> by;  // of the desk
  Instant at;                  // of the reporter: the hour only
  std::string text;
  bool operator==(const TalkEntry&) const = default;
};
inline constexpr std::size_t kMostTalk = 200;           // entries in one talk
inline constexpr std::size_t kMostUnansweredTalk = 10;  // of the reporter in a row
// As the texts of a story: Invalid "unnamed.text" when empty or over 6,000 bytes.
Result<std::string> checked_talk(std::string text);

// A request to see who the reporter is: brought forward by one person, carried out by another, and then visible to
// these two.
enum class IdentityOpeningState { Proposed, Opened, Rejected };
std::string_view identity_opening_state_text(IdentityOpeningState state);  // "proposed", …
Result<IdentityOpeningState> parse_identity_opening_state(std::string_view text);
struct IdentityOpening {
  IdentityOpeningId id;
  PersonId proposed_by;
  Instant proposed_at;
  std::string reason;  // for the desk; 1 to 1,000 bytes
  IdentityOpeningState state = IdentityOpeningState::Proposed;
  std::optional<PersonId> decided_by;
  std::optional<Instant> decided_at;
  bool operator==(const IdentityOpening&) const = default;
};
inline constexpr std::size_t kMostIdentityOpenings = 20;

struct UnnamedReport {
  UnnamedId id;
  Label label;          // of those who may read it
  Instant received_at;  // the hour only
  UnnamedStory story;
  bool identity_left = false;
  std::optional<Instant> closed_at;
  bool waits = true;                        // the reporter spoke last
  std::optional<ReportId> report;           // that the secretariat made of it
  std::vector<TalkEntry> talk{};            // oldest first; empty in lists
  std::vector<IdentityOpening> openings{};  // oldest first; empty in lists
  bool operator==(const UnnamedReport&) const = default;
};

}  // namespace hinomi
