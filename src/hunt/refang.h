// Undoes the defanging of a stretch of text, "evil[.]example", "hxxps[:]//evil(dot)example/a", keeping for every byte
// the place it came from. Pure and local: reads at most kRefangBehind and kRefangAhead bytes around the trigger.
// Internal to hunt.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hunt/examine.h"

namespace hinomi::hunting {

inline constexpr std::size_t kRefangBehind = 256;
inline constexpr std::size_t kRefangAhead = 512;

struct Refanged {
  std::string text;
  std::vector<std::size_t> origin;    // of every byte of `text`, and one more for its end
  std::vector<std::size_t> replaced;  // positions in `text` that stood in brackets
  std::size_t first_word_end = 0;     // replacements from here on have a trigger of their own
  bool is_cut_left = false, is_cut_right = false;
};

// The stretch around the closing bracket at `trigger`. Nothing when there is no defanged character before it, or when
// an earlier one close by already covers it.
std::optional<Refanged> refang(const Window& window, std::size_t trigger);

}  // namespace hinomi::hunting
