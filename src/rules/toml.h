// TOML 1.0 in, as a tree that remembers where each value stood. Written here because the library at hand asserts and
// runs into unreachable code on hostile input; see docs/decisions/0010-law-is-data.md. Plain values; safe on any
// thread.
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
  // How a table came to be, which decides what may still be added to it.
  enum class Form : std::uint8_t { Value, Implied, Header, Dotted, TablesArray };

  // Local dates only: a time of day is written as text, so that its zone is always said.
  std::variant<std::string, std::int64_t, double, bool, Day, TomlArray, TomlTable> value;
  TextPosition position;  // of a text: of its first character inside the quotes
  Form form = Form::Value;

  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&value); }
  [[nodiscard]] const TomlTable* table() const { return std::get_if<TomlTable>(&value); }
  [[nodiscard]] const TomlArray* array() const { return std::get_if<TomlArray>(&value); }
};

inline constexpr std::size_t kMaxTomlBytes = std::size_t{1} << 20;
inline constexpr unsigned kMaxTomlDepth = 16;  // of values within values, and of dots in a key

// Numbers are decimal; times of day, infinities and not-a-number are refused. Everything else is TOML 1.0.
// Errors: rules.toml_syntax, rules.toml_type, rules.toml_duplicate, rules.too_large, rules.too_deep;
// `where` is "line L, column C".
Result<TomlTable> parse_toml(std::string_view text);

}  // namespace hinomi::rules
