#include "app/demo_story.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <ostream>
#include <set>
#include <thread>

#include "app/demo_stage.h"
#include "base/text.h"

namespace hinomi::app {
namespace {

constexpr std::string_view kTaxii = "application/taxii+json;version=2.1";
constexpr std::array<std::string_view, 3> kHunters{"member_a_soc", "member_b_soc", "member_c_soc"};
constexpr std::size_t kLogLines = 20'000;

std::string text_at(JsonView object, std::string_view name) { return std::string(object.string_at(name).value_or("")); }

std::string one_decimal(std::chrono::duration<double> seconds) {
  const auto tenths = static_cast<std::int64_t>(seconds.count() * 10 + 0.5);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

// This run's attacker: other values each time, so that what is found later can only come from this run.
struct Attacker {
  std::string domain;
  std::string address;
  std::string hash;
};

Attacker new_attacker(Random& random) {
  Bytes bytes(32);
  random.fill(bytes);
  return {"update-" + lower_ascii(random.speakable(6)) + ".kagari-support.example",
          "203.0.113." + std::to_string(1 + random.below(254)), to_hex(bytes)};
}

// A log line of an ordinary day, or one in which the attacker shows.
std::string log_line(std::size_t number, std::string_view target) {
  const std::string minute = std::to_string(10 + number / 60 % 50);
  const std::string second = std::to_string(10 + number % 50);
  return "2026-11-22T01:" + minute + ":" + second + "+09:00 proxy01 CONNECT 10.20." + std::to_string(number % 200) +
         ".17 " + std::string(target) + " 200\n";
}

class Story {
 public:
  Story(const Context& context, const DemoSector& sector, const StorySetting& setting)
      : stage_(context, sector, setting), attacker_(new_attacker(context.machine.random)) {}

  Status play(const std::function<bool()>& stop_wanted) {
    TRY_OK(stage_.prepare());
    for (const Step& step : kSteps) {
      if (stop_wanted()) return unavailable("demo.interrupted", "The demo was stopped.");
      TRY_OK(play_step(step));
    }
    return {};
  }

 private:
  struct Step {
    std::string_view name;
    Status (Story::*act)();
  };
  static const std::array<Step, 13> kSteps;

  Status play_step(const Step& step);
  void show(const Step& step, const Status& status, std::chrono::duration<double> took) const;

  Status collect();
  Status cases();
  Status report();
  Status duties();
  Status refused();
  Status proposal();
  Status approve();
  Status shield();
  Status armed();
  Status hunt();
  Status sighting();
  Status hidden();
  Status verify();

  [[nodiscard]] Result<bool> collection_shows_attacker(const std::string& collection) const;
  [[nodiscard]] Result<std::string> releases_collection_id() const;
  [[nodiscard]] Result<std::int64_t> compile_plan_of(std::string_view member) const;
  Status write_logs();
  [[nodiscard]] std::vector<std::string> report_words() const;

  Status say(std::string_view key, const Catalogue::Values& values) {
    line_ = stage_.context().text(key, values);
    values_ = values;
    return {};
  }

  DemoStage stage_;
  Attacker attacker_;
  std::string line_;  // what the present step has to say
  Catalogue::Values values_;
  std::string report_, number_, review_, release_, sighted_;
  std::chrono::steady_clock::time_point reported_;
};

const std::array<Story::Step, 13> Story::kSteps{{{"collect", &Story::collect},
                                                 {"cases", &Story::cases},
                                                 {"report", &Story::report},
                                                 {"duties", &Story::duties},
                                                 {"refused", &Story::refused},
                                                 {"proposal", &Story::proposal},
                                                 {"approve", &Story::approve},
                                                 {"shield", &Story::shield},
                                                 {"armed", &Story::armed},
                                                 {"hunt", &Story::hunt},
                                                 {"sighting", &Story::sighting},
                                                 {"hidden", &Story::hidden},
                                                 {"verify", &Story::verify}}};

Status Story::play_step(const Step& step) {
  line_.clear();
  values_.clear();
  const auto began = std::chrono::steady_clock::now();
  const Status status = (this->*step.act)();
  show(step, status, std::chrono::steady_clock::now() - began);
  if (status.ok()) return {};
  return status.error().inside(step.name);
}

void Story::show(const Step& step, const Status& status, std::chrono::duration<double> took) const {
  const Context& context = stage_.context();
  if (context.json) {
    JsonWriter line;
    line.begin_object().member("schema", "hinomi.demo-step.v1").member("step", step.name).member("ok", status.ok());
    for (const auto& [name, value] : values_) line.member(name, value);
    line.key("seconds").number(took.count());
    context.out << line.end_object().text() << "\n" << std::flush;
    return;
  }
  context.out << (status.ok() ? "  OK  " : "  NG  ") << context.text("cli.demo.step." + std::string(step.name)) << "  ("
              << one_decimal(took) << " s)\n";
  if (status.ok() && !line_.empty()) context.out << "      " << line_ << "\n";
  context.out << std::flush;
}

Status Story::collect() {
  TRY(const Json local, stage_.answer("analyst1", {"import", stage_.setting().feeds, "--source", "demo"}));
  std::int64_t items = local->root().integer_at("items").value_or(0);
  std::int64_t objects = local->root().integer_at("objects").value_or(0);
  TRY_OK(expect(items > 0, "No item was read from the demo feeds."));
  const std::string& shared = stage_.setting().shared;
  if (!shared.empty() && stage_.context().machine.files.exists(shared)) {
    const std::vector<std::vector<std::string>> feeds{
        {"import", shared + "/csaf-cisa-ot/2024", "--source", "csaf", "--limit", "40"},
        {"import", shared + "/kev", "--source", "kev"},
        {"import", shared + "/attack", "--source", "attack"}};
    for (const auto& feed : feeds) {
      TRY(const Json outcome, stage_.answer("analyst1", feed));
      items += outcome->root().integer_at("items").value_or(0);
      objects += outcome->root().integer_at("objects").value_or(0);
    }
  }
  return say("cli.demo.collect", {{"items", std::to_string(items)}, {"objects", std::to_string(objects)}});
}

Status Story::cases() {
  TRY(const auto rows, stage_.command("analyst1", {"case", "list", "--limit", "100000"}));
  TRY_OK(expect(!rows.empty(), "What was collected made no case."));
  return say("cli.demo.cases",
             {{"cases", std::to_string(rows.size())}, {"title", text_at(rows.front()->root(), "title")}});
}

std::vector<std::string> Story::report_words() const {
  const Instant now = stage_.context().machine.clock.now();
  const auto ago = [&](int minutes) { return to_rfc3339(now - std::chrono::minutes(minutes)); };
  return {"report",
          "new",
          "--kind",
          "incident",
          "--scope",
          "members_anonymously",
          "--preconsent",
          "--title",
          "保守用端末からの不正な遠隔接続",
          "--summary",
          "みなと電力ネットワークの宮城県の275kV変電所で、保守用端末から Kagari SCADA 4 への不正な遠隔接続を見つけた。"
          "偽の更新ファイルが置かれ、外部へ通信していた。接続は遮断した。停電は起きていない。",
          "--technical-text",
          "偽の更新ファイルが外部の指令サーバーへ HTTPS で接続する。",
          "--indicator",
          attacker_.domain,
          "--indicator",
          attacker_.address,
          "--indicator",
          attacker_.hash,
          "--technique",
          "T0886",
          "t.detected=" + ago(40),
          "t.known=" + ago(35),
          "how_detected=own_monitoring",
          "event.types=intrusion,malware",
          "system.kinds=power_control",
          "inc.cyber=suspected",
          "atk.kind=other",
          "impact.exists=unknown",
          "outage.lost_kw=@investigating",
          "pii.leak=@investigating"};
}

Status Story::report() {
  reported_ = std::chrono::steady_clock::now();
  TRY(const Json filed, stage_.answer("member_a_soc", report_words()));
  report_ = text_at(filed->root(), "id");
  number_ = text_at(filed->root(), "number");
  TRY_OK(expect(!report_.empty() && !number_.empty(), "The receipt has no number."));
  return say("cli.demo.report", {{"number", number_}});
}

Status Story::duties() {
  TRY(const Json assessment, stage_.answer("member_a_soc", {"report", "duties", number_}));
  const auto duties = assessment->root().find("duties");
  TRY_OK(expect(duties && duties->size() > 0, "The assessment names no duty."));
  std::size_t possible = 0;
  std::size_t clocks = 0;
  for (const JsonView duty : *duties) {
    if (text_at(duty, "verdict") == "does_not") continue;
    ++possible;
    const auto stages = duty.find("clocks");
    if (!stages) continue;
    for (const JsonView stage : *stages) clocks += stage.find("start") ? 1 : 0;
  }
  TRY_OK(expect(possible > 0, "An intrusion into the control system touches no duty."));
  return say("cli.demo.duties", {{"duties", std::to_string(possible)}, {"clocks", std::to_string(clocks)}});
}

Status Story::refused() {
  TRY(const Json review, stage_.answer("analyst1", {"review", "start", number_, "--audience", "members"}));
  review_ = text_at(review->root(), "id");
  const std::string code = text_at(review->root(), "refusal_code");
  TRY_OK(expect(code.starts_with("anonymity."), "The reporter's own words were not held back."));
  const auto approved = stage_.answer_in_person("analyst1", {"review", "approve", review_});
  TRY_OK(expect(!approved.ok(), "A text that names the reporter could be approved."));
  TRY_OK(expect(approved.error().code.starts_with("anonymity."),
                "The approval failed for another reason: " + approved.error().detail));
  const auto measure = review->root().find("measure");
  const std::string required = measure ? std::to_string(measure->integer_at("required").value_or(0)) : "";
  const std::string k = measure ? std::to_string(measure->integer_at("k").value_or(0)) : "";
  return say("cli.demo.refused", {{"k", k}, {"required", required}, {"reason", text_at(review->root(), "refusal")}});
}

Status Story::proposal() {
  TRY(const Json review, stage_.answer("analyst1", {"review", "edit", review_, "--use-proposal"}));
  const auto measure = review->root().find("measure");
  TRY_OK(expect(measure && measure->boolean_at("reached").value_or(false),
                "The proposal does not reach the number of possible reporters."));
  TRY_OK(expect(!review->root().find("refusal"),
                "The proposal cannot go out: " + text_at(review->root(), "refusal_detail")));
  return say("cli.demo.proposal", {{"k", std::to_string(measure->integer_at("k").value_or(0))},
                                   {"required", std::to_string(measure->integer_at("required").value_or(0))}});
}

Status Story::approve() {
  TRY(const Json first, stage_.answer_in_person("analyst1", {"review", "approve", review_}));
  TRY_OK(expect(text_at(first->root(), "state") == "open", "One person alone could publish."));
  TRY(const Json second, stage_.answer_in_person("analyst2", {"review", "approve", review_}));
  TRY_OK(expect(text_at(second->root(), "state") == "published", "Two approvals did not publish."));
  release_ = text_at(second->root(), "release_id");
  return say("cli.demo.approve", {});
}

Result<std::string> Story::releases_collection_id() const {
  TRY(const ClientResponse response, stage_.http("member_b_soc", "/taxii2/api/collections/", kTaxii));
  TRY_OK(expect(response.status == 200, "TAXII answered " + std::to_string(response.status) + "."));
  TRY(const Json document, parse_json(response.body));
  if (const auto collections = document->root().find("collections")) {
    for (const JsonView collection : *collections) {
      if (text_at(collection, "alias") == "releases") return text_at(collection, "id");
    }
  }
  return invalid("demo.step", "The member sees no collection of releases.");
}

Result<bool> Story::collection_shows_attacker(const std::string& collection) const {
  TRY(const ClientResponse response,
      stage_.http("member_b_soc", "/taxii2/api/collections/" + collection + "/objects/?match%5Btype%5D=indicator",
                  kTaxii));
  TRY_OK(expect(response.status == 200, "TAXII answered " + std::to_string(response.status) + "."));
  return response.body.find(attacker_.domain) != std::string::npos;
}

// Visible in the other member's poll, and compiled in its hunt plan.
Status Story::shield() {
  constexpr std::chrono::seconds kPatience{15};
  TRY(const std::string collection, releases_collection_id());
  for (const auto last = std::chrono::steady_clock::now() + kPatience;;) {
    TRY(const bool visible, collection_shows_attacker(collection));
    if (visible) break;
    TRY_OK(expect(std::chrono::steady_clock::now() < last,
                  "The release did not reach the other member's TAXII poll within 15 s."));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  TRY([[maybe_unused]] const std::int64_t compiled, compile_plan_of("member_b_soc"));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - reported_;
  return say("cli.demo.shield", {{"seconds", one_decimal(took)}});
}

Result<std::int64_t> Story::compile_plan_of(std::string_view member) const {
  const std::string nothing = stage_.file("nothing.log");
  TRY_OK(stage_.context().machine.files.replace(nothing, "nothing\n"));
  TRY(const Json summary,
      stage_.answer(member, {"hunt", "--save-plan", stage_.file("plan-" + std::string(member)), nothing}));
  const std::int64_t indicators = summary->root().integer_at("indicators").value_or(0);
  TRY_OK(expect(indicators >= 3, std::string(member) + "'s hunt plan holds " + std::to_string(indicators) +
                                     " indicators instead of at least 3."));
  return indicators;
}

Status Story::armed() {
  std::int64_t armed = 0;
  for (const std::string_view member : kHunters) {
    TRY(const std::int64_t indicators, compile_plan_of(member));
    armed += indicators;
  }
  return say("cli.demo.armed", {{"members", std::to_string(kHunters.size())}, {"armed", std::to_string(armed)}});
}

Status Story::write_logs() {
  std::string proxy;
  for (std::size_t i = 0; i < kLogLines; ++i) proxy += log_line(i, "cdn" + std::to_string(i % 97) + ".example.com:443");
  proxy += log_line(kLogLines, attacker_.domain + ":443");
  std::string firewall;
  for (std::size_t i = 0; i < kLogLines; ++i) firewall += log_line(i, "198.51.100." + std::to_string(i % 250) + ":443");
  firewall += log_line(kLogLines, attacker_.address + ":443");
  TRY_OK(stage_.context().machine.files.make_directories(stage_.file("logs")));
  TRY_OK(stage_.context().machine.files.replace(stage_.file("logs/proxy.log"), proxy));
  return stage_.context().machine.files.replace(stage_.file("logs/firewall.log"), firewall);
}

Status Story::hunt() {
  TRY_OK(write_logs());
  TRY(const auto lines, stage_.command("member_b_soc", {"hunt", stage_.file("logs")}));
  std::set<std::string> found;
  for (const Json& line : lines) {
    const JsonView hit = line->root();
    if (text_at(hit, "schema") != "hinomi.hit.v1") continue;
    const std::string value = text_at(hit, "value");
    if (value != attacker_.domain && value != attacker_.address) continue;
    TRY_OK(expect(hit.integer_at("line") == static_cast<std::int64_t>(kLogLines + 1), "A hit names the wrong line."));
    found.insert(value);
    if (value == attacker_.domain) sighted_ = text_at(hit, "indicator");
  }
  TRY_OK(expect(found.size() == 2, "Of the two planted traces " + std::to_string(found.size()) + " were found."));
  const JsonView summary = lines.back()->root();
  return say("cli.demo.hunt", {{"hits", std::to_string(summary.integer_at("hits").value_or(0))},
                               {"lines", std::to_string(summary.integer_at("lines").value_or(0))}});
}

Status Story::sighting() {
  TRY(const Json sent, stage_.answer("member_b_soc", {"sighting", "send", "--release", release_, "--indicator",
                                                      sighted_, "--count", "1"}));
  TRY_OK(expect(!text_at(sent->root(), "id").empty(), "The sighting was not taken."));
  return say("cli.demo.sighting", {});
}

// Who may not read it learns not even that it exists.
Status Story::hidden() {
  TRY(const ClientResponse there, stage_.http("vendor_psirt", "/api/v1/releases/" + release_, "application/json"));
  const std::string absent = uuid_text(random_uuid(stage_.context().machine.random));
  TRY(const ClientResponse nowhere, stage_.http("vendor_psirt", "/api/v1/releases/" + absent, "application/json"));
  TRY_OK(expect(there.status == 404 && nowhere.status == 404,
                "The vendor was answered " + std::to_string(there.status) + " instead of 404."));
  TRY_OK(expect(there.body == nowhere.body, "The two answers differ, so the vendor can tell that the release exists."));
  return say("cli.demo.hidden", {});
}

Status Story::verify() {
  constexpr std::chrono::seconds kPatience{15};
  const auto ask = [&] {
    return stage_.answer("member_b_soc", {"verify", "release", release_, "--trust", stage_.file("issuer.pub")});
  };
  Result<Json> proof = ask();
  // The ledger seals in batches; what was published a moment ago may wait for the next one.
  for (const auto last = std::chrono::steady_clock::now() + kPatience;
       !proof.ok() && proof.error().code == "ledger.not_sealed";) {
    if (std::chrono::steady_clock::now() > last) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    proof = ask();
  }
  if (!proof.ok()) return proof.error();
  TRY_OK(expect((*proof)->root().boolean_at("ledger").value_or(false), "The ledger's proof is missing."));
  const auto size = (*proof)->root().integer_at("ledger_size").value_or(0);
  return say("cli.demo.verify", {{"number", text_at((*proof)->root(), "number")}, {"size", std::to_string(size)}});
}

}  // namespace

Status play_story(const Context& context, const DemoSector& sector, const StorySetting& setting,
                  const std::function<bool()>& stop_wanted) {
  return Story(context, sector, setting).play(stop_wanted);
}

}  // namespace hinomi::app
