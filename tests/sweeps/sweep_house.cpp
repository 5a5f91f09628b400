#include "sweeps/sweep_house.h"

#include "flow/session.h"
#include "policy/labelling.h"

namespace hinomi::tests {
namespace {

using routes::Known;
using routes::Material;
using routes::Standing;

constexpr std::string_view kIndicator = "indicator--0f1e2d3c-4b5a-4697-8877-665544332211";
constexpr std::string_view kSealedIndicator = "indicator--1f1e2d3c-4b5a-4697-8877-665544332211";

std::string envelope(std::string_view id) {
  return R"({"objects":[{"type":"indicator","spec_version":"2.1","id":")" + std::string(id) +
         R"(","created":"2026-11-20T00:00:00.000Z","modified":"2026-11-21T00:00:00.000Z","name":"n",)"
         R"("pattern":"[ipv4-addr:value = '203.0.113.9']","pattern_type":"stix","valid_from":"2026-11-20T00:00:00Z"}]})";
}

// One is sent, one deleted, and there is one left to save.
constexpr int kDraftsEach = 4;

}  // namespace

SweepHouse::SweepHouse() {
  make_reports();
  make_drafts();
  make_release();
  make_pointers();
  make_unnamed();
  make_objects();
  make_cases();
  make_notices();
  make_sessions();
  const Directory& directory = *installation_->store().directory();
  for (const auto& [id, org] : directory.orgs) add("org", id.text(), {});
  for (const auto& [id, person] : directory.persons) add("person", id.text(), {});
  for (const auto& [id, group] : directory.groups) add("group", id.text(), {});
  watch_ = std::make_unique<testing_support::DatabaseWatch>(directory_);
}

const std::vector<std::string_view>& SweepHouse::viewers() {
  static const std::vector<std::string_view> accounts{"member_a_lead", "member_b_soc", "vendor_psirt",
                                                      "partner_isac",  "analyst1",     "operator"};
  return accounts;
}

std::set<std::string, std::less<>> SweepHouse::accounts_of(std::initializer_list<std::string_view> prefixes) const {
  std::set<std::string, std::less<>> keys;
  for (const app::DemoAccount& account : sector_.accounts) {
    for (const std::string_view prefix : prefixes) {
      if (account.key.starts_with(prefix)) keys.insert(account.key);
    }
  }
  return keys;
}

void SweepHouse::add(std::string kind, std::string id, std::set<std::string, std::less<>> readers,
                     std::map<std::string, std::string, std::less<>> parts) {
  things_.push_back({std::move(kind), {std::move(id), Standing::Readable, std::move(parts)}, std::move(readers)});
}

std::map<std::string, std::string, std::less<>> SweepHouse::parts_of_form(std::string_view who,
                                                                          const std::string& report) {
  const std::string path = "/api/v1/reports/" + report + "/forms";
  const Answer forms = call(who, Method::Get, path);
  const JsonView items = *forms.json->root().find("items");
  if (items.size() == 0) throw std::runtime_error("the report asks for no form");
  const auto word = [](JsonView object, std::string_view name) { return std::string(*object.string_at(name)); };
  std::map<std::string, std::string, std::less<>> parts{{"version", "1"}};
  for (const std::string_view name : {"form", "duty", "stage"}) parts.emplace(name, word(items.at(0), name));
  parts.emplace("addressee", word(items.at(0).find("addressees")->at(0), "code"));
  const std::string query = "?duty=" + parts.at("duty") + "&stage=" + parts.at("stage");
  parts.emplace("digest", call(who, Method::Get, path + "/" + parts.at("form") + query).text("digest"));
  return parts;
}

std::string SweepHouse::handed_in(std::string_view who, const std::string& report) {
  const auto parts = parts_of_form(who, report);
  JsonWriter body;
  body.begin_object().member("report_version", 1).member("channel", "mail");
  for (const std::string_view name : {"form", "duty", "stage", "addressee", "digest"})
    body.member(name, parts.find(name)->second);
  const Answer recorded =
      call(who, Method::Post, "/api/v1/reports/" + report + "/submissions", body.end_object().take());
  if (recorded.status != 201) throw std::runtime_error("nothing was handed in: " + recorded.body);
  return recorded.text("id");
}

