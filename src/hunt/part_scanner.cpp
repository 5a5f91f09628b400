#include "hunt/part_scanner.h"

#include <algorithm>
#include <bit>

#include "hunt/scan_engine.h"

namespace hinomi {

using hunting::kLookAhead;
using hunting::kLookBehind;
using hunting::ScanEngine;

namespace {

constexpr std::size_t kPadding = hunting::kWarmUpBytes + hunting::kBlockBytes;

}  // namespace

class PartScanner::State {
 public:
  State(const HuntPlan& plan, hunting::Instructions instructions) : engine_(hunting::PlanReader(plan), instructions) {}

  Result<PartResult> scan(const PartRange& part, const Load& load) {
    const std::uint64_t from = part.begin - std::min<std::uint64_t>(part.begin, kLookBehind);
    const auto wanted = static_cast<std::size_t>(part.end - from) + kLookAhead;
    buffer_.resize(std::max(buffer_.size(), kPadding + wanted + 2 * hunting::kBlockBytes));
    std::fill_n(buffer_.begin(), kPadding, std::uint8_t{0});
    TRY(const std::size_t loaded, load(from, std::span(buffer_).subspan(kPadding, wanted)));
    const std::size_t high = kPadding + std::min(loaded, wanted);
    std::fill_n(buffer_.begin() + static_cast<std::ptrdiff_t>(high), 2 * hunting::kBlockBytes, std::uint8_t{0});

    const std::size_t begin = kPadding + static_cast<std::size_t>(part.begin - from);
    const std::size_t end = kPadding + static_cast<std::size_t>(part.end - from);
    const bool ends_here = part.is_last || high < end;
    PartResult result;
    if (high < begin) return result;
    result.bytes = std::min(high, end) - begin;
    if (result.bytes > 0) result.ends_with_newline = buffer_[std::min(high, end) - 1] == '\n';
    const hunting::Window window{buffer_.data(), kPadding, ends_here ? std::min(high, end) : high};
    engine_.scan(window, begin, ends_here ? std::min(high, end) + 1 : end,
                 [&](const ScanEngine::Batch& batch) { add(batch, from - kPadding, result); });
    return result;
  }

 private:
  static void add(const ScanEngine::Batch& batch, std::uint64_t offset, PartResult& result) {
    std::size_t word = 0;
    std::uint64_t line = result.newlines;
    for (const hunting::Found& found : batch.found) {
      const std::size_t position = found.anchor - batch.start;
      for (; word < position / 64; ++word) line += static_cast<std::uint64_t>(std::popcount(batch.newlines[word]));
      const std::uint64_t before = batch.newlines[word] & ((std::uint64_t{1} << (position % 64)) - 1);
      result.hits.push_back(
          {line + static_cast<std::uint64_t>(std::popcount(before)), offset + found.start, found.indicator});
    }
    result.newlines += batch.newline_count;
  }

  ScanEngine engine_;
  std::vector<std::uint8_t> buffer_;
};

PartScanner::PartScanner(const HuntPlan& plan, hunting::Instructions instructions)
    : state_(std::make_unique<State>(plan, instructions)) {}
PartScanner::~PartScanner() = default;

Result<PartResult> PartScanner::scan(const PartRange& part, const Load& load) { return state_->scan(part, load); }

}  // namespace hinomi
