// The word that somebody probably meant.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hinomi::app {

// The known word with the fewest letters changed, added, left out or swapped; nothing when none is near.
std::optional<std::string> nearest_word(std::string_view typed, const std::vector<std::string>& known);

// A tree of commands by their names.
struct CommandNames {
  std::string name;
  std::vector<CommandNames> below;
};
// Where the words leave the tree: the nearest command there, with those before it ("hinomi report list").
std::optional<std::string> meant_command(const CommandNames& tree, std::span<const char* const> arguments);

}  // namespace hinomi::app
