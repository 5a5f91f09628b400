// Who is asking: one person with all that decides access, taken from the directory at one policy epoch.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "base/result.h"
#include "model/organisation.h"
#include "policy/scope.h"

namespace hinomi::policy {

struct Principal {
  PersonId person;
  OrgId org;
  OrgKind org_kind = OrgKind::Supplier;
  std::map<GroupId, Tlp> groups;  // with the strictest TLP that may be read through each
  std::set<Role> roles;
  std::set<std::string> compartments;
  Tlp ceiling = Tlp::Clear;
  bool cleared = false;
  bool quarantined = false;      // new, and not yet proven by another channel: no directory, slower
  Scopes scopes = all_scopes();  // of the session that asks
  std::uint64_t epoch = 0;

  [[nodiscard]] bool has(Role role) const { return roles.contains(role); }
  bool operator==(const Principal&) const = default;
};

// Roles lent by delegations in force are among the roles. A group counts for the people of an organisation that is no
// member only when it is an audience; a clearance counts only where the installation keeps a register.
// With every scope; flow narrows them to those of the session.
// NotFound for an unknown or inactive person: both look the same from outside.
Result<Principal> principal_of(const Directory& directory, const PersonId& person);

}  // namespace hinomi::policy
