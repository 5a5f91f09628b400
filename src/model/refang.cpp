#include "model/refang.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace hinomi {
namespace {

struct Spelling {
  std::string_view written;  // lower case
  std::string_view meant;
};

// Longer spellings first where one begins another.
constexpr std::array<Spelling, 17> kBracketed{{{"[://]", "://"},
                                               {"(://)", "://"},
                                               {"[dot]", "."},
                                               {"(dot)", "."},
                                               {"{dot}", "."},
                                               {"[.]", "."},
                                               {"(.)", "."},
                                               {"{.}", "."},
                                               {"[:]", ":"},
                                               {"(:)", ":"},
                                               {"[/]", "/"},
                                               {"[at]", "@"},
                                               {"(at)", "@"},
                                               {"{at}", "@"},
                                               {"[@]", "@"},
                                               {"(@)", "@"},
                                               {"\\.", "."}}};
constexpr std::array<Spelling, 4> kSchemes{{{"hxxp", "http"}, {"h**p", "http"}, {"hxtp", "http"}, {"fxp", "ftp"}}};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

template <std::size_t Count>
const Spelling* spelling_at(const std::array<Spelling, Count>& spellings, std::string_view text) {
  const auto* found = std::find_if(spellings.begin(), spellings.end(), [&](const Spelling& spelling) {
    return starts_with_ignoring_case(text, spelling.written);
  });
  return found == spellings.end() ? nullptr : found;
}

// Spares most brackets the comparison with every spelling.
bool may_open_a_spelling(std::string_view text) {
  constexpr std::string_view kFirst = "[({\\";
  constexpr std::string_view kSecond = ".:/@dDaA";
  return text.size() >= 2 && kFirst.find(text[0]) != std::string_view::npos &&
         kSecond.find(text[1]) != std::string_view::npos;
}

// A scheme is only meant where a word begins and "://" in some spelling follows.
const Spelling* scheme_at(std::string_view text, bool word_begins) {
  if (!word_begins || text.empty() || (text[0] != 'h' && text[0] != 'H' && text[0] != 'f' && text[0] != 'F')) {
    return nullptr;
  }
  const auto* spelling = spelling_at(kSchemes, text);
  if (spelling == nullptr) return nullptr;
  std::string_view after = text.substr(spelling->written.size());
  if (!after.empty() && (after[0] == 's' || after[0] == 'S')) after.remove_prefix(1);
  return after.starts_with(':') || after.starts_with("[:") || after.starts_with("(:") ? spelling : nullptr;
}

}  // namespace

Refanged refanged(std::string_view text) {
  const std::string plain = is_ascii(text) ? std::string(text) : nfkc(text);
  Refanged result;
  result.text.reserve(plain.size());
  for (std::size_t i = 0; i < plain.size();) {
    const std::string_view rest = std::string_view(plain).substr(i);
    const bool word_begins = i == 0 || !is_letter(plain[i - 1]);
    const auto* spelling = may_open_a_spelling(rest) ? spelling_at(kBracketed, rest) : scheme_at(rest, word_begins);
    result.text += spelling == nullptr ? rest.substr(0, 1) : spelling->meant;
    i += spelling == nullptr ? 1 : spelling->written.size();
    result.was_defanged = result.was_defanged || spelling != nullptr;
  }
  return result;
}

}  // namespace hinomi
