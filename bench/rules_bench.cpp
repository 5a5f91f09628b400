// Evaluating all shipped packs: one report, and every open report at a change of the law. The matters are the packs'
// own examples, over and over. Limits: 1 ms at the 99th percentile for one report, 2 s for 10,000.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "rules/assessment.h"
#include "support/shipped_packs.h"

namespace {

using namespace hinomi;

constexpr double kLimitOfOne = 1e-3;
constexpr double kLimitOfAll = 2;
constexpr std::size_t kOpenReports = 10'000;

const rules::Rulebook& book() {
  static const auto kBook = shipped_rulebook();
  return *kBook;
}

std::vector<const rules::Example*> matters() {
  std::vector<const rules::Example*> found;
  for (const rules::Pack& pack : book().packs()) {
    for (const rules::Example& example : pack.examples) found.push_back(&example);
  }
  return found;
}

std::size_t assess(const rules::Example& matter) {
  return rules::assess(book(), matter.attributes, matter.kind, matter.facts, matter.now).duties.size();
}

double seconds_of(const rules::Example& matter) {
  const auto start = std::chrono::steady_clock::now();
  benchmark::DoNotOptimize(assess(matter));
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void one_report(benchmark::State& state) {
  const auto all = matters();
  std::vector<double> times;
  for ([[maybe_unused]] const auto step : state) times.push_back(seconds_of(*all[times.size() % all.size()]));
  std::sort(times.begin(), times.end());
  const double slow = times[times.size() * 99 / 100];
  state.counters["p99_of_limit"] = slow / kLimitOfOne;
  state.counters["p99_us"] = slow * 1e6;
  state.counters["duties"] = static_cast<double>(book().lines().size());
}
BENCHMARK(one_report)->Iterations(20'000)->Unit(benchmark::kMicrosecond);

void every_open_report(benchmark::State& state) {
  const auto all = matters();
  double slowest = 0;
  for ([[maybe_unused]] const auto step : state) {
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < kOpenReports; ++i) benchmark::DoNotOptimize(assess(*all[i % all.size()]));
    slowest = std::max(slowest, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  state.counters["slowest_of_limit"] = slowest / kLimitOfAll;
}
BENCHMARK(every_open_report)->Iterations(3)->Unit(benchmark::kMillisecond);

}  // namespace
