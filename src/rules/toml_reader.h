// Typed reading of one TOML table: every key is read once, unknown keys are refused, every message has its place.
// Borrows from the tree it reads. Internal to the pack readers.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/pack.h"
#include "rules/toml.h"

namespace hinomi::rules {

class TomlReader {
 public:
  // `file` names the place in messages; both must outlive the reader.
  TomlReader(const TomlTable& table, TextPosition position, const std::string& file)
      : table_(table), position_(position), file_(file) {}

  // The value or nothing; Invalid when the key is absent (required) or holds another type.
  Result<std::string> text(std::string_view key);
  Result<std::string> text_or_empty(std::string_view key);
  Result<BilingualText> bilingual(std::string_view key);
  Result<std::optional<BilingualText>> optional_bilingual(std::string_view key);
  Result<std::optional<std::int64_t>> integer(std::string_view key, std::int64_t low, std::int64_t high);
  Result<bool> flag_or_false(std::string_view key);
  Result<std::optional<Day>> day(std::string_view key);  // an empty text counts as absent
  Result<std::optional<Instant>> instant(std::string_view key);
  Result<std::vector<std::string>> texts(std::string_view key);
  // The tables of an array of tables, at most `most`; none when absent.
  Result<std::vector<TomlReader>> tables(std::string_view key, std::size_t most);
  Result<std::optional<TomlReader>> table(std::string_view key);
  // The position of the key's word in the list, which is its enumerator.
  template <class Enum, std::size_t Count>
  Result<Enum> word(std::string_view key, const std::array<std::string_view, Count>& words) {
    TRY(const auto index, index_of_word(key, words));
    return static_cast<Enum>(index);
  }
  // The raw value, for the few keys of free shape; nullptr when absent.
  const TomlValue* value(std::string_view key);

  // Invalid when a key has not been read by now.
  [[nodiscard]] Status finish() const;
  [[nodiscard]] Error error(std::string_view code, std::string detail, TextPosition position) const;
  [[nodiscard]] Error error(std::string_view code, std::string detail) const;
  [[nodiscard]] Error missing(std::string_view key) const;
  [[nodiscard]] Error wrong_type(std::string_view key, std::string_view wanted) const;
  [[nodiscard]] TextPosition position() const { return position_; }
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] const TomlTable& all() const { return table_; }

 private:
  Result<std::size_t> index_of_word(std::string_view key, std::span<const std::string_view> words);
  [[nodiscard]] TextPosition position_of(std::string_view key) const;
  const TomlTable& table_;
  TextPosition position_;
  const std::string& file_;
  std::set<std::string, std::less<>> read_;
};

}  // namespace hinomi::rules
