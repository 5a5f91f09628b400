// One pass over a stretch of bytes: classify a batch, find candidate ends, ask the filters for all of them, examine the
// few that remain. Internal to hunt; not shared between threads.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "hunt/candidates.h"
#include "hunt/examine.h"

namespace hinomi::hunting {

// Before the first position of a scan this many bytes must be readable; zeros where the stream has not begun.
inline constexpr std::size_t kWarmUpBytes = 512;

class ScanEngine {
 public:
  // What a batch yielded, in order of their anchors, and how to count lines in it.
  struct Batch {
    std::size_t start = 0;
    std::span<const Found> found;
    std::span<const std::uint64_t> newlines;  // mask words from `start` on
    std::uint64_t newline_count = 0;
  };
  using Sink = std::function<void(const Batch&)>;

  ScanEngine(const PlanReader& plan, Instructions instructions);

  // Examines every candidate that ends in [begin, end). Of the text before `begin`, kLookBehind bytes must be in the
  // window unless it starts the stream; behind `end`, kLookAhead unless it ends it. 64 bytes behind `end` must be
  // readable.
  void scan(const Window& window, std::size_t begin, std::size_t end, const Sink& sink);

 private:
  // Candidates of one batch under their gate keys. A name has up to four.
  struct Hashed {
    std::vector<std::uint64_t> hash = std::vector<std::uint64_t>(4 * kBatchBytes);
    // Signed: trailing dots cut off may lie in the batch before.
    std::vector<std::int32_t> end = std::vector<std::int32_t>(4 * kBatchBytes);
    std::size_t count = 0;
  };
  // The same while a batch is hashed, held in registers.
  struct Keys {
    const std::uint8_t* text;
    Filter gate;
    std::uint64_t* hash;
    std::int32_t* end;
    std::size_t count;
  };

  void warm_up(const Window& window, std::size_t begin);
  void keep_context(std::size_t blocks);
  void scan_batch(std::size_t start, std::size_t limit);
  void scan_batch_portable(std::size_t start, std::size_t limit);
  void scan_batch_avx2(std::size_t start, std::size_t limit);
  void scan_candidates(std::size_t start, std::size_t limit);
  void hash_names(const std::uint8_t* text);
  void hash_name(std::uint32_t position, Keys& keys);
  void add_tail(const std::uint8_t* end, unsigned tail, unsigned run, Keys& keys);
  void add_key(const std::uint8_t* end, unsigned tail, Keys& keys);
  void add_hash(const std::uint8_t* end, std::uint64_t hash, Keys& keys);
  void hash_addresses(const std::uint8_t* text);
  static std::size_t probe(Hashed& hashed, const Filter& filter);
  void probe_names(std::size_t start);
  void probe_addresses(std::size_t start);
  void examine_address(std::size_t end);
  void examine_hashes(std::size_t start);
  void examine_others(std::size_t start);
  void examine_defanged(std::size_t trigger);

  PlanReader plan_;
  Classify classify_;
  Instructions instructions_;
  Ipv6Search ipv6_;
  Examiner examiner_;
  Window window_;
  ClassMasks masks_{};
  RunCarries carries_;
  Candidates candidates_;
  Hashed names_, addresses_;
  bool has_names_, has_addresses_, has_hashes_;
  bool is_refanging_ = true;
  std::unique_ptr<ScanEngine> nested_;  // for defanged stretches
};

}  // namespace hinomi::hunting
