#include "sweeps/role_people.h"

#include <algorithm>

#include "flow/session.h"
#include "policy/labelling.h"
#include "policy/permit.h"

namespace hinomi::tests {
namespace {

Person person_in(const OrgId& org, Role role, std::string login, Random& random) {
  Person person;
  person.id = PersonId::random(random);
  person.org = org;
  person.name = person.name_en = "somebody";
  person.login = std::move(login);
  person.roles = {role};
  return person;
}

std::string login_of(OrgKind kind, Role role) {
  return "matrix_" + std::string(org_kind_text(kind)) + "_" + std::string(role_text(role));
}

}  // namespace

RolePeople::RolePeople() {
  const Directory& sector = *installation_->store().directory();
  Directory changes;
  std::set<OrgId> members;
  for (const OrgKind kind : kKinds) {
    Organisation org;
    if (kind == OrgKind::Secretariat) {
      org = sector.orgs.at(sector.persons.at(person_of("analyst1")).org);
    } else {
      org.id = OrgId::random(random_);
      org.kind = kind;
      org.name = org.name_en = "matrix " + std::string(org_kind_text(kind));
      members.insert(org.id);
    }
    orgs_[kind] = org.id;
    changes.orgs.emplace(org.id, org);
    for (const Role role : kRoles) {
      const Person person = person_in(org.id, role, login_of(kind, role), random_);
      changes.persons.emplace(person.id, person);
      people_.push_back({person.id, kind, role, ""});
    }
  }
  for (const auto& [id, group] : sector.groups) {
    if (group.name != policy::kMembersGroup) continue;
    changes.groups.emplace(id, group).first->second.orgs.insert(members.begin(), members.end());
  }
  must(installation_->store().put_directory(policy::MachineRoom::local_operator(), changes));
  for (Someone& person : people_) let_in(person);
}

PersonId RolePeople::person_of(std::string_view login) const {
  const Directory& directory = *installation_->store().directory();
  for (const auto& [id, person] : directory.persons) {
    if (person.login == login) return id;
  }
  throw std::runtime_error("no such person");
}

const RolePeople::Someone& RolePeople::somebody(OrgKind kind, Role role) const {
  return *std::ranges::find_if(people_, [&](const Someone& one) { return one.kind == kind && one.role == role; });
}

RolePeople::Someone RolePeople::add_person(OrgKind kind, Role role, std::string_view login, bool quarantined) {
  Person person = person_in(org_of(kind), role, std::string(login), random_);
  person.quarantined = quarantined;
  Directory changes;
  changes.persons.emplace(person.id, person);
  must(installation_->store().put_directory(policy::MachineRoom::local_operator(), changes));
  return {person.id, kind, role, "", quarantined};
}

void RolePeople::let_in(Someone& person) {
  const std::string hash = must(installation_->platform().entrance.passwords.hash(SecretText(std::string(kPassword))));
  must(
      installation_->store().put_credential(policy::MachineRoom::local_operator(), {person.id, hash, std::nullopt, 0}));
  person.token = must(flow::make_token(installation_->platform(), person.id, {.name = "matrix"})).secret.expose();
}

HttpRequest RolePeople::as(const Someone& person, HttpRequest request) {
  request.headers.set("Authorization", "Bearer " + person.token);
  return request;
}

}  // namespace hinomi::tests
