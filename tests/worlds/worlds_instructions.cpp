// What answers cost must not tell how much is hidden (RELIABILITY §4 no. 39). Run under callgrind by instructions.py:
// asks a fixed set of request kinds in two worlds that differ by many hidden rows and dumps the instructions of each
// request under its name. Says the names of the kinds on standard output.
#include <valgrind/callgrind.h>

#include <algorithm>
#include <iostream>
#include <set>

#include "policy/permit.h"
#include "routes/requests.h"
#include "worlds/knows.h"
#include "worlds/material.h"
#include "worlds/variation.h"

namespace {

using namespace hinomi;
using namespace hinomi::tests;
using namespace hinomi::tests::worlds;
namespace action = policy::action;

constexpr std::size_t kHiddenRows = 400;  // of each kind, in the second world only

// The viewer and a label that keeps them out; both worlds have a row of every kind under it.
struct Stage {
  Plan plan;
  Label hidden;
  PersonId author;
};

Stage make_stage() {
  Stage stage;
  stage.plan = make_plan(4, 1, {.orgs_least = 6, .orgs_most = 6, .deeds_least = 60, .deeds_most = 60});
  const Cast& cast = stage.plan.cast;
  for (const PersonId& id : cast.people) {
    const Person& person = cast.person(id);
    if (person.org != cast.person(stage.plan.viewer).org && person.roles.contains(Role::Reporter) &&
        person.org != cast.secretariat)
      stage.author = id;
  }
  stage.hidden = label_of_report(cast, cast.person(stage.author).org, false);
  return stage;
}

void file_hidden_report(World& world, const Stage& stage) {
  ReportVersion report;
  report.report = ReportId::random(world.random());
  report.number = HumanNumber::make(NumberKind::Report, 2026, world.random());
  report.author = stage.author;
  report.org = world.cast().person(stage.author).org;
  report.filed_at = world.clock().now();
  report.content.summary = "out of sight";
  report.victim_label = report.technical_label = stage.hidden;
  const auto permit = must(policy::permit<action::FileReport>(world.as(stage.author).principal, {report.org}));
  store::Alongside with;
  with.at = world.clock().now();
  must_be_ok(world.store().file_report(permit, report, with));
}

void collect_hidden_item(World& world, const Stage& stage, std::size_t number) {
  store::NewCase fresh;
  fresh.id = CaseId::random(world.random());
  fresh.number = HumanNumber::make(NumberKind::Case, 2026, world.random());
  fresh.title = "out of sight";
  fresh.label = stage.hidden;
  SourceItem item;
  item.source = "feed";
  item.external_id = "hidden-" + std::to_string(number);
  item.version = "1";
  item.title = "out of sight";
  item.raw = "{}";
  const store::NewItem with_label{item, fresh.id, stage.hidden};
  store::Alongside with;
  with.at = world.clock().now();
  must(
      world.store().add_items(policy::MachineRoom::collector(), std::span(&fresh, 1), std::span(&with_label, 1), with));
}

void fill(World& world, const Stage& stage, std::size_t hidden_rows) {
  // A deed may be refused by a right that an earlier one took away; what builds on it is then left out, in both worlds.
  std::set<std::size_t> undone;
  for (std::size_t deed = 0; deed < stage.plan.deeds.size(); ++deed) {
    world.clock().set(*parse_rfc3339("2026-11-22T00:00:00Z") + std::chrono::minutes(deed));
    world.random().begin(mixed({stage.plan.seed, 4, deed}));
    const auto& needs = stage.plan.deeds[deed].needs;
    const bool lacks = std::ranges::any_of(needs, [&](std::size_t need) { return undone.contains(need); });
    if (lacks || !stage.plan.deeds[deed].act({world, deed, Wording::Plain}).ok()) undone.insert(deed);
  }
  world.random().begin(mixed({stage.plan.seed, 10}));
  for (std::size_t i = 0; i < hidden_rows; ++i) {
    file_hidden_report(world, stage);
    collect_hidden_item(world, stage, i);
  }
}

struct Kind {
  std::string name;
  HttpRequest request;
};

// The plainest request of every row that reads, one more of each that lists, and one for a hidden thing.
std::vector<Kind> kinds(const routes::Material& material, const World::Keys& keys) {
  std::vector<Kind> all;
  static const std::vector<routes::Row> rows = routes::all_rows();
  for (const routes::Row& row : rows) {
    if (row.ask.effect != routes::Effect::Reads || row.method != Method::Get) continue;
    std::size_t taken = 0;
    for (const routes::Made& made : routes::requests_for(row, material)) {
      const bool hidden = made.name.ends_with("=hidden");
      if (taken > 0 && !hidden && !(made.is_plain() && made.name.find("limit=1") != std::string::npos)) continue;
      if (taken == 3) break;
      ++taken;
      all.push_back({made.name, made.request});
      all.back().request.headers.add("Authorization", "Bearer " + keys.token);
    }
  }
  return all;
}

void measure(World& world, const std::vector<Kind>& all, const std::string& which) {
  for (const Kind& kind : all) {
    // Twice for what a first request sets up: prepared statements, the hour's mark of having read.
    for (int i = 0; i < 2; ++i) world.api().handle(kind.request);
    world.random().begin(1);
    const std::string name = which + " " + kind.name;  // the macro keeps the pointer beyond its own expression
    CALLGRIND_ZERO_STATS;
    world.api().handle(kind.request);
    CALLGRIND_DUMP_STATS_AT(name.c_str());
  }
}

}  // namespace

int main() {
  if (!RUNNING_ON_VALGRIND) {
    std::cerr << "worlds_instructions is run under callgrind; see tests/worlds/instructions.py\n";
    return 2;
  }
  const Stage stage = make_stage();
  World few(stage.plan.cast, stage.plan.seed);
  World many(stage.plan.cast, stage.plan.seed);
  fill(few, stage, 1);
  fill(many, stage, kHiddenRows);
  const World::Keys keys = few.keys_of(stage.plan.viewer);
  many.keys_of(stage.plan.viewer);
  const std::vector<Kind> all = kinds(material_of(stage.plan, few, many, 1), keys);
  for (const Kind& kind : all) std::cout << kind.name << "\n";
  std::cout.flush();
  CALLGRIND_START_INSTRUMENTATION;
  measure(few, all, "few");
  measure(many, all, "many");
  CALLGRIND_STOP_INSTRUMENTATION;
  return 0;
}
