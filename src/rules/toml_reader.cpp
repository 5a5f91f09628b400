#include "rules/toml_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace hinomi::rules {

const TomlValue* TomlReader::value(std::string_view key) {
  read_.emplace(key);
  const auto found = table_.find(key);
  return found == table_.end() ? nullptr : &found->second;
}

TextPosition TomlReader::position_of(std::string_view key) const {
  const auto found = table_.find(key);
  return found == table_.end() ? position_ : found->second.position;
}

Error TomlReader::error(std::string_view code, std::string detail, TextPosition position) const {
  return invalid(std::string(code), std::move(detail), fmt::format("{}: {}", file_, position_text(position)));
}
Error TomlReader::error(std::string_view code, std::string detail) const {
  return error(code, std::move(detail), position_);
}
Error TomlReader::missing(std::string_view key) const {
  return error("rules.key_missing", fmt::format("The key {} is missing.", key));
}
Error TomlReader::wrong_type(std::string_view key, std::string_view wanted) const {
  return error("rules.toml_type", fmt::format("{} takes {}.", key, wanted), position_of(key));
}

Result<std::size_t> TomlReader::index_of_word(std::string_view key, std::span<const std::string_view> words) {
  TRY(const auto found, text(key));
  const auto word = std::find(words.begin(), words.end(), found);
  if (word == words.end()) return wrong_type(key, fmt::format("one of: {}", fmt::join(words, ", ")));
  return static_cast<std::size_t>(word - words.begin());
}

Result<std::string> TomlReader::text(std::string_view key) {
  const auto* found = value(key);
  if (found == nullptr) return missing(key);
  const auto* text = found->text();
  if (text == nullptr || text->empty()) return wrong_type(key, "a text that is not empty");
  return *text;
}

Result<std::string> TomlReader::text_or_empty(std::string_view key) {
  const auto* found = value(key);
  if (found == nullptr) return std::string();
  if (found->text() == nullptr) return wrong_type(key, "a text");
  return *found->text();
}

Result<BilingualText> TomlReader::bilingual(std::string_view key) {
  TRY(auto found, optional_bilingual(key));
  if (!found) return missing(key);
  return std::move(*found);
}

Result<std::optional<BilingualText>> TomlReader::optional_bilingual(std::string_view key) {
  TRY(auto pair, table(key));
  if (!pair) return std::optional<BilingualText>();
  BilingualText result;
  TRY(result.ja, pair->text("ja"));
  TRY(result.en, pair->text("en"));
  TRY_OK(pair->finish());
  return std::optional(std::move(result));
}

Result<std::optional<std::int64_t>> TomlReader::integer(std::string_view key, std::int64_t low, std::int64_t high) {
  const auto* found = value(key);
  if (found == nullptr) return std::optional<std::int64_t>();
  const auto* number = std::get_if<std::int64_t>(&found->value);
  if (number == nullptr || *number < low || *number > high) {
    return wrong_type(key, fmt::format("a whole number from {} to {}", low, high));
  }
  return std::optional(*number);
}

Result<bool> TomlReader::flag_or_false(std::string_view key) {
  const auto* found = value(key);
  if (found == nullptr) return false;
  const auto* flag = std::get_if<bool>(&found->value);
  if (flag == nullptr) return wrong_type(key, "true or false");
  return *flag;
}

Result<std::optional<Day>> TomlReader::day(std::string_view key) {
  const auto* found = value(key);
  if (found == nullptr || (found->text() != nullptr && found->text()->empty())) return std::optional<Day>();
  const auto* day = std::get_if<Day>(&found->value);
  if (day == nullptr) return wrong_type(key, "a date like 2026-10-01, without quotes");
  return std::optional(*day);
}

Result<std::optional<Instant>> TomlReader::instant(std::string_view key) {
  const auto* found = value(key);
  if (found == nullptr) return std::optional<Instant>();
  if (found->text() == nullptr) return wrong_type(key, "a quoted time like \"2026-12-05T22:30:00+09:00\"");
  const auto parsed = parse_rfc3339(*found->text());
  if (!parsed.ok()) return wrong_type(key, "a quoted time like \"2026-12-05T22:30:00+09:00\"");
  return std::optional(*parsed);
}

Result<std::vector<std::string>> TomlReader::texts(std::string_view key) {
  std::vector<std::string> result;
  const auto* found = value(key);
  if (found == nullptr) return result;
  if (found->array() == nullptr) return wrong_type(key, "a list of texts");
  for (const TomlValue& element : *found->array()) {
    if (element.text() == nullptr || element.text()->empty()) return wrong_type(key, "a list of texts");
    result.push_back(*element.text());
  }
  return result;
}

Result<std::vector<TomlReader>> TomlReader::tables(std::string_view key, std::size_t most) {
  std::vector<TomlReader> result;
  const auto* found = value(key);
  if (found == nullptr) return result;
  if (found->array() == nullptr) return wrong_type(key, "[[tables]]");
  if (found->array()->size() > most) {
    return error("rules.too_large", fmt::format("There are at most {} of {}.", most, key), found->position);
  }
  for (const TomlValue& element : *found->array()) {
    if (element.table() == nullptr) return wrong_type(key, "[[tables]]");
    result.emplace_back(*element.table(), element.position, file_);
  }
  return result;
}

Result<std::optional<TomlReader>> TomlReader::table(std::string_view key) {
  const auto* found = value(key);
  if (found == nullptr) return std::optional<TomlReader>();
  if (found->table() == nullptr) return wrong_type(key, "a table");
  return std::optional<TomlReader>(std::in_place, *found->table(), found->position, file_);
}

Status TomlReader::finish() const {
  for (const auto& [key, value] : table_) {
    if (!read_.contains(key)) {
      return error("rules.key_unknown", fmt::format("There is no key named {} here.", key), value.position);
    }
  }
  return {};
}

}  // namespace hinomi::rules
