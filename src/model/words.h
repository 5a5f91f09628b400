// The closed lists of words behind the enums of the model: one word per enumerator, in order of declaration.
// Constant tables; safe on any thread.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hinomi {

template <class Enum, std::size_t Count>
struct Words {
  std::string_view error_code;  // of the error that parse() gives
  std::array<std::string_view, Count> words;

  [[nodiscard]] constexpr std::string_view text(Enum value) const { return words.at(static_cast<std::size_t>(value)); }
  // Exactly one of the words, or Invalid with all of them listed.
  [[nodiscard]] Result<Enum> parse(std::string_view text) const {
    for (std::size_t i = 0; i < Count; ++i) {
      if (words[i] == text) return static_cast<Enum>(i);
    }
    return invalid(std::string(error_code), "Write one of: " + listed() + ".");
  }

 private:
  [[nodiscard]] std::string listed() const {
    std::string all;
    for (const auto word : words) all.append(all.empty() ? "" : ", ").append(word);
    return all;
  }
};

}  // namespace hinomi
