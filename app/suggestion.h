// The word that somebody probably meant.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hinomi::app {

// The known word with the fewest letters changed, added, left out or swapped; nothing when none is near.
std::optional<std::string> nearest_word(std::string_view typed, const std::vector<std::string>& known);

}  // namespace hinomi::app
