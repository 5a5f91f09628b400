// TOML 1.0 in, as a tree of our own that remembers where each value stood. toml++ stays behind this header.
// Plain values; safe on any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "rules/expression.h"

namespace hinomi::rules {

struct TomlValue;
using TomlArray = std::vector<TomlValue>;
using TomlTable = std::map<std::string, TomlValue, std::less<>>;

struct TomlValue {
  // Local dates only: a time of day is written as text, so that its zone is always said.
  std::variant<std::string, std::int64_t, double, bool, Day, TomlArray, TomlTable> value;
  TextPosition position;  // of a text: of its first character inside the quotes

  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&value); }
  [[nodiscard]] const TomlTable* table() const { return std::get_if<TomlTable>(&value); }
  [[nodiscard]] const TomlArray* array() const { return std::get_if<TomlArray>(&value); }
};

inline constexpr std::size_t kMaxTomlBytes = std::size_t{1} << 20;

// Outside texts and comments only ASCII is read, and a line that begins with [ must go on like a table header.
// Errors: rules.toml_syntax, rules.toml_type, rules.too_large, rules.too_deep (16 values, 32 dots on a line);
// `where` is "line L, column C".
Result<TomlTable> parse_toml(std::string_view text);

}  // namespace hinomi::rules
