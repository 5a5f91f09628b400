#include "hunt/byte_classes.h"

#include <algorithm>
#include <cstring>

#include "hunt/name_tail.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace hinomi::hunting {
namespace {

enum ClassBit : unsigned { kToken, kDot, kDigit, kAlpha, kHex, kColon, kNewline, kClose };

constexpr std::uint8_t classes_of(unsigned char c) {
  const bool is_digit = c >= '0' && c <= '9';
  const bool is_alpha = is_alnum_char(c) && !is_digit;
  const unsigned char low = c | 0x20;
  const bool is_hex = is_digit || (is_alpha && low >= 'a' && low <= 'f');
  unsigned bits = 0;
  bits |= unsigned{is_token_char(c)} << kToken;
  bits |= unsigned{c == '.'} << kDot;
  bits |= unsigned{is_digit} << kDigit;
  bits |= unsigned{is_alpha} << kAlpha;
  bits |= unsigned{is_hex} << kHex;
  bits |= unsigned{c == ':'} << kColon;
  bits |= unsigned{c == '\n'} << kNewline;
  bits |= unsigned{c == ']' || c == '}' || c == ')'} << kClose;
  return static_cast<std::uint8_t>(bits);
}

struct ClassTable {
  alignas(64) std::array<std::uint8_t, 256> of{};
  constexpr ClassTable() {
    for (unsigned i = 0; i < 256; ++i) of[i] = classes_of(static_cast<unsigned char>(i));
  }
};
constexpr ClassTable kClasses;

// Bit 8r+c becomes bit 8c+r: eight bytes of class bits become one byte per class.
std::uint64_t transposed(std::uint64_t x) {
  std::uint64_t swap = (x ^ (x >> 7)) & 0x00AA00AA00AA00AAULL;
  x ^= swap ^ (swap << 7);
  swap = (x ^ (x >> 14)) & 0x0000CCCC0000CCCCULL;
  x ^= swap ^ (swap << 14);
  swap = (x ^ (x >> 28)) & 0x00000000F0F0F0F0ULL;
  return x ^ swap ^ (swap << 28);
}

// One where the byte equals `wanted` (Hacker's Delight §6-1, exact form), as eight bits.
std::uint64_t equal_bytes(std::uint64_t word, std::uint8_t wanted) {
  const std::uint64_t x = word ^ (0x0101010101010101ULL * wanted);
  const std::uint64_t zero = ~(((x & 0x7F7F7F7F7F7F7F7FULL) + 0x7F7F7F7F7F7F7F7FULL) | x | 0x7F7F7F7F7F7F7F7FULL);
  return ((zero >> 7) * 0x0102040810204080ULL) >> 56;
}

void classify_portable(const std::uint8_t* text, std::size_t blocks, ClassMasks& masks) {
  for (std::size_t block = 0; block < blocks; ++block) {
    std::array<std::uint64_t, 8> by_class{};
    std::uint64_t backslash = 0;
    for (unsigned part = 0; part < 8; ++part, text += 8) {
      std::uint64_t classes = 0;
      for (unsigned i = 0; i < 8; ++i) classes |= std::uint64_t{kClasses.of[text[i]]} << (8 * i);
      classes = transposed(classes);
      for (unsigned c = 0; c < 8; ++c) by_class[c] |= ((classes >> (8 * c)) & 0xFF) << (8 * part);
      backslash |= equal_bytes(load64(text), '\\') << (8 * part);
    }
    const std::size_t at = kContextBlocks + block;
    masks.token[at] = by_class[kToken];
    masks.dot[at] = by_class[kDot];
    masks.digit_dot[at] = by_class[kDigit] | by_class[kDot];
    masks.alpha[at] = by_class[kAlpha];
    masks.hex[at] = by_class[kHex];
    masks.colon[at] = by_class[kColon];
    masks.newline[at] = by_class[kNewline];
    masks.close[at] = by_class[kClose];
    masks.backslash[at] = backslash;
  }
}

#if defined(__x86_64__)

// Classes as products of low and high half-bytes, so that two 16-entry shuffles find them (after Mula, Langdale).
enum Nibble : std::uint8_t {
  kNibbleDigit = 0x80,         // 3 × 0–9
  kNibbleHexLetter = 0x40,     // 4,6 × 1–6
  kNibbleFirstLetters = 0x20,  // 4,6 × 1–F
  kNibbleLastLetters = 0x10,   // 5,7 × 0–A
  kNibbleDotDash = 0x08,       // 2 × D–E
  kNibbleUnderscore = 0x04,    // 5 × F
  kNibbleBracket = 0x02,       // 5,7 × D
  kNibbleParenthesis = 0x01    // 2 × 9
};

struct NibbleTables {
  alignas(16) std::array<std::uint8_t, 16> low{};
  alignas(16) std::array<std::uint8_t, 16> high{};
  constexpr NibbleTables() {
    for (unsigned i = 0; i < 16; ++i) {
      low[i] = static_cast<std::uint8_t>((i <= 9 ? kNibbleDigit : 0) | (i >= 1 && i <= 6 ? kNibbleHexLetter : 0) |
                                         (i >= 1 ? kNibbleFirstLetters : 0) | (i <= 10 ? kNibbleLastLetters : 0) |
                                         (i == 13 || i == 14 ? kNibbleDotDash : 0) | (i == 15 ? kNibbleUnderscore : 0) |
                                         (i == 13 ? kNibbleBracket : 0) | (i == 9 ? kNibbleParenthesis : 0));
    }
    high[2] = kNibbleDotDash | kNibbleParenthesis;
    high[3] = kNibbleDigit;
    high[4] = high[6] = kNibbleHexLetter | kNibbleFirstLetters;
    high[5] = kNibbleLastLetters | kNibbleUnderscore | kNibbleBracket;
    high[7] = kNibbleLastLetters | kNibbleBracket;
  }
};
constexpr NibbleTables kNibbles;

#define HINOMI_AVX2 __attribute__((target("avx2"), always_inline)) inline

HINOMI_AVX2 std::uint64_t joined(__m256i first, __m256i second) {
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(first)) |
         (static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(second))) << 32);
}

