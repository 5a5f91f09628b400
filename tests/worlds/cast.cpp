#include "worlds/cast.h"

#include <algorithm>

#include "worlds/knows.h"
#include "worlds/taint.h"

namespace hinomi::tests::worlds {
namespace {

constexpr std::array kOtherKinds{OrgKind::Operator, OrgKind::Operator,    OrgKind::Technical, OrgKind::Ministry,
                                 OrgKind::Nco,      OrgKind::Ministry,    OrgKind::Partner,   OrgKind::Supplier,
                                 OrgKind::Auditor,  OrgKind::SafetyBureau};

class CastMaker {
 public:
  CastMaker(Random& random, const Size& size) : random_(random), size_(size) {}

  Cast make() {
    cast_.directory.clearance_register = chance(random_, 70);
    const std::uint32_t compartments = chance(random_, 80) ? between(random_, 2, 4) : random_.below(2);
    for (std::uint32_t i = 0; i < compartments; ++i) cast_.compartments.push_back(taint_word(random_));
    const std::uint32_t orgs = between(random_, size_.orgs_least, size_.orgs_most);
    for (std::uint32_t i = 0; i < orgs; ++i) {
      const OrgKind kind = i == 0   ? OrgKind::Secretariat
                           : i <= 2 ? OrgKind::Operator
                                    : kOtherKinds.at(random_.below(kOtherKinds.size()));
      add_people(add_org(kind));
    }
    add_groups();
    return std::move(cast_);
  }

 private:
  OrgId add_org(OrgKind kind) {
    Organisation org;
    org.id = OrgId::random(random_);
    org.kind = kind;
    org.name = "Org " + taint_word(random_);
    org.name_en = org.name + " Ltd";
    const bool outside = kind == OrgKind::Supplier || kind == OrgKind::Technical || kind == OrgKind::Partner;
    if (outside && chance(random_, 40)) org.membership = Membership::Audience;
    if (kind == OrgKind::Operator) {
      org.attributes.licenses = {chance(random_, 50) ? License::Gtd : License::GenMajor};
      org.attributes.ci_operator = true;
      org.attributes.area = chance(random_, 50) ? "tohoku" : "kansai";
      org.attributes.frequency_hz = chance(random_, 50) ? 50 : 60;
    }
    if (kind == OrgKind::Secretariat) cast_.secretariat = org.id;
    cast_.orgs.push_back(org.id);
    cast_.directory.orgs.emplace(org.id, org);
    return org.id;
  }

  std::set<Role> roles_in(OrgKind kind, std::uint32_t place) {
    if (kind == OrgKind::Secretariat) {
      if (place < 2) return {Role::Analyst};
      return place == 2 ? std::set{Role::Operator} : std::set{Role::Analyst, Role::Reporter};
    }
    if (kind == OrgKind::Auditor) return {Role::Auditor};
    constexpr std::array kRoles{Role::Reporter, Role::Approver, Role::Viewer,
                                Role::Machine,  Role::Machine,  Role::OrgAdmin};
    std::set<Role> roles{place == 0 ? Role::Reporter : kRoles.at(random_.below(kRoles.size()))};
    if (chance(random_, 30)) roles.insert(kRoles.at(random_.below(kRoles.size())));
    if (roles.contains(Role::OrgAdmin)) roles.insert(Role::SecurityOfficer);
    return roles;
  }

  void add_people(const OrgId& org) {
    const OrgKind kind = cast_.directory.orgs.at(org).kind;
    const std::uint32_t least = kind == OrgKind::Secretariat ? 3 : 1;
    const std::uint32_t count = std::max(least, between(random_, 1, size_.people_most));
    for (std::uint32_t i = 0; i < count; ++i) {
      Person person = somebody(org);
      person.roles = roles_in(kind, i);
      const bool silent = i >= least && chance(random_, 25);
      if (silent && chance(random_, 50)) person.active = false;
      (silent ? cast_.silent : cast_.people).push_back(person.id);
      if (person.roles.contains(Role::Analyst) && !silent) cast_.analysts.push_back(person.id);
      cast_.directory.persons.emplace(person.id, person);
    }
  }

