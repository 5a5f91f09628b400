#include "hunt/scanner.h"

#include <algorithm>
#include <bit>

#include "hunt/scan_engine.h"

namespace hinomi {

using hunting::Found;
using hunting::kLookAhead;
using hunting::kLookBehind;
using hunting::kWarmUpBytes;
using hunting::ScanEngine;
using hunting::Window;

namespace {

// Room before the kept text: where the stream has not begun there are zeros.
constexpr std::size_t kPadding = kWarmUpBytes + hunting::kBlockBytes;
// How much of a large piece is joined to the kept text before the rest is read in place.
constexpr std::size_t kJoin = kLookBehind + kLookAhead;

}  // namespace

class Scanner::Stream {
 public:
  Stream(const HuntPlan& plan, Report report, const ScanOptions& options)
      : engine_(hunting::PlanReader(plan), options.instructions),
        report_(std::move(report)),
        max_hits_(options.max_hits_per_indicator),
        hits_of_(plan.size()) {
    kept_.resize(kPadding);
  }

  void feed(ByteView bytes) {
    if (bytes.empty()) return;
    bytes_ += bytes.size();
    last_byte_ = bytes.back();
    while (!bytes.empty()) {
      const ByteView part = bytes.first(std::min(bytes.size(), kJoin));
      append(part);
      if (bytes.size() > 2 * kJoin + hunting::kBatchBytes) {
        in_place(bytes, part.size());
        return;
      }
      // Whole batches only: a stream fed byte by byte is not warmed up for every byte.
      if (kept_size() >= done_ + kLookAhead + hunting::kBatchBytes) scan_kept(kept_size() - kLookAhead);
      bytes = bytes.subspan(part.size());
    }
  }

  void finish() { scan_kept(kept_size() + 1); }

  std::uint64_t bytes_ = 0, newlines_ = 0, hits_ = 0;
  std::uint8_t last_byte_ = '\n';
  [[nodiscard]] std::uint32_t hits_of(std::uint32_t indicator) const {
    return indicator < hits_of_.size() ? hits_of_[indicator] : 0;
  }

 private:
  // Bytes of the stream in kept_, which begin at stream offset kept_offset_; those before done_ are examined.
  [[nodiscard]] std::size_t kept_size() const { return kept_.size() - kPadding; }

  void append(ByteView part) { kept_.insert(kept_.end(), part.begin(), part.end()); }

  // Examines the kept bytes up to `end` and lets go of what nothing needs any more.
  void scan_kept(std::size_t end) {
    if (end <= done_) return;
    const std::size_t size = kept_.size();
    kept_.resize(size + 2 * hunting::kBlockBytes);
    scan({kept_.data(), kPadding, size}, kPadding + done_, kPadding + end, kept_offset_ - kPadding);
    kept_.resize(size);
    done_ = end;
    if (done_ > kLookBehind + 4 * kJoin) drop_front(done_ - kLookBehind);
  }

  void drop_front(std::size_t count) {
    kept_.erase(kept_.begin() + kPadding, kept_.begin() + static_cast<std::ptrdiff_t>(kPadding + count));
    // The padding now stands for bytes that did exist; every look back ends kLookBehind bytes before done_.
    kept_offset_ += count;
    done_ -= count;
  }

  // `bytes` is large and its first `joined` bytes are in kept_ too.
  void in_place(ByteView bytes, std::size_t joined) {
    const std::size_t join_end = kept_size() - kLookAhead;
    scan_kept(join_end);
    const std::size_t begin = joined - kLookAhead;
    const std::size_t end = bytes.size() - kLookAhead;
    const std::uint64_t offset = bytes_ - bytes.size();
    scan({bytes.data(), 0, bytes.size()}, begin, end, offset);
    const std::size_t keep = kLookBehind + kLookAhead;
    kept_.resize(kPadding);
    append(bytes.last(keep));
    kept_offset_ = bytes_ - keep;
    done_ = kLookBehind;
  }

  // `offset` is the stream offset of window.text[0] (modulo 2^64).
  void scan(const Window& window, std::size_t begin, std::size_t end, std::uint64_t offset) {
    engine_.scan(window, begin, end, [&](const ScanEngine::Batch& batch) {
      if (!batch.found.empty()) report_batch(window, batch, offset);
      newlines_ += batch.newline_count;
    });
  }

  void report_batch(const Window& window, const ScanEngine::Batch& batch, std::uint64_t offset) {
    batch_hits_.clear();
    std::size_t word = 0;
    std::uint64_t line = newlines_ + 1;
    for (const Found& found : batch.found) {
      ++hits_;
      std::uint32_t& count = hits_of_[found.indicator];
      if (max_hits_ != 0 && count >= max_hits_) {
        ++count;
        continue;
      }
      ++count;
      const std::size_t position = found.anchor - batch.start;
      for (; word < position / 64; ++word) line += static_cast<std::uint64_t>(std::popcount(batch.newlines[word]));
      const std::uint64_t before = (std::uint64_t{1} << (position % 64)) - 1;
      const std::uint64_t here = batch.newlines[word] & before;
      batch_hits_.push_back({line + static_cast<std::uint64_t>(std::popcount(here)), offset + found.start,
                             found.indicator, as_text(window.slice(found.start, found.start + found.length))});
    }
    if (!batch_hits_.empty()) report_(batch_hits_);
  }

  ScanEngine engine_;
  Report report_;
  std::uint32_t max_hits_;
  std::vector<std::uint32_t> hits_of_;
  std::vector<Hit> batch_hits_;
  std::vector<std::uint8_t> kept_;
  std::uint64_t kept_offset_ = 0;
  std::size_t done_ = 0;
};

Scanner::Scanner(const HuntPlan& plan, Report report, const ScanOptions& options)
    : stream_(std::make_unique<Stream>(plan, std::move(report), options)) {}
Scanner::~Scanner() = default;

void Scanner::feed(ByteView bytes) { stream_->feed(bytes); }
void Scanner::finish() { stream_->finish(); }
std::uint64_t Scanner::bytes() const { return stream_->bytes_; }
std::uint64_t Scanner::lines() const { return stream_->newlines_ + (stream_->last_byte_ == '\n' ? 0 : 1); }
std::uint64_t Scanner::hits() const { return stream_->hits_; }
std::uint32_t Scanner::hits_of(std::uint32_t indicator) const { return stream_->hits_of(indicator); }

}  // namespace hinomi