struct Pair {
  __m256i first, second;
};

HINOMI_AVX2 std::uint64_t equal_mask(const Pair& text, char c) {
  const __m256i wanted = _mm256_set1_epi8(c);
  return joined(_mm256_cmpeq_epi8(text.first, wanted), _mm256_cmpeq_epi8(text.second, wanted));
}

HINOMI_AVX2 std::uint64_t any_mask(const Pair& classes, int bits) {
  const __m256i wanted = _mm256_set1_epi8(static_cast<char>(bits));
  const __m256i zero = _mm256_setzero_si256();
  return ~joined(_mm256_cmpeq_epi8(_mm256_and_si256(classes.first, wanted), zero),
                 _mm256_cmpeq_epi8(_mm256_and_si256(classes.second, wanted), zero));
}

HINOMI_AVX2 __m256i nibble_classes(__m256i text) {
  const __m256i low_table =
      _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(kNibbles.low.data())));
  const __m256i high_table =
      _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(kNibbles.high.data())));
  const __m256i high = _mm256_and_si256(_mm256_srli_epi16(text, 4), _mm256_set1_epi8(0x0F));
  // A byte from 0x80 on selects zero in the first shuffle by itself.
  return _mm256_and_si256(_mm256_shuffle_epi8(low_table, text), _mm256_shuffle_epi8(high_table, high));
}

__attribute__((target("avx2"))) void classify_avx2(const std::uint8_t* text, std::size_t blocks, ClassMasks& masks) {
  for (std::size_t at = kContextBlocks; at < kContextBlocks + blocks; ++at, text += kBlockBytes) {
    const Pair bytes{_mm256_loadu_si256(reinterpret_cast<const __m256i*>(text)),
                     _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + 32))};
    const Pair classes{nibble_classes(bytes.first), nibble_classes(bytes.second)};
    const std::uint64_t digit = joined(classes.first, classes.second);
    const std::uint64_t dot = equal_mask(bytes, '.');
    masks.token[at] = any_mask(classes, 0xFC);
    masks.dot[at] = dot;
    masks.digit_dot[at] = digit | dot;
    masks.alpha[at] = any_mask(classes, kNibbleFirstLetters | kNibbleLastLetters);
    masks.hex[at] = digit | joined(_mm256_slli_epi16(classes.first, 1), _mm256_slli_epi16(classes.second, 1));
    masks.colon[at] = equal_mask(bytes, ':');
    masks.backslash[at] = equal_mask(bytes, '\\');
    masks.newline[at] = equal_mask(bytes, '\n');
    masks.close[at] = any_mask(classes, kNibbleBracket | kNibbleParenthesis);
  }
}

#define HINOMI_AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi")))

HINOMI_AVX512 void classify_avx512(const std::uint8_t* text, std::size_t blocks, ClassMasks& masks) {
  const __m512i low_table = _mm512_load_si512(kClasses.of.data());
  const __m512i high_table = _mm512_load_si512(kClasses.of.data() + 64);
  for (std::size_t at = kContextBlocks; at < kContextBlocks + blocks; ++at, text += kBlockBytes) {
    const __m512i bytes = _mm512_loadu_si512(text);
    const __mmask64 ascii = ~_mm512_movepi8_mask(bytes);
    const __m512i classes = _mm512_maskz_permutex2var_epi8(ascii, low_table, bytes, high_table);
    const auto mask_of = [&](ClassBit bit) HINOMI_AVX512 {
      return _mm512_test_epi8_mask(classes, _mm512_set1_epi8(static_cast<char>(1U << bit)));
    };
    const std::uint64_t dot = mask_of(kDot);
    masks.token[at] = mask_of(kToken);
    masks.dot[at] = dot;
    masks.digit_dot[at] = mask_of(kDigit) | dot;
    masks.alpha[at] = mask_of(kAlpha);
    masks.hex[at] = mask_of(kHex);
    masks.colon[at] = mask_of(kColon);
    masks.newline[at] = mask_of(kNewline);
    masks.close[at] = mask_of(kClose);
    masks.backslash[at] = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\\'));
  }
}

#endif

}  // namespace

Instructions best_instructions() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi")) {
    return Instructions::Avx512;
  }
  if (__builtin_cpu_supports("avx2")) return Instructions::Avx2;
#endif
  return Instructions::Portable;
}

Classify classifier(Instructions wanted) {
#if defined(__x86_64__)
  const Instructions possible = std::min(wanted, best_instructions());
  if (possible == Instructions::Avx512) return classify_avx512;
  if (possible == Instructions::Avx2) return classify_avx2;
#else
  static_cast<void>(wanted);
#endif
  return classify_portable;
}

}  // namespace hinomi::hunting
