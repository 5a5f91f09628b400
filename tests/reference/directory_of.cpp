#include "reference/directory_of.h"

#include <chrono>
#include <utility>

namespace hinomi::reference {
namespace {

template <class IdType>
IdType id_of(char kind, int number) {
  Uuid uuid{};
  uuid[0] = static_cast<std::uint8_t>(kind);
  uuid[15] = static_cast<std::uint8_t>(number);
  return IdType(uuid);
}

Tlp tlp_of(Colour colour) {
  switch (colour) {
    case Colour::Clear: return Tlp::Clear;
    case Colour::Green: return Tlp::Green;
    case Colour::Amber: return Tlp::Amber;
    case Colour::AmberStrict: return Tlp::AmberStrict;
    case Colour::Red: return Tlp::Red;
  }
  return Tlp::Red;
}

GovClass gov_class_of(Class gov_class) {
  switch (gov_class) {
    case Class::None: return GovClass::None;
    case Class::Public: return GovClass::Shuchi;
    case Class::Provided: return GovClass::Teikyo;
    case Class::Full: return GovClass::Sogo;
  }
  return GovClass::Sogo;
}

OrgKind kind_of(Kind kind) {
  switch (kind) {
    case Kind::Secretariat: return OrgKind::Secretariat;
    case Kind::Operator: return OrgKind::Operator;
    case Kind::Technical: return OrgKind::Technical;
    case Kind::Ministry: return OrgKind::Ministry;
    case Kind::Nco: return OrgKind::Nco;
    case Kind::SafetyBureau: return OrgKind::SafetyBureau;
    case Kind::Partner: return OrgKind::Partner;
    case Kind::Supplier: return OrgKind::Supplier;
    case Kind::Auditor: return OrgKind::Auditor;
  }
  return OrgKind::Supplier;
}

std::set<PersonId> persons_of(const std::set<int>& numbers) {
  std::set<PersonId> ids;
  for (const int number : numbers) ids.insert(person_id(number));
  return ids;
}

std::set<OrgId> orgs_of(const std::set<int>& numbers) {
  std::set<OrgId> ids;
  for (const int number : numbers) ids.insert(org_id(number));
  return ids;
}

Audience audience_of(const Marking& marking) {
  if (marking.everyone) return Audience::everyone();
  if (marking.conditions.empty()) return Audience::nobody();
  std::vector<AudienceSet> sets;
  for (const Condition& condition : marking.conditions) {
    AudienceSet set{persons_of(condition.people), orgs_of(condition.orgs), {}};
    for (const int circle : condition.circles) set.groups.insert(group_id(circle));
    sets.push_back(std::move(set));
  }
  return Audience::every_one_of(std::move(sets));
}

}  // namespace

PersonId person_id(int number) { return id_of<PersonId>('p', number); }
OrgId org_id(int number) { return id_of<OrgId>('o', number); }
GroupId group_id(int number) { return id_of<GroupId>('c', number); }
int number_of(const PersonId& person) { return person.uuid()[15]; }

Directory directory_of(const World& world) {
  Directory directory;
  directory.epoch = 1;
  directory.clearance_register = world.keeps_clearances;
  for (const Member& member : world.orgs) {
    Organisation& org = directory.orgs[org_id(member.number)];
    org.id = org_id(member.number);
    org.kind = kind_of(member.kind);
    org.membership = member.is_member ? Membership::Member : Membership::Audience;
  }
  for (const Human& human : world.people) {
    Person& person = directory.persons[person_id(human.number)];
    person.id = person_id(human.number);
    person.org = org_id(human.org);
    person.active = human.active;
    person.cleared = human.cleared;
    person.ceiling = tlp_of(human.ceiling);
    person.compartments = human.compartments;
  }
  for (const Circle& circle : world.circles) {
    Group& group = directory.groups[group_id(circle.number)];
    group.id = group_id(circle.number);
    group.ceiling = tlp_of(circle.ceiling);
    group.kind = circle.is_audience ? GroupKind::Audience : GroupKind::SharingGroup;
    group.orgs = orgs_of(circle.orgs);
    group.persons = persons_of(circle.people);
  }
  return directory;
}

Label label_of(const Marking& marking) {
  Label label;
  label.tlp = tlp_of(marking.colour);
  label.gov_class = gov_class_of(marking.gov_class);
  label.audience = audience_of(marking);
  label.compartments = marking.compartments;
  if (marking.embargoed) label.embargo_until = Instant(std::chrono::seconds(1'800'000'000));
  label.needs_clearance = marking.needs_clearance;
  return label;
}

}  // namespace hinomi::reference
