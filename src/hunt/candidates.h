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

#define HINOMI_INLINE __attribute__((always_inline)) inline

// Ends of runs of one kind in a batch, relative to its first byte.
struct Ends {
  std::vector<std::uint32_t> at = std::vector<std::uint32_t>(kBatchBytes + kBlockBytes);
  std::size_t count = 0;

  // Four ends are written whatever the mask holds: few blocks have more, and no branch depends on how many.
  HINOMI_INLINE void add(std::uint64_t mask, std::uint32_t base) {
    std::uint32_t* out = at.data() + count;
    const auto added = static_cast<std::size_t>(std::popcount(mask));
    for (std::size_t i = 0; i < 4; ++i) {
      out[i] = base + static_cast<std::uint32_t>(std::countr_zero(mask));
      mask &= mask - 1;
    }
    for (std::size_t i = 4; i < added; ++i) [[unlikely]] {
      out[i] = base + static_cast<std::uint32_t>(std::countr_zero(mask));
      mask &= mask - 1;
    }
    count += added;
  }
  HINOMI_INLINE void add_rare(std::uint64_t mask, std::uint32_t base) {
    if (mask != 0) [[unlikely]]
      add(mask, base);
  }
};

struct Candidates {
  Ends names, addresses, hashes, ipv6, defanged;
  void clear() { names.count = addresses.count = hashes.count = ipv6.count = defanged.count = 0; }
};

// What crosses from one block to the next.
struct RunCarries {
  std::array<std::uint64_t, 8> carry{};
  std::uint64_t token = 0, dot = 0, digit_dot = 0, left_letters = 0, alpha = 0, colon = 0, backslash = 0;
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

HINOMI_INLINE std::uint64_t shifted(std::uint64_t word, std::uint64_t before, unsigned by) {
  return (word << by) | (before >> (64 - by));
}

// The last bit of every group of 16 aligned ones: a run of 32 hexadecimal digits has at least one.
HINOMI_INLINE std::uint64_t full_groups(std::uint64_t mask) {
  const std::uint64_t missing = ~mask;
  return (missing - 0x0001000100010001ULL) & mask & 0x8000800080008000ULL;
}

}  // namespace detail

// Ends among the first `limit` bytes of the batch in `masks`; continues the runs in `state`.
HINOMI_INLINE void find_candidates(const ClassMasks& masks, std::size_t limit, RunCarries& state, Ipv6Search ipv6,
                                   Candidates& out) {
  using detail::carried;
  using detail::shifted;
  RunCarries s = state;
  const auto words = [](const MaskWords& of) { return of.data() + kContextBlocks; };
  const std::uint64_t *tokens = words(masks.token), *dots = words(masks.dot), *digits_dots = words(masks.digit_dot);
  const std::uint64_t *alphas = words(masks.alpha), *hexes = words(masks.hex), *colons = words(masks.colon);
  const std::uint64_t *backslashes = words(masks.backslash), *closes = words(masks.close);
  for (std::size_t block = 0; block * kBlockBytes < limit; ++block) {
    const auto base = static_cast<std::uint32_t>(block * kBlockBytes);
    const std::size_t left = limit - base;
    const std::uint64_t valid = left >= kBlockBytes ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
    const std::uint64_t token = tokens[block], dot = dots[block], digit_dot = digits_dots[block];
    const std::uint64_t alpha = alphas[block], hex = hexes[block], colon = colons[block];

    // Names: a dot, and something that is neither digit nor dot.
    const std::uint64_t dotted = carried(token, dot, s.carry[0]);
    const std::uint64_t worded = carried(token, token & ~digit_dot, s.carry[1]);
    out.names.add(dotted & worded & ~token & valid, base);

    // Addresses: begin with a digit behind no letter (an escape such as \t is none), hold a dot, no letter follows.
    const std::uint64_t letters = alpha & ~shifted(backslashes[block], s.backslash, 1);
    const std::uint64_t begins =
        digit_dot & ~dot & ~shifted(digit_dot, s.digit_dot, 1) & ~shifted(letters, s.left_letters, 1);
    const std::uint64_t begun = carried(digit_dot, begins, s.carry[2]);
    const std::uint64_t dotted_digits = carried(digit_dot, dot, s.carry[3]);
    out.addresses.add(begun & dotted_digits & ~digit_dot & ~alpha & valid, base);

    const std::uint64_t long_hex = carried(hex, detail::full_groups(hex), s.carry[4]);
    out.hashes.add_rare(long_hex & ~hex & ~alpha & valid, base);

    if (ipv6 == Ipv6Search::On) {
      // Two colons with nothing or only hexadecimal digits between them.
      const std::uint64_t behind_colon = shifted(colon, s.colon, 1);
      const std::uint64_t groups = carried(hex, hex & behind_colon, s.carry[5]) & ~hex;
      const std::uint64_t marks = colon & (groups | behind_colon);
      const std::uint64_t runs = hex | colon;
      out.ipv6.add_rare(carried(runs, marks, s.carry[6]) & ~runs & ~alpha & valid, base);
    }

    // [.] or a word of two or three letters in brackets: [dot], (at).
    const std::uint64_t a1 = shifted(alpha, s.alpha, 1), a2 = shifted(alpha, s.alpha, 2);
    const std::uint64_t bracketed = (shifted(dot, s.dot, 1) & ~shifted(token, s.token, 2)) |
                                    (a1 & a2 & ~shifted(token, s.token, 3)) |
                                    (a1 & a2 & shifted(alpha, s.alpha, 3) & ~shifted(token, s.token, 4));
    out.defanged.add_rare(closes[block] & bracketed & valid, base);

    s.token = token, s.dot = dot, s.digit_dot = digit_dot, s.left_letters = letters, s.alpha = alpha;
    s.colon = colon, s.backslash = backslashes[block];
  }
  state = s;
}

// The 64 mask bits before position `end` of the batch; bit 63 is the byte directly before it.
HINOMI_INLINE std::uint64_t bits_before(const MaskWords& masks, std::size_t end) {
  const std::uint64_t* words = masks.data();
  const std::size_t word = kContextBlocks + end / 64;
  const unsigned shift = end % 64;
  return ((words[word] << (63 - shift)) << 1) | (words[word - 1] >> shift);
}

}  // namespace hinomi::hunting