// One of member A that is under review, and one of member B.
void SweepHouse::make_reports() {
  const std::string of_a = file_report().text("id");
  const Answer of_b =
      call("member_b_soc", Method::Post, "/api/v1/reports",
           R"({"kind":"incident","summary":"B only","facts":{"t.detected":"2026-11-22T02:05:00+09:00"}})");
  const auto readers_of_a = accounts_of({"member_a", "analyst", "operator"});
  const auto readers_of_b = accounts_of({"member_b", "analyst", "operator"});
  add("report", of_a, readers_of_a, parts_of_form("member_a_soc", of_a));
  add("report", of_b.text("id"), readers_of_b, parts_of_form("member_b_soc", of_b.text("id")));
  add("submission", handed_in("member_a_soc", of_a), readers_of_a);
  add("submission", handed_in("member_b_soc", of_b.text("id")), readers_of_b);
  const Answer review_a = prepared_review(of_a);
  const Answer review_b =
      call("analyst1", Method::Post, "/api/v1/reports/" + of_b.text("id") + "/reviews", R"({"kind":"technical_only"})");
  add("review", review_a.text("id"), readers_of_a,
      {{"revision", std::string(review_a.json->root().find("revision")->raw())}});
  add("review", review_b.text("id"), readers_of_b, {{"revision", "1"}});
}

void SweepHouse::make_drafts() {
  for (const std::string_view who : viewers()) {
    for (int i = 0; i < kDraftsEach; ++i) {
      const std::string id = uuid_text(random_uuid(random_));
      const Answer saved = call(who, Method::Put, "/api/v1/drafts/" + id,
                                R"({"revision":0,"fields":{"noticed":"02:05","summary":"a draft"}})");
      if (saved.status == 200) add("draft", id, {std::string(who)}, {{"revision", "1"}});
    }
  }
}

void SweepHouse::make_release() {
  const std::string id = published_release(file_report("zzqqxxwwvv").text("id"));
  const Answer shown = call("analyst1", Method::Get, "/api/v1/releases/" + id);
  const Answer indicators = call("analyst1", Method::Get, "/api/v1/indicators");
  const std::string indicator(indicators.json->root().find("items")->at(0).string_at("id").value_or(""));
  const auto members = accounts_of({"member", "analyst", "operator"});
  add("release", id, members, {{"version", "1"}, {"number", shown.text("number")}, {"indicator", indicator}});
  const std::string other = published_release(file_report("yyqqxxwwvv").text("id"));
  for (const std::string& release : {id, other, id, id}) make_relabelling(release);
  add("indicator", indicator, members);
  add("object", indicator, members,
      {{"collection", app::releases_collection().text()}, {"version", "2026-11-21T17:10:00Z"}});
}

void SweepHouse::make_pointers() {
  const auto post = [&](std::string_view who, std::initializer_list<std::string_view> readers) {
    const Answer made = call(who, Method::Post, "/api/v1/pointers",
                             R"({"holder":"h","system":"foreign","reference":"r","contact":"c","dated":"2026-11-05"})");
    if (made.status != 201) throw std::runtime_error("no pointer was made: " + made.body);
    add("pointer", made.text("id"), accounts_of(readers));
  };
  post("member_a_lead", {"member_a", "analyst", "operator"});
  post("member_b_soc", {"member_b", "analyst", "operator"});
  post("analyst1", {"analyst", "operator"});
}

// More than a suite closes, each with somebody behind it whom nobody has asked for, or whom analyst2 has.
void SweepHouse::make_unnamed() {
  constexpr int kReports = 6;
  for (int i = 0; i < kReports; ++i) {
    HttpRequest sent = request(Method::Post, "/easy/report",
                               "step=send&key=unnamed-" + std::to_string(i) + "&details=told&name=somebody");
    sent.headers.set("Content-Type", "application/x-www-form-urlencoded");
    if (send(std::move(sent)).status != 200) throw std::runtime_error("nothing was told");
  }
  const Answer told = call("analyst2", Method::Get, "/api/v1/unnamed");
  const JsonView items = *told.json->root().find("items");
  for (const JsonView report : items) {
    const std::string id(report.string_at("id").value_or(""));
    add("unnamed", id, accounts_of({"analyst"}));
    const Answer proposed = call("analyst2", Method::Post, "/api/v1/unnamed/" + id + "/identity",
                                 R"({"reason":"r",)" + step_up("analyst2") + "}");
    if (proposed.status != 201) throw std::runtime_error("nobody was asked for: " + proposed.body);
    const JsonView openings = *proposed.json->root().find("openings");
    add("opening", std::string(openings.at(0).string_at("id").value_or("")), accounts_of({"analyst"}),
        {{"unnamed", id}});
  }
}

void SweepHouse::make_relabelling(const std::string& release) {
  const Answer proposed =
      call("analyst2", Method::Post, "/api/v1/releases/" + release + "/relabellings",
           R"({"tlp":"TLP:AMBER+STRICT","audience":"members","reason":"r",)" + step_up("analyst2") + "}");
  if (proposed.status != 201) throw std::runtime_error("nothing was proposed: " + proposed.body);
  add("relabelling", proposed.text("id"), accounts_of({"analyst"}), {{"release", release}});
}

