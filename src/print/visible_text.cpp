#include "print/visible_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace hinomi::print {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t Count>
bool is_in(char32_t character, const std::array<Range, Count>& ranges) {
  return std::ranges::any_of(ranges,
                             [&](const Range& range) { return character >= range.first && character <= range.last; });
}

// Unicode categories Cc and Cf as far as they move or hide text; noncharacters; tag characters.
constexpr std::array<Range, 14> kTreacherous{{{0x00, 0x1F},
                                              {0x7F, 0x9F},
                                              {0x061C, 0x061C},
                                              {0x180E, 0x180E},
                                              {0x200E, 0x200F},
                                              {0x202A, 0x202E},
                                              {0x2061, 0x2064},
                                              {0x2066, 0x206F},
                                              {0xFDD0, 0xFDEF},
                                              {0xFFF0, 0xFFFB},
                                              {0xFFFE, 0xFFFF},
                                              {0x1BCA0, 0x1BCA3},
                                              {0x1D173, 0x1D17A},
                                              {0xE0000, 0xE00FF}}};
constexpr std::array<Range, 4> kIdle{{{0x00AD, 0x00AD}, {0x200B, 0x200B}, {0x2060, 0x2060}, {0xFEFF, 0xFEFF}}};
// Joiners and variation selectors say how their neighbour looks (葛 in a name) and need no glyph of their own.
constexpr std::array<Range, 3> kModifiers{{{0x200C, 0x200D}, {0xFE00, 0xFE0F}, {0xE0100, 0xE01EF}}};
constexpr std::array<Range, 3> kLineEnds{{{0x0A, 0x0D}, {0x85, 0x85}, {0x2028, 0x2029}}};

struct Character {
  char32_t code;
  std::size_t bytes;
};

Character character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[at + i]); };
  const std::uint8_t lead = byte(0);
  const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t code = bytes == 1 ? lead : lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) code = (code << 6) | (byte(i) & 0x3FU);
  return {code, bytes};
}

}  // namespace

std::string visible_text(std::string_view text, const std::function<bool(char32_t)>& has_glyph) {
  std::string visible;
  visible.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, bytes] = character_at(text, at);
    const bool is_pair = code == '\r' && text.substr(at).starts_with("\r\n");
    if (code == '\t') {
      visible += "  ";
    } else if (is_in(code, kLineEnds)) {
      if (!is_pair) visible += '\n';
    } else if (is_in(code, kTreacherous) || (!is_in(code, kIdle) && !is_in(code, kModifiers) && !has_glyph(code))) {
      visible += fmt::format("[U+{:04X}]", static_cast<std::uint32_t>(code));
    } else if (!is_in(code, kIdle)) {
      visible += text.substr(at, bytes);
    }
    at += bytes;
  }
  return visible;
}

}  // namespace hinomi::print
