#include "policy/principal.h"

namespace hinomi::policy {
namespace {

bool is_in(const Group& group, const Person& person, Membership membership) {
  if (membership == Membership::Audience && group.kind != GroupKind::Audience) return false;
  return group.orgs.contains(person.org) || group.persons.contains(person.id);
}

// Nobody lends what they no longer have.
void add_lent_roles(const Directory& directory, const PersonId& person, std::set<Role>& roles) {
  for (const auto& [id, delegation] : directory.delegations) {
    if (!delegation.in_force || delegation.to != person) continue;
    const auto lender = directory.persons.find(delegation.from);
    if (lender == directory.persons.end() || !lender->second.active) continue;
    if (lender->second.roles.contains(delegation.role)) roles.insert(delegation.role);
  }
}

}  // namespace

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
  add_lent_roles(directory, id, principal.roles);
  principal.cleared = directory.clearance_register && person->second.cleared;
  principal.quarantined = person->second.quarantined;
  principal.epoch = directory.epoch;
  for (const auto& [group_id, group] : directory.groups) {
    if (is_in(group, person->second, org->second.membership)) principal.groups.emplace(group_id, group.ceiling);
  }
  return principal;
}

}  // namespace hinomi::policy