// The partner's own collection and the secretariat's, with an object each, and the status of having added it.
void SweepHouse::make_objects() {
  const std::string& shared = sector_.probe_collections.at("rw");
  const std::string& sealed = sector_.probe_collections.at("none");
  const auto partners = accounts_of({"partner"});
  const auto secretariat = accounts_of({"analyst", "operator"});
  add("collection", app::releases_collection().text(), {});
  add("collection", shared, partners);
  add("collection", sealed, secretariat);
  const auto post = [&](std::string_view who, const std::string& collection, std::string_view object) {
    HttpRequest asked = request(Method::Post, "/taxii2/api/collections/" + collection + "/objects/", envelope(object));
    asked.headers.set("Content-Type", "application/taxii+json;version=2.1");
    asked.headers.add("Authorization", "Bearer " + account(who).api_token);
    const Answer answer = send(asked);
    if (answer.status != 202) throw std::runtime_error("no object was added: " + answer.body);
    return answer.text("id");
  };
  add("status", post("partner_isac", shared, kIndicator), {"partner_isac"});
  add("status", post("analyst1", sealed, kSealedIndicator), {"analyst1"});
  add("object", std::string(kIndicator), partners, {{"collection", shared}, {"version", "2026-11-21T00:00:00.000Z"}});
  add("object", std::string(kSealedIndicator), secretariat,
      {{"collection", sealed}, {"version", "2026-11-21T00:00:00.000Z"}});
}

void SweepHouse::make_cases() {
  store::Store& store = installation_->store();
  const auto permit = policy::MachineRoom::collector();
  const auto put = [&](const Label& label, std::string_view title) {
    store::NewCase fresh;
    fresh.id = CaseId::random(random_);
    fresh.number = HumanNumber::make(NumberKind::Case, 2026, random_);
    fresh.title = title;
    fresh.label = label;
    const store::NewCase cases[] = {fresh};
    store::Alongside with;
    with.at = clock_.now();
    must(store.add_items(permit, cases, {}, with));
    return fresh.id.text();
  };
  add("case", put(policy::public_label(Tlp::Green), "open"), {});
  add("case", put(policy::secretariat_label(*store.directory()), "sealed"), accounts_of({"analyst", "operator"}));
}

// Notices belong to one person each.
void SweepHouse::make_notices() {
  must(flow::deliver_outbox(installation_->platform()));
  for (const std::string_view who : viewers()) {
    const Answer notices = call(who, Method::Get, "/api/v1/notices");
    for (const JsonView notice : notices.json->root())
      add("notice", std::string(notice.string_at("id").value_or("")), {std::string(who)});
  }
}

// A token and a browser of everybody's own, beside the token that the sweeps ask with.
void SweepHouse::make_sessions() {
  const flow::Platform& platform = installation_->platform();
  for (const auto& [id, person] : platform.store.directory()->persons) {
    if (std::ranges::find(viewers(), person.login) == viewers().end()) continue;
    const auto browser = must(flow::open_browser_session(platform, id));
    add("session", must(platform.store.session(browser.caller.session, clock_.now())).id.text(), {person.login});
    add("session", must(flow::make_token(platform, id, {.name = "spare"})).session.id.text(), {person.login});
  }
}

Material SweepHouse::material_for(std::string_view who) const {
  Material material;
  for (const Standing wanted : {Standing::Readable, Standing::Hidden}) {
    for (const Thing& thing : things_) {
      const Standing standing =
          thing.readers.empty() || thing.readers.contains(who) ? Standing::Readable : Standing::Hidden;
      if (standing != wanted) continue;
      Known known = thing.known;
      known.standing = standing;
      material.known[thing.kind].push_back(std::move(known));
    }
  }
  const app::DemoAccount& own = account(who);
  material.known["login"] = {{own.login, Standing::Own, {{"password", own.password}}}};
  material.known["word"] = {{"a <word> & more", Standing::Readable, {}}};
  material.known["value"] = {{"sweep.example", Standing::Readable, {}}};
  material.known["cve"] = {{"CVE-2025-11111", Standing::Readable, {}}};
  material.known["idempotency"] = {{"press-" + std::string(who), Standing::Readable, {}}};
  material.known["asset"] = {{"nothing.js", Standing::Readable, {}}};
  return material;
}

HttpResponse SweepHouse::answer(std::string_view who, HttpRequest request) const {
  request.headers.add("Authorization", "Bearer " + account(who).api_token);
  return api_->handle(request);
}

}  // namespace hinomi::tests
