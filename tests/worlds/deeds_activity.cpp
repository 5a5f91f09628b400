// What people do besides: confirm, sight, sign in, read, repeat writes, and what operators change in the directory.
#include <algorithm>

#include "flow/publish.h"
#include "flow/sighting.h"
#include "policy/permit.h"
#include "worlds/deeds.h"
#include "worlds/knows.h"

namespace hinomi::tests::worlds {
namespace {

namespace action = policy::action;

HttpRequest request_of(const std::string& remote, Method method, const std::string& target, std::string body) {
  HttpRequest request;
  request.method = method;
  request.method_text = method_text(method);
  request.target = target;
  request.path = target.substr(0, target.find('?'));
  request.host = "hinomi.example";
  request.remote_address = remote;
  if (!body.empty()) request.headers.add("Content-Type", "application/json");
  request.body = std::move(body);
  return request;
}

constexpr std::string_view kElsewhere = "198.51.100.7";

// Somebody's request through the api, with a token of theirs. What it answers is theirs too.
void ask_as(const Scene& scene, const PersonId& person, HttpRequest request) {
  request.headers.add("Authorization",
                      "Bearer " + scene.world.keys_of(person, scene.world.random().below(1U << 31U)).token);
  scene.world.api().handle(request);
}

Directory with_newcomer(const Scene& scene, const OrgId& org) {
  Person person;
  person.id = PersonId::random(scene.world.random());
  person.org = org;
  person.name = "Newcomer " + scene.taint(35);
  person.name_en = person.name;
  person.login = scene.taint(36);
  person.roles = {Role::Viewer};
  person.active = false;
  scene.made().login = person.login;
  scene.made().ids.push_back(person.id.text());
  Directory changes;
  changes.persons.emplace(person.id, person);
  return changes;
}

Directory with_group(const Scene& scene, const OrgId& org, const PersonId& outsider) {
  Group group{GroupId::random(scene.world.random()), "Group " + scene.taint(37), Tlp::Amber, {org}, {outsider}};
  scene.made().ids.push_back(group.id.text());
  Directory changes;
  changes.groups.emplace(group.id, group);
  return changes;
}

Directory with_supplier(const Scene& scene) {
  Organisation supplier;
  supplier.id = OrgId::random(scene.world.random());
  supplier.kind = OrgKind::Supplier;
  supplier.name = "Supplier " + scene.taint(38);
  supplier.name_en = supplier.name;
  scene.made().ids.push_back(supplier.id.text());
  Directory changes;
  changes.orgs.emplace(supplier.id, supplier);
  return changes;
}

}  // namespace

void PlanMaker::acknowledge() {
  if (releases_.empty()) return;
  const OutRelease out = pick(random_, releases_);
  const auto readers = readers_of(out.review.release_label);
  if (!readers.empty()) acknowledge(out, pick(random_, readers));
}

std::size_t PlanMaker::acknowledge(const OutRelease& out, const PersonId& reader) {
  Deed deed;
  deed.name = "receipt of release " + std::to_string(out.deed) + " by " + text_of(cast_.person(reader));
  deed.needs = {out.deed};
  deed.known_to = {reader};
  deed.known_to.insert(cast_.analysts.begin(), cast_.analysts.end());
  deed.act = [=](const Scene& scene) -> Status {
    World& world = scene.world;
    const Release& release = *scene.of(out.deed).release;
    TRY(const auto permit, policy::permit<action::Acknowledge>(world.as(reader).principal, {release.id}));
    store::Alongside with;
    with.at = world.clock().now();
    return world.store().acknowledge(permit, release.version, with);
  };
  return add(std::move(deed));
}

// Of one organisation for each release, so that with the viewer's own there are never three: from three on the count
// is for every reader of the release.
void PlanMaker::sight() {
  if (!releases_.empty()) sight(pick(random_, releases_));
}

std::optional<std::size_t> PlanMaker::sight(const OutRelease& out) {
  std::vector<PersonId> able;
  for (const PersonId& id : readers_of(out.review.release_label)) {
    const Person& person = cast_.person(id);
    const bool machine = person.roles.contains(Role::Machine);
    const bool speaks = machine || person.roles.contains(Role::Reporter) || person.roles.contains(Role::Approver);
    if (speaks && person.org != cast_.secretariat) able.push_back(id);
  }
  if (able.empty()) return std::nullopt;
  const auto stranger = std::ranges::find_if(
      able, [&](const PersonId& id) { return cast_.person(id).org != cast_.person(plan_.viewer).org; });
  const PersonId witness = stranger == able.end() ? able.front() : *stranger;
  Deed deed;
  deed.name = "sighting for release " + std::to_string(out.deed) + " by " + text_of(cast_.person(witness));
  deed.needs = {out.deed};
  deed.known_to = {witness};
  const Label shown = label_of_org(cast_, cast_.person(witness).org);
  deed.shown_to = {{shown}};
  // Who may see the sighting knows of the release, whether they may read it or not.
  if (is_seen(shown)) plan_.deeds[out.deed].known_to.insert(plan_.viewer);
  deed.act = [=](const Scene& scene) -> Status {
    World& world = scene.world;
    const flow::Caller caller = world.as(witness);
    const Release& release = *scene.of(out.deed).release;
    TRY(const auto objects, world.store().release_objects(caller.reach, release.id));
    const auto indicator = std::ranges::find(objects, "indicator", &StixObject::type);
    if (indicator == objects.end()) return {};
    const flow::SightingDraft draft{release.number.text(), indicator->id, scene.is_other() ? "2-9" : "100+",
                                    tokyo_day(world.clock().now()), scene.is_other()};
    for (int i = 0; i < (scene.is_other() ? 1 : 4); ++i) {
      const auto sent = flow::send_sighting(world.platform(), caller, draft, std::nullopt);
      if (!sent.ok()) return sent.error();
    }
    return {};
  };
  return add(std::move(deed));
}

void PlanMaker::sign_in() {
  const PersonId person = pick(random_, cast_.people);
  Deed deed;
  deed.name = "sign-in of " + text_of(cast_.person(person));
  deed.known_to = {person};
  for (const PersonId& id : cast_.people) {
    if (cast_.person(id).org == cast_.secretariat) deed.known_to.insert(id);
  }
  deed.act = [person](const Scene& scene) -> Status {
    World& world = scene.world;
    store::Credential credential;
    credential.person = person;
    credential.password_hash = hash_password(SecretText(scene.taint(32)), HashCost::Test);
    TRY_OK(world.store().put_credential(policy::MachineRoom::local_operator(), credential));
    const std::string& login = world.cast().person(person).login;
    scene.made().login = login;
    const int tries = scene.is_other() ? 1 : 2;
    for (int i = 0; i < tries; ++i) {
      const std::string password = scene.is_other() ? scene.taint(32) : "wrong " + scene.taint(33);
      world.api().handle(request_of(std::string(kElsewhere), Method::Post, "/api/v1/session",
                                    R"({"login":")" + login + R"(","password":")" + password + R"("})"));
    }
    return {};
  };
  add(std::move(deed));
}

void PlanMaker::read_around() { read_around(pick(random_, cast_.people)); }

// The owner of a report may learn who reads it, and so may those who keep the audit trail.
std::size_t PlanMaker::read_around(const PersonId& person) {
  Deed deed;
  deed.name = "reading by " + text_of(cast_.person(person));
  deed.known_to = {person};
  for (const PersonId& id : cast_.people) {
    const Person& other = cast_.person(id);
    bool owner = false;
    for (const FiledReport& report : reports_) {
      const bool owns = report.org == other.org || report.other_org == other.org;
      const auto reads = [&](const Label& label) { return may_know(cast_.directory, person, label); };
      // Its reviews count as it, under labels of their own.
      owner = owner || (owns && (std::ranges::any_of(report.labels, reads) ||
                                 std::ranges::any_of(plan_.also_shown[report.deed], reads)));
    }
    if (owner || other.org == cast_.secretariat || other.org == cast_.person(person).org ||
        other.roles.contains(Role::Auditor))
      deed.known_to.insert(id);
  }
  deed.act = [person](const Scene& scene) -> Status {
    constexpr std::array<const char*, 6> kTargets{"/api/v1/home", "/api/v1/reports", "/api/v1/releases",
                                                  "/releases",    "/api/v1/cases",   "/taxii2/api/collections/"};
    for (std::size_t i = scene.is_other() ? 2 : 0; i < kTargets.size(); ++i)
      ask_as(scene, person, request_of(std::string(kElsewhere), Method::Get, kTargets.at(i), ""));
    return {};
  };
  return add(std::move(deed));
}

// The viewer may come with the very same key: keys belong to people.
void PlanMaker::write_with_key() {
  std::vector<PersonId> able;
  for (const PersonId& id : reporters()) {
    if (cast_.person(id).roles.contains(Role::Reporter)) able.push_back(id);
  }
  write_with_key(pick(random_, able));
}

std::size_t PlanMaker::write_with_key(const PersonId& person) {
  const OrgId org = cast_.person(person).org;
  Deed deed;
  deed.name = "repeatable write of " + text_of(cast_.person(person));
  deed.known_to = {person};
  deed.shown_to = {{label_of_org(cast_, org)}};
  deed.act = [person](const Scene& scene) -> Status {
    HttpRequest request = request_of(std::string(kElsewhere), Method::Post, "/api/v1/reports",
                                     R"({"kind":"incident","summary":"again )" + scene.taint(34) +
                                         R"(","facts":{"t.detected":"2026-11-21T02:05:00+09:00"}})");
    scene.made().idempotency_key = "press-" + std::to_string(scene.deed);
    request.headers.add("Idempotency-Key", scene.made().idempotency_key);
    ask_as(scene, person, request);
    return {};
  };
  return add(std::move(deed));
}

