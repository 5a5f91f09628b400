// A form of four pages as a PDF file: in its confined child, as a person waits for it, and the setting alone. Limit:
// 500 ms at the 95th percentile for the whole of it.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "exchange/child_printer.h"
#include "print/typeset.h"

namespace {

using namespace hinomi;

constexpr double kLimit = 0.5;
constexpr std::size_t kPages = 4;

std::string sentences(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += "変電所の監視制御端末において、保守用の回線から入った者が遮断器を操作した記録が確認された。";
  return text;
}

// As an authority's long form: every kind of field, and stories in the middle.
print::Document four_pages() {
  print::Document document;
  document.marking = "TLP:AMBER+STRICT";
  document.caveat = "受け取った組織のうち、知る必要のある方だけで取り扱ってください。";
  document.number = "NR-2026-0142";
  document.version = "第2報";
  document.title = "電気事故 詳報";
  document.issuer = "みなと電力ネットワーク";
  document.created = *parse_rfc3339("2026-11-22T02:05:00Z");
  document.badge = "未検証の様式";
  document.blocks = {print::Note{"項目と並びを公式の様式とまだ見比べていません。"}};
  for (const char* section : {"事故の概要", "被害の状況", "原因", "再発防止"}) {
    document.blocks.emplace_back(print::Heading{section, 2});
    print::Table table;
    for (std::size_t row = 0; row < 9; ++row)
      table.rows.push_back({.label = "項目の名 " + std::to_string(row + 1), .value = sentences(row % 4 + 1)});
    table.rows.push_back({.label = "供給支障電力", .value = "120,000 kW", .before = "95,000 kW"});
    table.rows.push_back({.label = "痕跡", .value = "ipv4 203[.]0[.]113[.]7", .tone = print::Tone::Code});
    document.blocks.emplace_back(std::move(table));
  }
  return document;
}

std::size_t pages_of(std::string_view file) {
  std::size_t pages = 0;
  for (auto at = file.find("/Type /Page "); at != std::string_view::npos; at = file.find("/Type /Page ", at + 1))
    ++pages;
  return pages;
}

template <class Print>
void measure(benchmark::State& state, const Print& print) {
  const print::Document document = four_pages();
  std::vector<double> times;
  for ([[maybe_unused]] const auto step : state) {
    const auto start = std::chrono::steady_clock::now();
    const Result<std::string> file = print(document);
    times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    if (!file.ok() || pages_of(*file) != kPages)
      return state.SkipWithError(file.ok() ? std::to_string(pages_of(*file)).c_str() : file.error().code.c_str());
  }
  std::sort(times.begin(), times.end());
  const double slow = times[times.size() * 95 / 100];
  state.counters["p95_of_limit"] = slow / kLimit;
  state.counters["p95_ms"] = slow * 1e3;
  state.counters["median_ms"] = times[times.size() / 2] * 1e3;
}

void in_a_confined_child(benchmark::State& state) {
  exchange::ChildPrinter printer;
  measure(state, [&](const print::Document& document) { return printer.print(document); });
}
BENCHMARK(in_a_confined_child)->Iterations(100)->Unit(benchmark::kMillisecond)->UseRealTime();

void setting_alone(benchmark::State& state) {
  const auto typesetter = print::Typesetter::create();
  if (!typesetter.ok()) return state.SkipWithError(typesetter.error().code.c_str());
  measure(state, [&](const print::Document& document) { return (*typesetter)->typeset(document); });
}
BENCHMARK(setting_alone)->Iterations(100)->Unit(benchmark::kMillisecond);

}  // namespace

// The program is its own child, as the server is.
int main(int argc, char** argv) {
  hinomi::initialise_crypto();
  if (argc == 3 && std::string_view(argv[1]) == "--child") std::_Exit(hinomi::exchange::run_print_child());
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
