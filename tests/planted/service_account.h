// What many leaks share: code that reads as somebody else than the visitor, because it was written as a job.
#pragma once

#include "flow/caller.h"

namespace hinomi::planted {

// An analyst of the secretariat, who reads nearly everything; `otherwise` where the directory has none.
inline flow::Caller service_account(const flow::Platform& platform, const flow::Caller& otherwise) {
  for (const auto& [id, person] : otherwise.directory->persons) {
    const bool secretariat = otherwise.directory->orgs.at(person.org).kind == OrgKind::Secretariat;
    if (!secretariat || !person.active || !person.roles.contains(Role::Analyst)) continue;
    auto caller = flow::caller_for(platform, id);
    if (caller.ok()) return std::move(*caller);
  }
  return otherwise;
}

}  // namespace hinomi::planted
