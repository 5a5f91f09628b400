#include "print/slices.h"

#include <cstdint>

namespace hinomi::print {
namespace {

bool begins_character(char byte) { return (static_cast<std::uint8_t>(byte) & 0xC0U) != 0x80U; }

// Lines may break beside kana and kanji, which are all those of three bytes that lead with E3 to E9.
bool may_break_beside(char byte) {
  const auto lead = static_cast<std::uint8_t>(byte);
  return byte == ' ' || byte == '\n' || (lead >= 0xE3 && lead <= 0xE9);
}

}  // namespace

std::vector<std::string_view> slices_of(std::string_view text) {
  std::vector<std::string_view> slices;
  std::size_t begin = 0;
  std::size_t word = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!begins_character(text[at])) continue;
    if (text[at] == '\n' && at - begin >= kLongSlice) {
      slices.push_back(text.substr(begin, at - begin));
      begin = word = at + 1;
    } else if (at - word >= kLongWord || at - begin >= kLongParagraph) {
      slices.push_back(text.substr(begin, at - begin));
      begin = word = at;
    }
    if (may_break_beside(text[at])) word = at;
  }
  slices.push_back(text.substr(begin));
  return slices;
}

}  // namespace hinomi::print
