#include "races/race_house.h"

#include "flow/session.h"
#include "policy/labelling.h"

namespace hinomi::tests {

RaceHouse::RaceHouse() {
  release_ = published_release(file_report().text("id"));
  const Answer shown = call("analyst1", Method::Get, "/api/v1/releases/" + release_);
  secrets_ = {shown.text("number"), "evil.example", release_};
  must(flow::deliver_outbox(installation_->platform()));
  for (const auto& [id, person] : installation_->store().directory()->persons) {
    if (person.login == "member_b_soc") reader_ = id;
  }
  const flow::Platform& real = installation_->platform();
  tripping_platform_ = std::make_unique<flow::Platform>(flow::Platform{
      real.store, tripping_clock_, tripping_random_, real.log, real.signing_key, real.rulebook, real.form_book,
      real.anonymiser, real.anonymity_policy, real.releases, real.ledger, real.entrance});
  tripping_api_ = std::make_unique<api::Api>(api::ApiParts{*tripping_platform_, *catalogue_, assets_, importer_,
                                                           printer_, std::string(app::embedded_api_description()),
                                                           installation_->cookie_key()});
  sign_reader_in();
}

RaceHouse::~RaceHouse() {
  tripping_api_->close_streams();
  tripping_api_.reset();
}

void RaceHouse::sign_reader_in() {
  token_ = must(flow::make_token(installation_->platform(), reader_, {.name = "race"})).secret.expose();
}

HttpRequest RaceHouse::as_reader(HttpRequest request) const {
  request.headers.set("Authorization", "Bearer " + token_);
  return request;
}

bool RaceHouse::tells(const HttpResponse& response) const {
  const std::string& body = response.shared_body ? *response.shared_body : response.body;
  for (const std::string& secret : secrets_) {
    if (body.find(secret) != std::string::npos) return true;
  }
  return false;
}

void RaceHouse::change_reader(const std::function<void(Person&)>& change) {
  Directory changes;
  Person person = installation_->store().directory()->persons.at(reader_);
  change(person);
  changes.persons.emplace(reader_, std::move(person));
  must(installation_->store().put_directory(policy::MachineRoom::local_operator(), changes));
}

void RaceHouse::change_members(const std::function<void(Group&)>& change) {
  Directory changes;
  for (const auto& [id, group] : installation_->store().directory()->groups) {
    if (group.name != policy::kMembersGroup) continue;
    Group changed = group;
    change(changed);
    changes.groups.emplace(id, std::move(changed));
  }
  must(installation_->store().put_directory(policy::MachineRoom::local_operator(), changes));
}

// By two people of the desk, over the API.
void RaceHouse::relabel(const std::string& embargo_until) {
  const std::string path = "/api/v1/releases/" + release_ + "/relabellings";
  const Answer proposed = call("analyst1", Method::Post, path,
                               R"({"tlp":"TLP:AMBER","audience":"members","reason":"race","embargo_until":")" +
                                   embargo_until + "\"," + step_up("analyst1") + "}");
  const Answer done =
      call("analyst2", Method::Post, path + "/" + proposed.text("id") + "/agreement", "{" + step_up("analyst2") + "}");
  if (done.text("state") != "carried_out") throw std::runtime_error(proposed.body + done.body);
}

std::string RaceHouse::open_case() {
  store::NewCase fresh;
  fresh.id = CaseId::random(random_);
  fresh.number = HumanNumber::make(NumberKind::Case, 2026, random_);
  fresh.title = "open";
  fresh.label = policy::public_label(Tlp::Green);
  store::NewItem item;
  item.item.source = "open";
  item.item.external_id = fresh.id.text();
  item.case_id = fresh.id;
  item.label = fresh.label;
  const std::array cases{fresh};
  const std::array items{item};
  store::Alongside with;
  with.at = clock_.now();
  must(installation_->store().add_items(policy::MachineRoom::collector(), cases, items, with));
  return fresh.id.text();
}

Revocation RaceHouse::narrowing() {
  return {"the release waits for an embargo", [this] { relabel("2027-03-01T00:00:00Z"); }, [this] { relabel(""); }};
}

std::vector<Revocation> RaceHouse::revocations() {
  store::Store& store = installation_->store();
  const OrgId org = store.directory()->persons.at(reader_).org;
  const auto end = [](Status status) {
    if (!status.ok()) throw std::runtime_error(status.error().detail);
  };
  const auto again = [this] { sign_reader_in(); };
  return {
      {"the session is ended", [this, &store, end] { end(store.end_session(sha256(token_))); }, again},
      {"every session is ended", [this, &store, end] { end(store.end_all_sessions(reader_)); }, again},
      {"the person is deactivated", [this] { change_reader([](Person& person) { person.active = false; }); },
       [this] {
         change_reader([](Person& person) { person.active = true; });
         sign_reader_in();
       }},
      {"the person's ceiling is lowered",
       [this] { change_reader([](Person& person) { person.ceiling = Tlp::Green; }); },
       [this] { change_reader([](Person& person) { person.ceiling = Tlp::Red; }); }},
      {"the organisation leaves the group",
       [this, org] { change_members([&](Group& group) { group.orgs.erase(org); }); },
       [this, org] { change_members([&](Group& group) { group.orgs.insert(org); }); }},
      {"the group's ceiling is lowered", [this] { change_members([](Group& group) { group.ceiling = Tlp::Green; }); },
       [this] { change_members([](Group& group) { group.ceiling = Tlp::AmberStrict; }); }},
  };
}

}  // namespace hinomi::tests