// Changes that touch neither who reads what the viewer reads nor anybody the viewer has to do with.
void PlanMaker::change_directory() {
  const OrgId org = pick(random_, cast_.orgs);
  const std::uint32_t what = random_.below(3);
  constexpr std::array kNames{"newcomer who is not active yet", "group of others", "supplier without people"};
  Deed deed;
  deed.name = kNames.at(what);
  for (const PersonId& id : cast_.people) {
    const Person& person = cast_.person(id);
    if (person.org == cast_.secretariat || (what != 2 && person.org == org)) deed.known_to.insert(id);
  }
  const PersonId outsider = pick(random_, cast_.people);
  if (what == 1) {
    for (const PersonId& id : cast_.people) {
      if (cast_.person(id).org == cast_.person(outsider).org) deed.known_to.insert(id);
    }
  }
  deed.act = [=](const Scene& scene) -> Status {
    const Directory changes = what == 0   ? with_newcomer(scene, org)
                              : what == 1 ? with_group(scene, org, outsider)
                                          : with_supplier(scene);
    const auto epoch = scene.world.store().put_directory(policy::MachineRoom::local_operator(), changes);
    return epoch.ok() ? Status() : Status(epoch.error());
  };
  add(std::move(deed));
}

}  // namespace hinomi::tests::worlds
