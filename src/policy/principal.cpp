#include "policy/principal.h"

namespace hinomi::policy {

Result<Principal> principal_of(const Directory& directory, const PersonId& id) {
  const auto person = directory.persons.find(id);
  if (person == directory.persons.end() || !person->second.active) return not_found();
  const auto org = directory.orgs.find(person->second.org);
  if (org == directory.orgs.end()) return not_found();
  Principal principal;
  principal.person = id;
  principal.org = org->first;
  principal.org_kind = org->second.kind;
  principal.roles = person->second.roles;
  principal.compartments = person->second.compartments;
  principal.ceiling = person->second.ceiling;
  principal.cleared = person->second.cleared;
  principal.epoch = directory.epoch;
  for (const auto& [group_id, group] : directory.groups) {
    if (group.orgs.contains(principal.org) || group.persons.contains(id))
      principal.groups.emplace(group_id, group.ceiling);
  }
  return principal;
}

}  // namespace hinomi::policy
