// Text from people made safe to set: nothing in it is invisible, reorders its neighbours or comes out as an empty box.
// Pure; what the font can draw is passed in.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace hinomi::print {

// Every kind of line end becomes "\n" and a tab two spaces. Controls, bidirectional overrides (a known way to make
// text read differently from what is stored, CVE-2021-42574) and characters that `has_glyph` denies are written by
// their code point: [U+202E]. Zero-width spaces and soft hyphens, which ordinary word processors leave behind, go.
// `text` is UTF-8, as check() made sure.
std::string visible_text(std::string_view text, const std::function<bool(char32_t)>& has_glyph);

}  // namespace hinomi::print
