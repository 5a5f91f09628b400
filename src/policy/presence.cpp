#include "policy/presence.h"

namespace hinomi::policy {

Status Presence::covers(const PersonId& person, std::string_view purpose) const {
  if (person == person_ && purpose == purpose_) return {};
  return forbidden("step_up.other", "The proof was given for something else. Give it again for this.");
}

}  // namespace hinomi::policy
