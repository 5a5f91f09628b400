// Sorts text into character classes, 64 bytes at a time, as bit masks: bit i of a word says that byte i is of the
// class. Two or three implementations with identical results; the best one for this processor is chosen once. Internal
// to hunt.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace hinomi::hunting {

inline constexpr std::size_t kBlockBytes = 64;
inline constexpr std::size_t kBatchBytes = 4096;
inline constexpr std::size_t kBatchBlocks = kBatchBytes / kBlockBytes;
// Words kept from the batch before, so that a look back of up to 128 bytes stays inside the arrays.
inline constexpr std::size_t kContextBlocks = 2;

using MaskWords = std::array<std::uint64_t, kContextBlocks + kBatchBlocks>;

struct ClassMasks {
  MaskWords token;  // letters, digits, . - _
  MaskWords dot;
  MaskWords digit_dot;
  MaskWords alpha;
  MaskWords hex;  // 0-9 a-f A-F
  MaskWords colon;
  MaskWords backslash;
  MaskWords newline;
  MaskWords close;  // ] } )
};

// Fills words kContextBlocks … kContextBlocks + blocks - 1 from 64 * blocks bytes at `text`.
using Classify = void (*)(const std::uint8_t* text, std::size_t blocks, ClassMasks& masks);

enum class Instructions : std::uint8_t { Portable, Avx2, Avx512 };
// What this processor can do, best last.
Instructions best_instructions();
// The implementation for `wanted`, or the best below it that this processor and build have.
Classify classifier(Instructions wanted);

}  // namespace hinomi::hunting