  Person somebody(const OrgId& org) {
    constexpr std::array kCeilings{Tlp::Red, Tlp::Red, Tlp::AmberStrict, Tlp::AmberStrict, Tlp::Amber, Tlp::Green};
    Person person;
    person.id = PersonId::random(random_);
    person.org = org;
    person.name = "Person " + taint_word(random_);
    person.name_en = person.name + " en";
    person.login = taint_word(random_);
    person.ceiling = kCeilings.at(random_.below(kCeilings.size()));
    person.cleared = chance(random_, 30);
    for (const std::string& compartment : cast_.compartments) {
      if (chance(random_, 45)) person.compartments.insert(compartment);
    }
    return person;
  }

  void add_group(const std::string& name, Tlp ceiling, std::set<OrgId> orgs, std::set<PersonId> persons) {
    Group group{GroupId::random(random_), name, ceiling, std::move(orgs), std::move(persons)};
    if (chance(random_, 25)) group.kind = GroupKind::Audience;
    if (chance(random_, 40)) group.visibility = Visibility::Blind;
    cast_.groups.push_back(group.id);
    cast_.directory.groups.emplace(group.id, std::move(group));
  }

  std::set<OrgId> orgs_of(OrgKind kind) const {
    std::set<OrgId> orgs;
    for (const auto& [id, org] : cast_.directory.orgs) {
      if (org.kind == kind) orgs.insert(id);
    }
    return orgs;
  }

  void add_groups() {
    std::set<OrgId> members = orgs_of(OrgKind::Operator);
    members.insert(cast_.secretariat);
    add_group("members", Tlp::AmberStrict, members, {});
    add_group("technical_members", Tlp::AmberStrict, orgs_of(OrgKind::Technical), {});
    add_group("partners", Tlp::AmberStrict, orgs_of(OrgKind::Partner), {});
    const std::uint32_t more = random_.below(4);
    for (std::uint32_t i = 0; i < more; ++i) {
      std::set<OrgId> orgs;
      std::set<PersonId> persons;
      for (const OrgId& org : cast_.orgs) {
        if (chance(random_, 35)) orgs.insert(org);
      }
      for (const PersonId& person : cast_.people) {
        if (chance(random_, 20)) persons.insert(person);
      }
      constexpr std::array kCeilings{Tlp::AmberStrict, Tlp::Amber, Tlp::Green};
      add_group("Group " + taint_word(random_), kCeilings.at(random_.below(kCeilings.size())), orgs, persons);
    }
  }

