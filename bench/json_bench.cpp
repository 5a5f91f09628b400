// base/json: bytes per second over a STIX-like bundle, half Japanese text, walked completely.
#include <benchmark/benchmark.h>

#include <string>

#include "base/json.h"

namespace {

std::string bundle_of(int objects) {
  hinomi::JsonWriter writer;
  writer.begin_object().member("type", "bundle").key("objects").begin_array();
  for (int i = 0; i < objects; ++i) {
    writer.begin_object()
        .member("type", "indicator")
        .member("id", "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f")
        .member("name", "変電所の保守用端末から観測された不審な通信先")
        .member("pattern", "[ipv4-addr:value = '192.0.2." + std::to_string(i % 256) + "']")
        .member("confidence", i % 100)
        .end_object();
  }
  return writer.end_array().end_object().take();
}

std::size_t count_values(hinomi::JsonView value) {
  std::size_t values = 1;
  for (const hinomi::JsonView child : value) values += count_values(child);
  return values;
}

void parse_and_walk(benchmark::State& state) {
  const std::string text = bundle_of(static_cast<int>(state.range(0)));
  for ([[maybe_unused]] const auto step : state) {
    const auto document = hinomi::parse_json(text);
    benchmark::DoNotOptimize(count_values(document.value()->root()));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * state.iterations());
}
BENCHMARK(parse_and_walk)->Arg(100)->Arg(20000);

}  // namespace
