#include "anonymity/overlaps.h"

#include <algorithm>
#include <map>

namespace hinomi::anonymity {
namespace {

bool wins(const PlacedCandidate& a, const PlacedCandidate& b) {
  if (a.original.size() != b.original.size()) return a.original.size() > b.original.size();
  if (a.candidate.confidence != b.candidate.confidence) return a.candidate.confidence > b.candidate.confidence;
  if (a.original.begin != b.original.begin) return a.original.begin < b.original.begin;
  return a.candidate.span_class < b.candidate.span_class;
}

using Taken = std::map<std::size_t, std::size_t>;  // begin → end

std::vector<Range> uncovered(const Taken& taken, Range range) {
  std::vector<Range> free;
  auto next = taken.upper_bound(range.begin);
  if (next != taken.begin()) {
    const auto before = std::prev(next);
    range.begin = std::max(range.begin, before->second);
  }
  for (; range.begin < range.end && next != taken.end() && next->first < range.end; ++next) {
    if (next->first > range.begin) free.push_back({range.begin, next->first});
    range.begin = std::max(range.begin, next->second);
  }
  if (range.begin < range.end) free.push_back(range);
  return free;
}

}  // namespace

std::vector<PlacedCandidate> without_overlaps(std::vector<PlacedCandidate> candidates) {
  constexpr double kWorthKeepingRest = 0.7;
  std::ranges::sort(candidates, wins);
  Taken taken;
  std::vector<PlacedCandidate> placed;
  for (PlacedCandidate& candidate : candidates) {
    for (const Range& range : uncovered(taken, candidate.original)) {
      const bool rest = range != candidate.original;
      if (rest && candidate.candidate.confidence < kWorthKeepingRest) continue;
      taken.emplace(range.begin, range.end);
      placed.push_back({candidate.candidate, range, rest});
    }
  }
  std::ranges::sort(placed, {}, [](const PlacedCandidate& p) { return p.original.begin; });
  return placed;
}

}  // namespace hinomi::anonymity
