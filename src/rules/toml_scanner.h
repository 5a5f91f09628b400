// The characters of a TOML document: space, keys, texts and plain values, with their places. Internal to parse_toml.
// Borrows from the text it reads, which is valid UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rules/toml.h"

namespace hinomi::rules {

class TomlScanner {
 public:
  explicit TomlScanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] bool at(std::string_view text) const { return rest_.starts_with(text); }
  [[nodiscard]] TextPosition place() const { return place_; }
  [[nodiscard]] Error error(std::string detail) const;

  void skip_spaces();                // blanks and tabs
  Status skip_blank_lines();         // also comments and line ends
  Status end_line();                 // a comment or nothing, then a line end or the end
  bool take(std::string_view text);  // true when it stood here
  Status expect(std::string_view text);

  Result<std::string> key_part();   // bare or quoted, one line
  Result<TomlValue> text();         // at a quote
  Result<TomlValue> plain_value();  // number, true, false or a date

 private:
  void advance(std::size_t bytes);
  bool take_line_end();
  Status skip_comment();
  Result<std::string> characters(std::string_view closing);
  Result<std::string> escape();
  Result<std::string> scalar(std::size_t digits);
  Status skip_continuation();
  [[nodiscard]] std::optional<std::size_t> closing_quotes(std::string_view closing) const;

  std::string_view rest_;
  TextPosition place_;
};

}  // namespace hinomi::rules