  Random& random_;
  const Size& size_;
  Cast cast_;
};

AudienceSet random_set(Random& random, const Cast& cast) {
  AudienceSet set;
  if (chance(random, 30)) set.persons.insert(pick(random, cast.people));
  if (chance(random, 15)) set.persons.insert(pick(random, cast.people));
  if (chance(random, 50)) set.orgs.insert(pick(random, cast.orgs));
  if (chance(random, 25)) set.orgs.insert(pick(random, cast.orgs));
  if (chance(random, 35)) set.groups.insert(pick(random, cast.groups));
  return set;
}

Tlp random_tlp(Random& random) {
  constexpr std::array kTlps{Tlp::Clear,       Tlp::Green,       Tlp::Green, Tlp::Amber, Tlp::Amber,
                             Tlp::AmberStrict, Tlp::AmberStrict, Tlp::Red,   Tlp::Red};
  return kTlps.at(random.below(kTlps.size()));
}

// Opens each part of the label to this person.
void let_in(Random& random, const Cast& cast, const PersonId& focus, Label& label) {
  const Person& person = cast.person(focus);
  label.tlp = std::min(label.tlp, person.ceiling);
  label.gov_class = GovClass::None;
  label.embargo_until.reset();
  if (!person.cleared) label.needs_clearance = false;
  std::erase_if(label.compartments, [&](const std::string& name) { return !person.compartments.contains(name); });
  if (label.audience.is_everyone()) return;
  std::vector<AudienceSet> sets = label.audience.sets();
  for (AudienceSet& set : sets) {
    if (label.tlp == Tlp::Red || chance(random, 40)) {
      set.persons.insert(focus);
    } else {
      set.orgs.insert(person.org);
    }
  }
  label.audience = Audience::every_one_of(std::move(sets));
}

// What a label that lets a person in may have besides, and the person is out. Nothing where it does not fit.
using Obstacle = void (*)(Random&, const Cast&, const Person&, Label&);

void above_the_ceiling(Random&, const Cast&, const Person& person, Label& label) {
  if (person.ceiling < Tlp::Red) label.tlp = static_cast<Tlp>(static_cast<int>(person.ceiling) + 1);
}
void for_others_by_name(Random& random, const Cast& cast, const Person& person, Label& label) {
  AudienceSet set;
  set.persons = {pick(random, cast.people)};
  set.orgs = {person.org};
  for (const auto& [id, group] : cast.directory.groups) {
    if (group.orgs.contains(person.org) || group.persons.contains(person.id)) set.groups.insert(id);
  }
  if (set.persons.contains(person.id)) set.persons.clear();
  label.tlp = Tlp::Red;
  label.audience = Audience::only(std::move(set));
}
void under_embargo(Random&, const Cast&, const Person&, Label& label) {
  label.embargo_until = *parse_rfc3339("2026-12-24T00:00:00Z");
}
void for_the_cleared(Random&, const Cast&, const Person&, Label& label) { label.needs_clearance = true; }
void for_authorities(Random&, const Cast&, const Person&, Label& label) { label.gov_class = GovClass::Sogo; }
void for_authorities_and_operators(Random&, const Cast&, const Person&, Label& label) {
  label.gov_class = GovClass::Teikyo;
}
void in_compartments(Random& random, const Cast& cast, const Person& person, Label& label) {
  if (cast.compartments.empty()) return;
  for (const std::string& name : cast.compartments) {
    if (!person.compartments.contains(name)) label.compartments = {name};
  }
  if (chance(random, 30)) label.compartments.insert(pick(random, cast.compartments));
  if (!person.compartments.empty()) label.compartments.insert(*person.compartments.begin());
}
void for_another_set_too(Random& random, const Cast& cast, const Person&, Label& label) {
  label.audience = label.audience.and_also(Audience::only(random_set(random, cast)));
}
void through_a_group(Random& random, const Cast& cast, const Person& person, Label& label) {
  AudienceSet set;
  set.groups = {pick(random, cast.groups)};
  for (const auto& [id, group] : cast.directory.groups) {
    const bool member = group.orgs.contains(person.org) || group.persons.contains(person.id);
    if (member && group.ceiling < person.ceiling) set.groups = {id};
  }
  const Tlp ceiling = cast.directory.groups.at(*set.groups.begin()).ceiling;
  label.tlp = static_cast<Tlp>(std::min(static_cast<int>(ceiling) + 1, static_cast<int>(Tlp::Red)));
  label.audience = Audience::only(std::move(set));
}
void amber_for_everyone(Random& random, const Cast&, const Person&, Label& label) {
  label.tlp = chance(random, 50) ? Tlp::Amber : Tlp::AmberStrict;
  label.audience = Audience::everyone();
}
void for_nobody(Random& random, const Cast&, const Person&, Label& label) {
  label.audience = chance(random, 50) ? Audience::nobody() : label.audience.and_also(Audience::nobody());
}

constexpr std::array<Obstacle, 11> kObstacles{above_the_ceiling,  for_others_by_name,  under_embargo,
                                              for_the_cleared,    for_authorities,     for_authorities_and_operators,
                                              in_compartments,    for_another_set_too, through_a_group,
                                              amber_for_everyone, for_nobody};

Label almost_readable(Random& random, const Cast& cast, const PersonId& focus, Obstacle obstacle) {
  Label label;
  label.tlp = random_tlp(random);
  label.audience =
      label.tlp <= Tlp::Green && chance(random, 40) ? Audience::everyone() : Audience::only(random_set(random, cast));
  let_in(random, cast, focus, label);
  obstacle(random, cast, cast.person(focus), label);
  return label;
}

Label almost_readable(Random& random, const Cast& cast, const PersonId& focus) {
  return almost_readable(random, cast, focus, kObstacles.at(random.below(kObstacles.size())));
}

}  // namespace

bool Cast::is_analyst(const PersonId& id) const { return std::ranges::find(analysts, id) != analysts.end(); }

Cast make_cast(Random& random, const Size& size) { return CastMaker(random, size).make(); }

Label label_for_everyone(Tlp tlp) {
  Label label;
  label.tlp = tlp;
  label.audience = Audience::everyone();
  return label;
}

Label label_for_people(std::set<PersonId> people, Tlp tlp) {
  Label label;
  label.tlp = tlp;
  AudienceSet set;
  set.persons = std::move(people);
  label.audience = Audience::only(std::move(set));
  return label;
}

Label label_of_org(const Cast& cast, const OrgId& org) { return label_of_report(cast, org, false); }

Label label_of_report(const Cast& cast, const OrgId& reporter, bool with_authorities) {
  Label label;
  label.tlp = Tlp::AmberStrict;
  AudienceSet set;
  set.orgs.insert(reporter);
  for (const auto& [id, org] : cast.directory.orgs) {
    const bool authority = org.kind == OrgKind::Ministry || org.kind == OrgKind::Nco;
    if (org.kind == OrgKind::Secretariat || (authority && with_authorities)) set.orgs.insert(id);
  }
  label.audience = Audience::only(std::move(set));
  return label;
}

Label label_for_members(const Cast& cast, Tlp tlp) {
  Label label;
  label.tlp = tlp;
  AudienceSet set;
  set.orgs.insert(cast.secretariat);
  set.groups.insert(cast.groups.front());
  label.audience = Audience::only(std::move(set));
  return label;
}

Label random_label(Random& random, const Cast& cast, const PersonId& focus) {
  if (chance(random, 30)) return almost_readable(random, cast, focus);
  Label label;
  label.tlp = random_tlp(random);
  if (chance(random, 12)) label.gov_class = static_cast<GovClass>(between(random, 1, 3));
  if (label.tlp <= Tlp::Green && chance(random, 60)) {
    label.audience = Audience::everyone();
  } else {
    std::vector<AudienceSet> sets{random_set(random, cast)};
    if (chance(random, 25)) sets.push_back(random_set(random, cast));
    label.audience = Audience::every_one_of(std::move(sets));
  }
  if (!cast.compartments.empty() && chance(random, 25)) label.compartments.insert(pick(random, cast.compartments));
  if (chance(random, 8)) label.embargo_until = *parse_rfc3339("2026-12-24T00:00:00Z");
  if (chance(random, 10)) label.needs_clearance = true;
  if (chance(random, 45)) let_in(random, cast, focus, label);
  return label;
}

Label visible_label(Random& random, const Cast& cast, const PersonId& focus) {
  for (int i = 0; i < 20; ++i) {
    Label label = random_label(random, cast, focus);
    let_in(random, cast, focus, label);
    if (may_know(cast.directory, focus, label)) return label;
  }
  return label_for_people({focus}, Tlp::Clear);
}

std::vector<Label> nearly_visible_labels(Random& random, const Cast& cast, const PersonId& focus) {
  std::vector<Label> labels;
  for (const Obstacle obstacle : kObstacles) {
    Label label = almost_readable(random, cast, focus, obstacle);
    if (!may_know(cast.directory, focus, label)) labels.push_back(std::move(label));
  }
  return labels;
}

Label hidden_label(Random& random, const Cast& cast, const PersonId& focus) {
  for (int i = 0; i < 20; ++i) {
    const std::uint32_t kind = random.below(100);
    const Label label = kind < 50   ? almost_readable(random, cast, focus)
                        : kind < 75 ? label_of_org(cast, pick(random, cast.orgs))
                                    : random_label(random, cast, focus);
    if (!may_know(cast.directory, focus, label)) return label;
  }
  return Label{};  // nobody
}

}  // namespace hinomi::tests::worlds
