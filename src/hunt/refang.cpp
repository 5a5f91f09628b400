#include "hunt/refang.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace hinomi::hunting {
namespace {

bool is_separator(std::uint8_t c) {
  return c <= 0x20 || c >= 0x7F || c == '"' || c == '<' || c == '>' || c == '`' || c == '|' || c == '\\';
}
bool is_list_separator(std::uint8_t c) { return is_separator(c) || c == ',' || c == ';'; }

struct Replacement {
  std::size_t length = 0;
  char character = 0;
};

// The defanged character that begins at `at`; length 0 when there is none.
Replacement replacement_at(const Window& window, std::size_t at) {
  const std::uint8_t open = window.at(at);
  if (open != '[' && open != '(' && open != '{') return {};
  const std::uint8_t close = open == '[' ? ']' : (open == '(' ? ')' : '}');
  static constexpr std::pair<std::string_view, char> kWords[] = {{".", '.'}, {"dot", '.'}, {":", ':'},
                                                                 {"@", '@'}, {"at", '@'},  {"/", '/'}};
  for (const auto& [word, character] : kWords) {
    const std::size_t end = at + 1 + word.size();
    if (window.at(end) != close) continue;
    if (lower_ascii(as_text(window.slice(at + 1, end))) == word) return {word.size() + 2, character};
  }
  return {};
}

// A defanged [.], [dot] or [at] that ends with the bracket at `close`: what find_candidates() stops at.
bool is_trigger(const Window& window, std::size_t close) {
  for (const std::size_t length : {std::size_t{2}, std::size_t{3}, std::size_t{4}}) {
    if (close < window.low + length) return false;
    const Replacement found = replacement_at(window, close - length);
    const bool is_found = found.character == '.' || (found.character == '@' && length > 2);
    if (found.length == length + 1 && is_found) return true;
  }
  return false;
}

struct Stretch {
  std::size_t begin = 0, word_end = 0, end = 0;
  bool is_cut_left = false, is_cut_right = false;
};

std::optional<Stretch> stretch_around(const Window& window, std::size_t trigger) {
  Stretch stretch{trigger, trigger, trigger, false, false};
  const std::size_t low = std::max(window.low, trigger - std::min(trigger, kRefangBehind));
  while (stretch.begin > low && !is_list_separator(window.text[stretch.begin - 1])) {
    --stretch.begin;
    if (window.text[stretch.begin] == ']' || window.text[stretch.begin] == ')' || window.text[stretch.begin] == '}') {
      if (is_trigger(window, stretch.begin)) return std::nullopt;
    }
  }
  stretch.is_cut_left = stretch.begin > window.low && !is_list_separator(window.text[stretch.begin - 1]);
  const std::size_t high = std::min(window.high, trigger + kRefangAhead);
  while (stretch.word_end < high && !is_list_separator(window.text[stretch.word_end])) ++stretch.word_end;
  stretch.end = stretch.word_end;
  while (stretch.end < high && !is_separator(window.text[stretch.end])) ++stretch.end;
  stretch.is_cut_right = stretch.end < window.high && !is_separator(window.text[stretch.end]);
  return stretch;
}

}  // namespace

std::optional<Refanged> refang(const Window& window, std::size_t trigger) {
  if (!is_trigger(window, trigger)) return std::nullopt;
  const auto stretch = stretch_around(window, trigger);
  if (!stretch) return std::nullopt;
  Refanged result;
  result.is_cut_left = stretch->is_cut_left;
  result.is_cut_right = stretch->is_cut_right;
  for (std::size_t at = stretch->begin; at < stretch->end;) {
    if (at <= stretch->word_end) result.first_word_end = result.text.size();
    const Replacement found = replacement_at(window, at);
    result.origin.push_back(at);
    if (found.length > 0 && at + found.length <= stretch->end) {
      result.replaced.push_back(result.text.size());
      result.text += found.character;
      at += found.length;
    } else {
      result.text += static_cast<char>(window.text[at]);
      ++at;
    }
  }
  if (stretch->word_end == stretch->end) result.first_word_end = result.text.size();
  result.origin.push_back(stretch->end);
  return result;
}

}  // namespace hinomi::hunting
