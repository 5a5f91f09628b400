// Pointers to what this platform must not hold: made by a person of an organisation, read by whom their label names,
// ended by that organisation. Who will read one is shown before it is made, from the function that decides.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flow/caller.h"
#include "flow/repeat.h"
#include "model/pointer.h"
#include "policy/labelling.h"

namespace hinomi::flow {

struct PointerDraft {
  std::string holder;
  SecrecySystem system = SecrecySystem::ImportantEconomicSecurity;
  SecrecyLevel level = SecrecyLevel::Unstated;
  std::string reference;
  std::string contact;
  Day dated{};
  std::optional<Day> expires;
  policy::PointerAudience audience = policy::PointerAudience::Secretariat;
  bool needs_clearance = false;  // of those readers only who has one in the register
};

bool may_make_pointer(const Caller& caller);
// The pointer as it would be; nothing is written. Invalid as check_pointer() and policy::action::MakePointer say.
Result<Pointer> drafted_pointer(const Platform& platform, const Caller& caller, const PointerDraft& draft);
// Writes it. A repeat gives the first one.
Result<Pointer> make_pointer(const Platform& platform, const Caller& caller, const PointerDraft& draft,
                             const std::optional<RepeatKey>& repeat);
bool may_end_pointer(const Caller& caller, const Pointer& pointer);
// Conflict "pointer.ended" when it has ended before.
Result<Pointer> end_pointer(const Platform& platform, const Caller& caller, std::string_view id,
                            const std::optional<RepeatKey>& repeat);
Result<Pointer> find_pointer(const Platform& platform, const Caller& caller, std::string_view id);

// Open pointers of the caller's organisation of which nobody in it is a reader any more, as of a clearance that nobody
// there has now: its administrator ends them, unread. Oldest first.
struct UnreadPointer {
  PointerId id;
  Instant made_at;
};
bool may_end_unread_pointers(const Caller& caller);
Result<std::vector<UnreadPointer>> unread_pointers(const Platform& platform, const Caller& caller);
// NotFound while somebody of the organisation may read it.
Status end_unread_pointer(const Platform& platform, const Caller& caller, std::string_view id);

// Readers of a label as the caller may know them: the secretariat everybody; others the bodies of state and whoever is
// in an open group with them by name, and of the rest how many organisations there are. Of a label that needs a
// clearance these are the people among whom the cleared ones are: the register is nobody else's to read (DOMAIN-JAPAN
// §3.4).
struct KnownReaders {
  std::vector<OrgId> orgs;
  std::size_t other_orgs = 0;
  std::size_t people = 0;
};
KnownReaders readers_known_to(const Caller& caller, Label label);

}  // namespace hinomi::flow
