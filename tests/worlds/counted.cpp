#include "worlds/counted.h"

#include <valgrind/callgrind.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "base/text.h"
#include "policy/permit.h"
#include "worlds/material.h"
#include "worlds/pair.h"

namespace hinomi::tests::worlds {
namespace {

constexpr std::uint32_t kMoreDeeds = 4000;
constexpr std::uint32_t kMoreLabels = 500;
constexpr std::array kCrowds{Crowd::Few, Crowd::Many, Crowd::Others};
constexpr std::size_t kMostOfARow = 5;
const char* const kKindsFile = "/kinds";

Edits edits_of(const Plan& plan, Crowd crowd) {
  const std::vector<bool> may_go = removable(plan);
  std::vector<Fate> wished(plan.deeds.size(), Fate::Same);
  for (std::size_t deed = plan.deeds.size() - plan.more; deed < plan.deeds.size(); ++deed) {
    const bool crowds = may_go[deed] && !shows_ids(plan, deed) && crowd != Crowd::Few;
    wished[deed] = !crowds ? Fate::Nowhere : crowd == Crowd::Others ? Fate::OtherInB : Fate::Same;
  }
  return settled(plan, wished);
}

// A hidden report under a label of its own.
void file_under(World& world, const Label& label) {
  const PersonId author = world.cast().analysts.front();
  ReportVersion report;
  report.report = ReportId::random(world.random());
  report.number = HumanNumber::make(NumberKind::Report, 2026, world.random());
  report.author = author;
  report.org = world.cast().person(author).org;
  report.filed_at = world.clock().now();
  report.content.summary = "out of sight";
  report.victim_label = report.technical_label = label;
  const auto permit = must(policy::permit<policy::action::FileReport>(world.as(author).principal, {report.org}));
  store::Alongside with;
  with.at = report.filed_at;
  Status filed = world.store().file_report(permit, report, with);
  while (!filed.ok() && filed.error().code == "number.taken") {
    report.number = HumanNumber::make(NumberKind::Report, 2026, world.random());
    filed = world.store().file_report(permit, report, with);
  }
  must_be_ok(filed);
}

// Labels that nobody else's things have; nobody is in these compartments.
void file_under_many_labels(World& world) {
  for (std::uint32_t i = 0; i < kMoreLabels; ++i) {
    Label label = label_for_everyone(Tlp::Green);
    label.compartments = {"counted " + std::to_string(i)};
    world.random().begin(mixed({world.seed(), 12, i}));
    file_under(world, label);
  }
}

Instant time_of(std::size_t deed) {
  return *parse_rfc3339("2026-11-22T00:00:00Z") + std::chrono::seconds(10) * static_cast<int>(deed);
}

// A deed may be refused by a right that an earlier one took away; what builds on it is then left out, in every world.
void perform(World& world, const Plan& plan, const Edits& edits) {
  std::set<std::size_t> undone;
  for (std::size_t deed = 0; deed < plan.deeds.size(); ++deed) {
    world.clock().set(time_of(deed));
    world.random().begin(mixed({plan.seed, 4, deed}));
    const auto& needs = plan.deeds[deed].needs;
    const bool lacks = std::ranges::any_of(needs, [&](std::size_t need) { return undone.contains(need); });
    const bool done = !lacks && is_done(edits[deed], Side::B) &&
                      plan.deeds[deed].act({world, deed, wording_in(edits[deed], Side::B)}).ok();
    if (!done) undone.insert(deed);
  }
  world.clock().set(time_of(plan.deeds.size()));
  work_off(world);
}

std::vector<RequestKind> kinds_for(const routes::Material& material, const World::Keys& keys) {
  std::vector<RequestKind> all;
  static const std::vector<routes::Row> rows = routes::all_rows();
  for (const routes::Row& row : rows) {
    if (row.ask.effect != routes::Effect::Reads || row.method != Method::Get) continue;
    // The length of a proof follows from the size of the log, which its checkpoint tells everybody.
    if (row.pattern.find("/ledger/") != std::string_view::npos) continue;
    std::size_t taken = 0;
    for (const routes::Made& made : routes::requests_for(row, material)) {
      const bool lists = made.is_plain() && made.name.find("limit=1") != std::string::npos;
      const bool by_id = made.name.ends_with("=hidden") || made.name.ends_with("=readable");
      if (taken > 0 && !by_id && !lists) continue;
      if (taken == kMostOfARow) break;
      ++taken;
      all.push_back({made.name + (taken > 1 ? " (" + std::to_string(taken) + ")" : ""), made.request});
      all.back().request.headers.add("Authorization", "Bearer " + keys.token);
    }
  }
  return all;
}

void write_kinds(const std::string& folder, const std::vector<RequestKind>& kinds) {
  std::ofstream out(folder + kKindsFile);
  for (const RequestKind& kind : kinds) {
    out << kind.name << "\n" << kind.request.target << "\n";
    for (const Header& header : kind.request.headers) out << header.name << ": " << header.value << "\n";
    out << "\n";
  }
}

HttpRequest request_of(const std::string& target) {
  HttpRequest request;
  request.method = Method::Get;
  request.method_text = "GET";
  request.target = target;
  request.host = "hinomi.example";
  request.remote_address = "192.0.2.10";
  const auto mark = target.find('?');
  request.path = *url_decoded(target.substr(0, mark), Plus::IsPlus);
  if (mark == std::string::npos) return request;
  for (const std::string_view pair : split(std::string_view(target).substr(mark + 1), '&')) {
    const auto equals = pair.find('=');
    request.query.push_back(
        {std::string(pair.substr(0, equals)), *url_decoded(pair.substr(equals + 1), Plus::IsSpace)});
  }
  return request;
}

}  // namespace

std::string_view crowd_text(Crowd crowd) {
  constexpr std::array<std::string_view, 3> kTexts{"few", "many", "others"};
  return kTexts.at(static_cast<std::size_t>(crowd));
}

Plan make_counted_plan() {
  return make_plan(4, 1,
                   {.orgs_least = 6, .orgs_most = 6, .deeds_least = 60, .deeds_most = 60, .more_deeds = kMoreDeeds});
}

void fill_counted_worlds(const std::string& folder) {
  const Plan plan = make_counted_plan();
  std::vector<std::unique_ptr<World>> worlds;
  World::Keys keys;
  for (const Crowd crowd : kCrowds) {
    worlds.push_back(std::make_unique<World>(plan.cast, plan.seed, folder + "/" + std::string(crowd_text(crowd))));
    perform(*worlds.back(), plan, edits_of(plan, crowd));
    keys = worlds.back()->keys_of(plan.viewer);
    if (crowd != Crowd::Few) file_under_many_labels(*worlds.back());
  }
  write_kinds(folder, kinds_for(material_of(plan, *worlds.at(0), *worlds.at(1), {.of_each = 3}), keys));
}

std::unique_ptr<World> open_counted_world(const Plan& plan, const std::string& folder, Crowd crowd) {
  auto world = std::make_unique<World>(plan.cast, plan.seed, folder + "/" + std::string(crowd_text(crowd)));
  world->clock().set(time_of(plan.deeds.size()) + std::chrono::minutes(5));
  return world;
}

std::vector<RequestKind> read_kinds(const std::string& folder) {
  std::vector<RequestKind> kinds;
  std::ifstream in(folder + kKindsFile);
  std::string name, line;
  while (std::getline(in, name)) {
    std::getline(in, line);
    RequestKind kind{name, request_of(line)};
    while (std::getline(in, line) && !line.empty()) {
      const auto colon = line.find(": ");
      kind.request.headers.add(line.substr(0, colon), line.substr(colon + 2));
    }
    kinds.push_back(std::move(kind));
  }
  return kinds;
}

void count_requests(World& world, const std::vector<RequestKind>& kinds, const std::string& which) {
  for (int i = 0; i < 2; ++i) {
    for (const RequestKind& kind : kinds) world.api().handle(kind.request);
  }
  CALLGRIND_START_INSTRUMENTATION;
  // What is counted first after a start is counted wrong, so the first is counted twice.
  world.api().handle(kinds.front().request);
  CALLGRIND_DUMP_STATS_AT("start");
  for (const RequestKind& kind : kinds) {
    world.random().begin(1);
    const std::string name = which + " " + kind.name;  // the macro keeps the pointer beyond its own expression
    CALLGRIND_ZERO_STATS;
    world.api().handle(kind.request);
    CALLGRIND_DUMP_STATS_AT(name.c_str());
  }
  CALLGRIND_STOP_INSTRUMENTATION;
}

}  // namespace hinomi::tests::worlds
