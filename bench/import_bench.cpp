// Reading threat data: our readers against simdjson alone over the same bytes, which only finds the same few fields.
// Inputs are ATT&CK for ICS and 500 advisories; without the shared data the demo feeds are read instead, many times.
// `objects` counts STIX objects and items; the ratio of two real times is the price of checking and keeping.
#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <filesystem>
#include <string>
#include <vector>

#include "formats/csaf.h"
#include "formats/stix.h"
#include "support/read_file.h"

namespace {

using hinomi::testing::files_below;
using hinomi::testing::read_file;

constexpr std::size_t kAdvisories = 500;

struct Inputs {
  std::string bundle;
  std::vector<std::string> advisories;
  std::size_t advisory_bytes = 0;
};

Inputs load() {
  namespace fs = std::filesystem;
  const fs::path shared = HINOMI_SHARED_DATA;
  const fs::path demo = fs::path(HINOMI_SOURCE_DIR) / "packs/demo/feeds";
  const bool has_shared = fs::exists(shared / "attack/ics-attack.json");
  Inputs inputs;
  inputs.bundle = read_file(has_shared ? shared / "attack/ics-attack.json" : demo / "threat-objects.json");
  const auto files = files_below(has_shared ? shared / "csaf-cisa-ot" : demo / "csaf", ".json");
  for (std::size_t i = 0; i < kAdvisories && !files.empty(); ++i) {
    inputs.advisories.push_back(read_file(files[i % files.size()]));
    inputs.advisory_bytes += inputs.advisories.back().size();
  }
  return inputs;
}

const Inputs& inputs() {
  static const Inputs loaded = load();
  return loaded;
}

void report(benchmark::State& state, std::size_t objects, std::size_t bytes) {
  state.counters["objects"] = static_cast<double>(objects);
  state.SetItemsProcessed(static_cast<std::int64_t>(objects) * state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
}

void stix_ours(benchmark::State& state) {
  std::size_t objects = 0;
  for (auto _ : state) {
    const auto outcome = hinomi::read_stix({"bench", "bundle.json", inputs().bundle});
    objects = outcome.ok() ? outcome->objects.size() : 0;
    if (objects == 0) state.SkipWithError("the bundle was not read");
  }
  report(state, objects, inputs().bundle.size());
}

// id, type, modified and the raw slice of each object: what any importer needs at least.
std::size_t stix_fields(simdjson::ondemand::parser& parser, const simdjson::padded_string& text) {
  std::size_t objects = 0;
  simdjson::ondemand::document document = parser.iterate(text);
  for (simdjson::ondemand::object object : document["objects"].get_array()) {
    std::string_view value;
    for (const char* key : {"type", "id", "modified"}) {
      if (object.find_field_unordered(key).get_string().get(value) == simdjson::SUCCESS)
        benchmark::DoNotOptimize(value);
    }
    std::string_view raw;
    if (object.raw_json().get(raw) == simdjson::SUCCESS) benchmark::DoNotOptimize(raw);
    ++objects;
  }
  return objects;
}

void stix_simdjson(benchmark::State& state) {
  const simdjson::padded_string text(inputs().bundle);
  simdjson::ondemand::parser parser;
  std::size_t objects = 0;
  for (auto _ : state) objects = stix_fields(parser, text);
  report(state, objects, inputs().bundle.size());
}

// The fair floor: everything is parsed and checked, into a tape that nobody reads.
void stix_simdjson_dom(benchmark::State& state) {
  const simdjson::padded_string text(inputs().bundle);
  simdjson::dom::parser parser;
  std::size_t objects = 0;
  for (auto _ : state) objects = parser.parse(text)["objects"].get_array().value_unsafe().size();
  report(state, objects, inputs().bundle.size());
}

void csaf_ours(benchmark::State& state) {
  std::size_t items = 0;
  for (auto _ : state) {
    items = 0;
    for (const auto& text : inputs().advisories) {
      const auto outcome = hinomi::read_csaf({"bench", "advisory.json", text});
      items += outcome.ok() ? outcome->items.size() : 0;
    }
    if (items != inputs().advisories.size()) state.SkipWithError("an advisory was not read");
  }
  report(state, items, inputs().advisory_bytes);
}

void csaf_simdjson_dom(benchmark::State& state) {
  std::vector<simdjson::padded_string> texts;
  for (const auto& text : inputs().advisories) texts.emplace_back(text);
  simdjson::dom::parser parser;
  for (auto _ : state) {
    for (const auto& text : texts) benchmark::DoNotOptimize(parser.parse(text)["document"]["tracking"]["id"].error());
  }
  report(state, texts.size(), inputs().advisory_bytes);
}

BENCHMARK(stix_ours)->Unit(benchmark::kMillisecond);
BENCHMARK(stix_simdjson)->Unit(benchmark::kMillisecond);
BENCHMARK(stix_simdjson_dom)->Unit(benchmark::kMillisecond);
BENCHMARK(csaf_ours)->Unit(benchmark::kMillisecond);
BENCHMARK(csaf_simdjson_dom)->Unit(benchmark::kMillisecond);

}  // namespace
