// Long texts cut into slices that are set one by one: what breaks lines takes time by the square of what it is given at
// once. Pure.
#pragma once

#include <string_view>
#include <vector>

namespace hinomi::print {

inline constexpr std::size_t kLongWord = 1'000;        // bytes without a place to break
inline constexpr std::size_t kLongSlice = 4'000;       // from here on the next line end will do
inline constexpr std::size_t kLongParagraph = 32'000;  // and from here on any character

// Together they are the text but for the line ends between them, each of which ends a line anyway. Only a word above
// kLongWord and a paragraph above kLongParagraph are cut where there was no line end. At least one slice; `text` is
// UTF-8, and no character is cut.
std::vector<std::string_view> slices_of(std::string_view text);

}  // namespace hinomi::print
