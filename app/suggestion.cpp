#include "app/suggestion.h"

#include <algorithm>

namespace hinomi::app {
namespace {

constexpr std::size_t kLongestWord = 40;

// Restricted Damerau–Levenshtein distance.
std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::vector<std::size_t>> cost(left.size() + 1, std::vector<std::size_t>(right.size() + 1));
  for (std::size_t i = 0; i <= left.size(); ++i) {
    for (std::size_t j = 0; j <= right.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const std::size_t changed = cost[i - 1][j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, changed});
      const bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[left.size()][right.size()];
}

}  // namespace

std::optional<std::string> nearest_word(std::string_view typed, const std::vector<std::string>& known) {
  if (typed.size() > kLongestWord) return std::nullopt;
  std::optional<std::string> nearest;
  std::size_t least = typed.size() < 4 ? 2 : 3;  // further away is another word
  for (const std::string& word : known) {
    const std::size_t changes = distance(typed, word);
    if (changes >= least) continue;
    least = changes;
    nearest = word;
  }
  return nearest;
}

std::optional<std::string> meant_command(const CommandNames& tree, std::span<const char* const> arguments) {
  const CommandNames* at = &tree;
  std::string path = tree.name;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string_view word = arguments[i];
    if (word == "--lang" || word == "--server" || word == "--token-file") ++i;
    if (word.starts_with("-")) continue;
    if (at->below.empty()) return std::nullopt;
    const auto next = std::ranges::find(at->below, word, &CommandNames::name);
    if (next == at->below.end()) {
      std::vector<std::string> known;
      for (const CommandNames& name : at->below) known.push_back(name.name);
      const auto nearest = nearest_word(word, known);
      return nearest ? std::optional(path + " " + *nearest) : std::nullopt;
    }
    path += " " + std::string(word);
    at = &*next;
  }
  return std::nullopt;
}

}  // namespace hinomi::app
