#include "worlds/knows.h"

namespace hinomi::tests::worlds {
namespace {

// People of an organisation that is no member are in no group of members, whoever put them there.
bool counts_for(const Group& group, const Organisation& org) {
  return org.membership == Membership::Member || group.kind == GroupKind::Audience;
}

bool is_in(const Directory& directory, const Person& person, const AudienceSet& set, Tlp tlp) {
  for (const PersonId& named : set.persons) {
    if (named == person.id) return true;
  }
  if (tlp == Tlp::Red) return false;  // to the named recipients only
  for (const OrgId& org : set.orgs) {
    if (org == person.org) return true;
  }
  for (const GroupId& id : set.groups) {
    const auto group = directory.groups.find(id);
    if (group == directory.groups.end() || tlp > group->second.ceiling) continue;
    if (!counts_for(group->second, directory.orgs.at(person.org))) continue;
    if (group->second.persons.contains(person.id) || group->second.orgs.contains(person.org)) return true;
  }
  return false;
}

bool class_allows(OrgKind kind, GovClass gov_class) {
  const bool authority = kind == OrgKind::Ministry || kind == OrgKind::Nco;
  if (gov_class == GovClass::Sogo) return authority;
  if (gov_class == GovClass::Teikyo) return authority || kind == OrgKind::Secretariat || kind == OrgKind::Operator;
  return true;
}

}  // namespace

bool may_know(const Directory& directory, const PersonId& id, const Label& label) {
  const auto found = directory.persons.find(id);
  if (found == directory.persons.end() || !found->second.active) return false;
  const Person& person = found->second;
  const auto org = directory.orgs.find(person.org);
  if (org == directory.orgs.end()) return false;
  const OrgKind kind = org->second.kind;
  if (label.needs_clearance && !(person.cleared && directory.clearance_register)) return false;
  if (label.embargo_until && kind != OrgKind::Secretariat) return false;
  if (label.tlp > person.ceiling) return false;
  if (!class_allows(kind, label.gov_class)) return false;
  for (const std::string& compartment : label.compartments) {
    if (!person.compartments.contains(compartment)) return false;
  }
  if (label.audience.is_everyone()) return label.tlp == Tlp::Clear || label.tlp == Tlp::Green;
  if (label.audience.sets().empty()) return false;
  for (const AudienceSet& set : label.audience.sets()) {
    if (!is_in(directory, person, set, label.tlp)) return false;
  }
  return true;
}

bool may_know_all(const Directory& directory, const PersonId& person, const std::vector<Label>& labels) {
  for (const Label& label : labels) {
    if (!may_know(directory, person, label)) return false;
  }
  return true;
}

}  // namespace hinomi::tests::worlds
