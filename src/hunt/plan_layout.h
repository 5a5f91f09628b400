// How a plan lies in memory, and the look-ups over it. Internal to hunt: written by plan_builder.cpp, checked by
// plan.cpp.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "base/bytes.h"
#include "hunt/keys.h"

namespace hinomi {
class HuntPlan;
}

namespace hinomi::hunting {

static_assert(std::endian::native == std::endian::little, "plans are little-endian files used in place");

inline constexpr std::uint32_t kPlanVersion = 1;
inline constexpr std::array<char, 8> kPlanMagic{'H', 'I', 'N', 'O', 'P', 'L', 'A', 'N'};

struct Section {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

enum SectionName : std::uint8_t {
  kGateFilter,   // 64-bit words: last labels of every name
  kIpv4Gate,     // 64-bit words: /24 of every address and long prefix, every /16 touched by a shorter one
  kExactFilter,  // 64-bit words: every exact key
  kDirectory,    // uint32 per bucket: where the entries of a hash prefix begin
  kEntries,      // Entry, sorted by hash
  kRecords,      // Record per indicator
  kText,         // strings
  kSectionCount
};

struct PlanHeader {
  std::array<char, 8> magic = kPlanMagic;
  std::uint32_t version = kPlanVersion;
  std::uint32_t indicator_count = 0;
  std::uint64_t total_size = 0;
  std::int64_t expires_at = 0;  // microseconds since 1970 UTC; 0: never
  HashKey key{};
  std::uint64_t ipv4_prefixes = 0;  // bit n: a prefix of length n is listed
  std::uint32_t entry_count = 0;
  std::uint32_t directory_bits = 0;
  std::uint32_t kinds = 0;         // bit n: Kind n is present
  std::uint32_t suffix_sizes = 0;  // bit n: a file name is keyed by its last n bytes
  std::array<Section, kSectionCount> sections{};
};
static_assert(std::is_trivially_copyable_v<PlanHeader> && sizeof(PlanHeader) == 120 + 16 * kSectionCount);

struct Entry {
  std::uint64_t hash = 0;
  std::uint32_t value = 0;  // offset in the text; the network of an IPv4 prefix
  std::uint16_t length = 0;
  Kind kind = Kind::Domain;
  std::uint8_t prefix = 0;
  std::uint32_t indicator = 0;
  std::uint32_t reserved = 0;
};
static_assert(sizeof(Entry) == 24);

struct Piece {
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
};
struct Record {
  Piece value, id, release, label;
  std::uint32_t type = 0;
};
static_assert(sizeof(Record) == 36);

// More entries than this under one hash are never followed: they can only come from a forged plan.
inline constexpr std::uint32_t kMaxBucket = 4096;
// A list may hold this many indicators with one key (the same value from several releases).
inline constexpr std::uint32_t kMaxSameKey = 1024;
// File names with unusual characters that end alike.
inline constexpr std::uint32_t kMaxSameSuffix = 64;
inline constexpr std::size_t kFileSuffixBytes = 16;
inline constexpr std::size_t kMaxNameBytes = 255;

// A filter over borrowed words. An empty one (mask 0 over one zero word) answers no.
struct Filter {
  const std::uint8_t* words = nullptr;
  std::uint64_t mask = 0;
  [[nodiscard]] const std::uint8_t* word_of(std::uint64_t hash) const { return words + (filter_slot(hash) & mask) * 8; }
  [[nodiscard]] bool may_hold(std::uint64_t hash) const {
    const std::uint64_t bits = filter_bits(hash);
    return (load64(word_of(hash)) & bits) == bits;
  }
};

// Pointers into one validated plan, laid out for the scan loop. Borrows the plan.
class PlanReader {
 public:
  explicit PlanReader(const HuntPlan& plan);

  HashKey key;
  Filter gate, ipv4_gate, exact;
  std::uint64_t ipv4_prefixes = 0;
  std::uint32_t suffix_sizes = 0;

  [[nodiscard]] bool has(Kind kind) const { return (kinds_ >> static_cast<unsigned>(kind)) & 1; }
  [[nodiscard]] bool has_wide_prefixes() const { return (ipv4_prefixes & 0xFFFFFF) != 0; }

  // Calls visit(const Entry&) for every entry with this hash.
  template <class Visit>
  void each(std::uint64_t hash, Visit&& visit) const {
    if (!exact.may_hold(hash)) return;
    const std::uint64_t bucket = directory_bits_ == 0 ? 0 : hash >> (64 - directory_bits_);
    const std::uint32_t begin = std::min(load32(directory_ + bucket * 4), entry_count_);
    std::uint32_t end = std::min(load32(directory_ + bucket * 4 + 4), entry_count_);
    if (end > begin && end - begin > kMaxBucket) end = begin + kMaxBucket;
    for (std::uint32_t i = begin; i < end; ++i) {
      if (load64(entries_ + std::size_t{i} * sizeof(Entry)) != hash) continue;
      Entry entry;
      std::memcpy(&entry, entries_ + std::size_t{i} * sizeof(Entry), sizeof entry);
      if (entry.indicator < indicator_count_) visit(entry);
    }
  }
  // The entry's comparison value; empty when it points outside.
  [[nodiscard]] ByteView value_of(const Entry& entry) const {
    if (entry.value > text_.size() || entry.length > text_.size() - entry.value) return {};
    return text_.subspan(entry.value, entry.length);
  }

 private:
  const std::uint8_t* directory_ = nullptr;
  const std::uint8_t* entries_ = nullptr;
  ByteView text_;
  std::uint32_t kinds_ = 0;
  std::uint32_t directory_bits_ = 0;
  std::uint32_t entry_count_ = 0;
  std::uint32_t indicator_count_ = 0;
};

}  // namespace hinomi::hunting
