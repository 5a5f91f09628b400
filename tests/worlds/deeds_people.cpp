// What is decided about people: changes that are proposed, roles that are lent, clearances that are kept, invitations
// that are open. Of these nobody learns but who decides, and who has to do with the people.
#include <algorithm>

#include "flow/directory.h"
#include "worlds/deeds.h"
#include "worlds/in_person.h"

namespace hinomi::tests::worlds {
namespace {

namespace action = policy::action;

bool administers(const Person& person) { return person.roles.contains(Role::OrgAdmin); }

// Below everybody of the secretariat, and below an administrator of the own organisation.
bool is_ordinary(const Cast& cast, const Person& person) {
  return person.org != cast.secretariat && !administers(person) && !person.roles.contains(Role::Auditor);
}

// As a proposal of the flow is written, but for the proof that somebody is there.
Status propose_directly(const Scene& scene, const flow::Caller& caller, DirectoryChange change) {
  World& world = scene.world;
  store::Alongside with;
  with.at = world.clock().now();
  change.proposed_by = caller.principal.person;
  change.proposed_at = with.at;
  change.expires_at = with.at + flow::kProposalStands;
  if (world.cast().person(change.proposed_by).org == world.cast().secretariat)
    change.agreed = {{change.proposed_by, with.at}};
  for (const auto& [id, person] : world.cast().directory.persons) {
    const bool told = person.org == world.cast().secretariat && id != change.proposed_by;
    if (told) with.outbox.push_back({"notice", id, "directory.proposed", change.id.text()});
  }
  TRY(const auto permit,
      permit_in_person<action::ProposeDirectoryChange>(caller.principal, {caller.directory, change}));
  TRY_OK(world.store().propose_change(permit, with));
  scene.made().directory_change = change.id.text();
  return {};
}

}  // namespace

std::vector<PersonId> PlanMaker::people_of_others() const {
  const OrgId own = cast_.person(plan_.viewer).org;
  std::vector<PersonId> found;
  for (const auto& [id, person] : cast_.directory.persons) {
    if (person.org != own && person.org != cast_.secretariat) found.push_back(id);
  }
  return found;
}

std::set<PersonId> PlanMaker::with_secretariat(const OrgId& org) const {
  std::set<PersonId> people;
  for (const auto& [id, person] : cast_.directory.persons) {
    if (person.org == org || person.org == cast_.secretariat) people.insert(id);
  }
  return people;
}

// By an analyst, or by an administrator about a colleague. It stays open.
void PlanMaker::propose_change() {
  std::vector<PersonId> proposers =
      cast_.people_who([&](const Person& person) { return person.id != plan_.viewer && administers(person); });
  if (proposers.empty() || chance(random_, 50)) proposers = cast_.analysts;
  const Person& proposer = cast_.person(pick(random_, proposers));
  const bool of_secretariat = proposer.org == cast_.secretariat;
  std::vector<PersonId> below;
  for (const auto& [id, person] : cast_.directory.persons) {
    if (is_ordinary(cast_, person) && (of_secretariat || person.org == proposer.org)) below.push_back(id);
  }
  if (below.empty()) return;
  const PersonId person = pick(random_, below);
  Deed deed;
  deed.name = "change of " + text_of(cast_.person(person)) + " proposed by " + text_of(proposer);
  deed.known_to = with_secretariat(cast_.secretariat);
  deed.known_to.insert(proposer.id);
  deed.act = [person, by = proposer.id](const Scene& scene) -> Status {
    const flow::Caller caller = scene.world.as(by);
    const flow::DirectoryRow row{.fields = {{"id", person.text()}, {"name", "Person " + scene.taint(40)}}};
    TRY(auto draft, flow::draft_directory_change(scene.world.platform(), caller, {row}, flow::Completeness::Partial));
    if (!draft.problems.empty()) return internal("A row was not taken: " + draft.problems.front().code);
    draft.change.note = "note " + scene.taint(41);
    return propose_directly(scene, caller, std::move(draft.change));
  };
  add(std::move(deed));
}

// Between two people of another organisation. In force only for somebody who does nothing with it.
void PlanMaker::lend_role() {
  const auto others = people_of_others();
  if (others.empty()) return;
  const Person& to = cast_.person(pick(random_, others));
  const auto colleague = std::ranges::find_if(others, [&](const PersonId& id) {
    return id != to.id && cast_.person(id).org == to.org && !cast_.person(id).roles.empty();
  });
  if (colleague == others.end()) return;
  Delegation lent;
  lent.from = *colleague;
  lent.to = to.id;
  lent.role = *cast_.person(*colleague).roles.begin();
  lent.in_force = std::ranges::find(cast_.silent, to.id) != cast_.silent.end();
  Deed deed;
  deed.name = "role lent to " + text_of(to);
  deed.known_to = with_secretariat(to.org);
  deed.act = [lent](const Scene& scene) -> Status {
    World& world = scene.world;
    Delegation delegation = lent;
    delegation.id = DelegationId::random(world.random());
    delegation.from_at = world.clock().now() + (lent.in_force ? std::chrono::hours(-1) : std::chrono::hours(24));
    delegation.until = delegation.from_at + std::chrono::hours(scene.is_other() ? 48 : 96);
    scene.made().ids.push_back(delegation.id.text());
    Directory changes;
    changes.delegations.emplace(delegation.id, delegation);
    const auto epoch = world.store().put_directory(policy::MachineRoom::local_operator(), changes);
    return epoch.ok() ? Status() : Status(epoch.error());
  };
  add(std::move(deed));
}

// One more of somebody who has one already, so that nobody reads more or less; known in the own organisation only.
void PlanMaker::confirm_clearance() {
  auto cleared = people_of_others();
  std::erase_if(cleared, [&](const PersonId& id) { return !cast_.person(id).cleared; });
  if (cleared.empty() || !cast_.directory.clearance_register) return;
  const Person& person = cast_.person(pick(random_, cleared));
  Deed deed;
  deed.name = "clearance of " + text_of(person);
  for (const auto& [id, colleague] : cast_.directory.persons) {
    if (colleague.org == person.org) deed.known_to.insert(id);
  }
  deed.act = [id = person.id](const Scene& scene) -> Status {
    scene.made().clearance = must(scene.world.clear(id, scene.taint(42))).text();
    return {};
  };
  add(std::move(deed));
}

// Of somebody who has not signed in yet.
void PlanMaker::invite() {
  auto invited = people_of_others();
  std::erase_if(invited, [&](const PersonId& id) {
    return std::ranges::find(cast_.people, id) != cast_.people.end() || !cast_.person(id).active;
  });
  if (invited.empty()) return;
  const Person& person = cast_.person(pick(random_, invited));
  Deed deed;
  deed.name = "invitation of " + text_of(person);
  deed.known_to = with_secretariat(cast_.secretariat);
  deed.known_to.insert(person.id);
  deed.act = [id = person.id](const Scene& scene) -> Status {
    World& world = scene.world;
    scene.made().login = world.cast().person(id).login;
    store::Invitation invitation{id, sha256(scene.taint(43)), world.clock().now() + std::chrono::hours(24 * 7)};
    return world.store().put_invitation(policy::MachineRoom::local_inviter(id), invitation);
  };
  add(std::move(deed));
}

// The viewer administers the own organisation and keeps its register, and others do the same with theirs.
void PlanMaker::decide_about_people() {
  Person& viewer = plan_.cast.directory.persons.at(plan_.viewer);
  if (is_ordinary(cast_, viewer)) viewer.roles.insert({Role::OrgAdmin, Role::SecurityOfficer});
  constexpr int kOfEach = 3;
  for (int i = 0; i < kOfEach; ++i) {
    for (const auto make :
         {&PlanMaker::propose_change, &PlanMaker::lend_role, &PlanMaker::confirm_clearance, &PlanMaker::invite}) {
      const std::size_t before = plan_.deeds.size();
      (this->*make)();
      if (plan_.deeds.size() > before) plan_.focus.insert(before);
    }
  }
  plan_.asks_more = {"/api/v1/directory", "/api/v1/clearances", "/api/v1/session"};
}

}  // namespace hinomi::tests::worlds
