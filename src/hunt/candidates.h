// Finds the ends of candidate observables in classified text, without a loop over tokens: adding a mark inside a run of
// ones carries to the bit behind the run, so one addition marks the ends of exactly those runs that hold a mark.
// Internal to hunt; one per scanner.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "hunt/byte_classes.h"

namespace hinomi::hunting {

#define HINOMI_INLINED __attribute__((always_inline))
#define HINOMI_INLINE HINOMI_INLINED inline

// Ends of runs of one kind in a batch, relative to its first byte.
struct Ends {
  std::vector<std::uint32_t> at = std::vector<std::uint32_t>(kBatchBytes + kBlockBytes);
  std::size_t count = 0;

  // Two ends are written whatever the mask holds: few blocks have more, and no branch depends on how many.
  HINOMI_INLINE void add(std::uint64_t mask, std::uint32_t base) {
    std::uint32_t* out = at.data() + count;
    count += static_cast<std::size_t>(std::popcount(mask));
    out[0] = base + static_cast<std::uint32_t>(std::countr_zero(mask));
    mask &= mask - 1;
    out[1] = base + static_cast<std::uint32_t>(std::countr_zero(mask));
    mask &= mask - 1;
    for (out += 2; mask != 0; mask &= mask - 1) [[unlikely]] {
      *out++ = base + static_cast<std::uint32_t>(std::countr_zero(mask));
    }
  }
};

struct Candidates {
  Ends names, addresses, hashes, ipv6, defanged;
  void clear() { names.count = addresses.count = hashes.count = ipv6.count = defanged.count = 0; }
};

// What crosses from one block to the next beside the mask words before it.
struct RunCarries {
  std::uint64_t dotted_name = 0, worded_name = 0, begun = 0, second_dot = 0, dotted_digits = 0, hex = 0;
  std::uint64_t group = 0, ipv6 = 0;
};

enum class Ipv6Search : std::uint8_t { Off, On };

namespace detail {

// runs + marks with the carry of the block before; ones at the ends of marked runs and elsewhere inside runs.
HINOMI_INLINE std::uint64_t carried(std::uint64_t runs, std::uint64_t marks, std::uint64_t& carry) {
  const std::uint64_t partial = runs + marks;
  const std::uint64_t sum = partial + carry;
  carry = static_cast<std::uint64_t>(partial < runs) | static_cast<std::uint64_t>(sum < partial);
  return sum;
}

// The last bit of every group of 16 aligned ones: a run of 32 hexadecimal digits has at least one.
HINOMI_INLINE std::uint64_t full_groups(std::uint64_t mask) {
  const std::uint64_t missing = ~mask;
  return (missing - 0x0001000100010001ULL) & mask & 0x8000800080008000ULL;
}

}  // namespace detail

// The mask words of one block and how to look back into the block before.
struct BlockMasks {
  const ClassMasks& masks;
  std::size_t at;
  HINOMI_INLINE std::uint64_t of(const MaskWords& words) const { return words.data()[at]; }
  // The class of the byte `by` places earlier.
  HINOMI_INLINE std::uint64_t behind(const MaskWords& words, unsigned by) const {
    return (words.data()[at] << by) | (words.data()[at - 1] >> (64 - by));
  }
};

// Names: a dot, and something that is neither digit nor dot.
HINOMI_INLINE std::uint64_t name_ends(const BlockMasks& block, RunCarries& carry) {
  const std::uint64_t token = block.of(block.masks.token);
  const std::uint64_t dotted = detail::carried(token, block.of(block.masks.dot), carry.dotted_name);
  const std::uint64_t worded = detail::carried(token, token & ~block.of(block.masks.digit_dot), carry.worded_name);
  return dotted & worded & ~token;
}

// Addresses: begin with a digit behind no letter (an escape such as \t is none), have digits between two dots, no
// letter follows.
HINOMI_INLINE std::uint64_t address_ends(const BlockMasks& block, RunCarries& carry) {
  const ClassMasks& masks = block.masks;
  const std::uint64_t digit_dot = block.of(masks.digit_dot), dot = block.of(masks.dot), digits = digit_dot & ~dot;
  const std::uint64_t behind_letter = block.behind(masks.alpha, 1) & ~block.behind(masks.backslash, 2);
  const std::uint64_t begins = digits & ~block.behind(masks.digit_dot, 1) & ~behind_letter;
  const std::uint64_t begun = detail::carried(digit_dot, begins, carry.begun);
  const std::uint64_t second = detail::carried(digits, digits & block.behind(masks.dot, 1), carry.second_dot) & dot;
  return begun & detail::carried(digit_dot, second, carry.dotted_digits) & ~digit_dot & ~block.of(masks.alpha);
}

// Runs of hexadecimal digits that may have 32 or more.
HINOMI_INLINE std::uint64_t hash_ends(const BlockMasks& block, RunCarries& carry) {
  const std::uint64_t hex = block.of(block.masks.hex);
  const std::uint64_t groups = detail::full_groups(hex);
  if ((groups | carry.hex) == 0) [[likely]]
    return 0;
  return detail::carried(hex, groups, carry.hex) & ~hex & ~block.of(block.masks.alpha);
}

// IPv6: two colons with nothing or only hexadecimal digits between them.
HINOMI_INLINE std::uint64_t ipv6_ends(const BlockMasks& block, RunCarries& carry) {
  const std::uint64_t hex = block.of(block.masks.hex), colon = block.of(block.masks.colon);
  const std::uint64_t behind_colon = block.behind(block.masks.colon, 1);
  const std::uint64_t groups = detail::carried(hex, hex & behind_colon, carry.group) & ~hex;
  const std::uint64_t runs = hex | colon;
  return detail::carried(runs, colon & (groups | behind_colon), carry.ipv6) & ~runs & ~block.of(block.masks.alpha);
}

// [.] or a word of two or three letters in brackets: [dot], (at).
HINOMI_INLINE std::uint64_t defanged_ends(const BlockMasks& block) {
  const ClassMasks& masks = block.masks;
  const std::uint64_t letter = block.behind(masks.alpha, 1), dot = block.behind(masks.dot, 1);
  const std::uint64_t close = block.of(masks.close) & (letter | dot);
  if (close == 0) [[likely]]
    return 0;
  const std::uint64_t two = letter & block.behind(masks.alpha, 2), three = two & block.behind(masks.alpha, 3);
  return close & ((dot & ~block.behind(masks.token, 2)) | (two & ~block.behind(masks.token, 3)) |
                  (three & ~block.behind(masks.token, 4)));
}

// Calls ends_of(block) for every block of the first `limit` bytes and adds what it marks. One kind at a time: its
// carries stay in registers.
template <class EndsOf>
HINOMI_INLINE void collect(const ClassMasks& masks, std::size_t limit, Ends& out, EndsOf ends_of) {
  std::size_t start = 0;
  for (; start + kBlockBytes <= limit; start += kBlockBytes) {
    out.add(ends_of(BlockMasks{masks, kContextBlocks + start / kBlockBytes}), static_cast<std::uint32_t>(start));
  }
  if (start == limit) return;
  const std::uint64_t valid = (std::uint64_t{1} << (limit - start)) - 1;
  out.add(ends_of(BlockMasks{masks, kContextBlocks + start / kBlockBytes}) & valid, static_cast<std::uint32_t>(start));
}

template <class EndsOf>
HINOMI_INLINE void collect_rare(const ClassMasks& masks, std::size_t limit, Ends& out, EndsOf ends_of) {
  for (std::size_t start = 0; start < limit; start += kBlockBytes) {
    std::uint64_t ends = ends_of(BlockMasks{masks, kContextBlocks + start / kBlockBytes});
    if (ends == 0) [[likely]]
      continue;
    if (limit - start < kBlockBytes) ends &= (std::uint64_t{1} << (limit - start)) - 1;
    out.add(ends, static_cast<std::uint32_t>(start));
  }
}

// Ends among the first `limit` bytes of the batch in `masks`; continues the runs in `carries`.
HINOMI_INLINE void find_candidates(const ClassMasks& masks, std::size_t limit, RunCarries& carries, Ipv6Search ipv6,
                                   Candidates& out) {
  RunCarries carry = carries;
  collect(masks, limit, out.names, [&](const BlockMasks& block) HINOMI_INLINED { return name_ends(block, carry); });
  collect(masks, limit, out.addresses,
          [&](const BlockMasks& block) HINOMI_INLINED { return address_ends(block, carry); });
  collect_rare(masks, limit, out.hashes,
               [&](const BlockMasks& block) HINOMI_INLINED { return hash_ends(block, carry); });
  collect_rare(masks, limit, out.defanged, [](const BlockMasks& block) HINOMI_INLINED { return defanged_ends(block); });
  if (ipv6 == Ipv6Search::On) {
    collect_rare(masks, limit, out.ipv6,
                 [&](const BlockMasks& block) HINOMI_INLINED { return ipv6_ends(block, carry); });
  }
  carries = carry;
}

// The 64 mask bits before position `end` of the batch; bit 63 is the byte directly before it.
HINOMI_INLINE std::uint64_t bits_before(const MaskWords& masks, std::size_t end) {
  const std::uint64_t* words = masks.data();
  const std::size_t word = kContextBlocks + end / 64;
  const unsigned shift = end % 64;
  return ((words[word] << (63 - shift)) << 1) | (words[word - 1] >> shift);
}

}  // namespace hinomi::hunting
