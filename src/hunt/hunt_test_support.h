// Plans from plain texts and scans into lists, for the tests of this module.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "hunt/scanner.h"

namespace hinomi {

inline PlanOptions test_options() {
  PlanOptions options;
  for (std::size_t i = 0; i < options.key.size(); ++i) options.key[i] = static_cast<std::uint8_t>(i * 37 + 11);
  return options;
}

inline std::vector<PlanIndicator> indicators_of(const std::vector<std::string>& texts) {
  std::vector<PlanIndicator> items;
  for (const std::string& text : texts) {
    const auto indicator = read_indicator(text);
    if (!indicator.ok()) continue;
    items.push_back({*indicator, "indicator--" + std::to_string(items.size()), "NS-2026-K7Q4", "TLP:AMBER"});
  }
  return items;
}

inline HuntPlan plan_of(const std::vector<std::string>& texts) {
  return HuntPlan::own(compile_plan(indicators_of(texts), test_options()).value().bytes).value();
}

struct SeenHit {
  std::uint64_t line = 0, offset = 0;
  std::uint32_t indicator = 0;
  std::string matched;
  auto operator<=>(const SeenHit&) const = default;
};

// Feeds `text` in pieces of the given sizes, repeated as needed.
inline std::vector<SeenHit> hits_in(const HuntPlan& plan, std::string_view text, const ScanOptions& options = {},
                                    const std::vector<std::size_t>& pieces = {}) {
  std::vector<SeenHit> seen;
  Scanner scanner(
      plan,
      [&](std::span<const Hit> hits) {
        for (const Hit& hit : hits) seen.push_back({hit.line, hit.offset, hit.indicator, std::string(hit.matched)});
      },
      options);
  for (std::size_t at = 0, turn = 0; at < text.size(); ++turn) {
    const std::size_t size = pieces.empty() ? text.size() : std::max<std::size_t>(1, pieces[turn % pieces.size()]);
    scanner.feed(as_bytes(text.substr(at, size)));
    at += size;
  }
  scanner.finish();
  return seen;
}

}  // namespace hinomi
