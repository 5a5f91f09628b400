#include "flow/founding.h"

#include <algorithm>

#include "base/text.h"
#include "flow/directory_draft.h"
#include "flow/repeat.h"
#include "model/directory_json.h"
#include "policy/labelling.h"
#include "policy/permit.h"

namespace hinomi::flow {
namespace {

constexpr std::size_t kLongestName = 200;  // bytes

bool is_name(std::string_view text) {
  return !trimmed(text).empty() && text.size() <= kLongestName && is_utf8(text) &&
         std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

bool is_compartment(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

Result<Organisation> secretariat(const Platform& platform, const FoundingWish& wish) {
  const std::string& english = wish.organisation_en.empty() ? wish.organisation : wish.organisation_en;
  if (!is_name(wish.organisation) || !is_name(english))
    return invalid("founding.organisation", "Name the organisation in 1 to 200 bytes.");
  Organisation org;
  org.id = OrgId::random(platform.random);
  org.kind = OrgKind::Secretariat;
  org.name = trimmed(wish.organisation);
  org.name_en = trimmed(english);
  return org;
}

Result<Person> founder(const Platform& platform, const FoundingWish& wish, const Founder& wanted, const OrgId& org) {
  Person person;
  TRY(person.login, canonical_login(wanted.login));
  if (!is_name(wanted.name)) return invalid("founding.name", "Give each person a name: LOGIN=NAME.", wanted.login);
  person.id = PersonId::random(platform.random);
  person.org = org;
  person.name = person.name_en = trimmed(wanted.name);
  person.roles = {Role::Operator, Role::Analyst};
  person.compartments = wish.compartments;
  return person;
}

// The groups that policy/labelling.h looks for by name, empty.
std::vector<Group> standing_groups(const Platform& platform) {
  std::vector<Group> groups;
  for (const std::string_view name : {policy::kMembersGroup, policy::kTechnicalGroup, policy::kPartnersGroup}) {
    Group group;
    group.id = GroupId::random(platform.random);
    group.name = name;
    group.ceiling = Tlp::AmberStrict;
    groups.push_back(std::move(group));
  }
  return groups;
}

Result<Directory> first_directory(const Platform& platform, const FoundingWish& wish) {
  if (wish.people.size() < kFewestFounders)
    return invalid("founding.too_few", "Name at least two people: every later change needs two.");
  if (!std::ranges::all_of(wish.compartments, is_compartment))
    return invalid("founding.compartment", "A compartment has 1 to 40 of a to z, 0 to 9, - and _.");
  Directory directory;
  TRY(const Organisation org, secretariat(platform, wish));
  directory.orgs.emplace(org.id, org);
  for (const Founder& wanted : wish.people) {
    TRY(const Person person, founder(platform, wish, wanted, org.id));
    const auto same = [&](const auto& entry) { return entry.second.login == person.login; };
    if (std::ranges::any_of(directory.persons, same))
      return conflict("person.login_taken", "Two of these people have the same login: " + wanted.login);
    directory.persons.emplace(person.id, person);
  }
  for (const Group& group : standing_groups(platform)) directory.groups.emplace(group.id, group);
  return directory;
}

}  // namespace

Result<Founding> found_installation(const Platform& platform, const FoundingWish& wish) {
  Founding founding;
  TRY(founding.directory, first_directory(platform, wish));
  founding.expires_at = platform.clock.now() + kInvitationStands;
  store::Foundation foundation{founding.directory, {}, policy::secretariat_label(founding.directory)};
  for (const auto& [id, person] : founding.directory.persons) {
    NewInvitation made = make_invitation(platform, id);
    foundation.invitations.push_back(made.kept);
    founding.invitations.push_back(std::move(made.issued));
  }
  store::Alongside with{.at = platform.clock.now(), .idempotency = {}, .ledger = {}, .outbox = {}};
  const std::string subject = founding.directory.orgs.begin()->first.text();
  with.ledger.push_back(ledger_entry(platform, "installation.founded", subject, 1, directory_text(founding.directory)));
  TRY_OK(platform.store.found(policy::MachineRoom::local_operator(), foundation, with));
  platform.log.info("installation_founded", {{"organisation", subject}});
  return founding;
}

Result<IssuedInvitation> invite_locally(const Platform& platform, const std::string& login) {
  TRY(const std::string wanted, canonical_login(login));
  for (const auto& [id, person] : platform.store.directory()->persons) {
    if (person.login != wanted || !person.active || person.canary) continue;
    NewInvitation made = make_invitation(platform, id);
    TRY_OK(platform.store.put_invitation(policy::MachineRoom::local_inviter(id), made.kept));
    platform.log.info("invited_locally", {{"person", id.text()}});
    return std::move(made.issued);
  }
  return not_found();
}

Status make_releases_collection(const Platform& platform) {
  store::Collection collection;
  collection.id = platform.releases;
  collection.alias = "releases";
  collection.title = "会員への共有";
  collection.description = "Releases of the ISAC as STIX 2.1, each under its own label.";
  // Everyone of the community may look in; each object is shown under its own label.
  collection.readers = policy::public_label(Tlp::Green);
  collection.writers = Label{};  // releases are published, never posted
  return platform.store.put_collection(policy::MachineRoom::local_operator(), collection);
}

}  // namespace hinomi::flow
