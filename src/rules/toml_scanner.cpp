#include "rules/toml_scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace hinomi::rules {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_bare(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-'; }
bool is_plain(char c) { return is_bare(c) || c == '+' || c == '.' || c == ':'; }
// TOML 1.0: control characters other than tab stand nowhere.
bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; }

std::size_t run_length(std::string_view text, bool (*belongs)(char)) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), belongs) - text.begin());
}

std::string utf8(std::uint32_t code) {
  const auto tail = [code](unsigned shift) { return static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
  if (code < 0x80) return {static_cast<char>(code)};
  if (code < 0x800) return {static_cast<char>(0xC0 | (code >> 6)), tail(0)};
  if (code < 0x10000) return {static_cast<char>(0xE0 | (code >> 12)), tail(6), tail(0)};
  return {static_cast<char>(0xF0 | (code >> 18)), tail(12), tail(6), tail(0)};
}

// The digits without their separators, or nothing when an underscore does not stand between two digits.
std::optional<std::string> without_separators(std::string_view word) {
  std::string digits;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] != '_') {
      digits += word[i];
    } else if (i == 0 || i + 1 == word.size() || !is_digit(word[i - 1]) || !is_digit(word[i + 1])) {
      return std::nullopt;
    }
  }
  return digits;
}

// sign? (0 | 1-9 digit*) (. digit+)? (e sign? digit+)?
bool is_number(std::string_view text) {
  const auto take_digits = [&text] {
    const auto length = run_length(text, is_digit);
    text.remove_prefix(length);
    return length > 0;
  };
  const auto take_sign = [&text] {
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  };
  take_sign();
  const bool leads_with_zero = text.size() > 1 && text[0] == '0' && is_digit(text[1]);
  if (leads_with_zero || !take_digits()) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!take_digits()) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    take_sign();
    if (!take_digits()) return false;
  }
  return text.empty();
}

template <class Number>
std::optional<Number> read_number(std::string_view digits) {
  if (digits.starts_with('+')) digits.remove_prefix(1);
  Number number{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

using Plain = decltype(TomlValue::value);

std::optional<Plain> read_plain(std::string_view word) {
  if (word == "true" || word == "false") return Plain(word == "true");
  if (word.size() == 10 && word[4] == '-') {
    const auto day = parse_day(word);
    return day.ok() ? std::optional<Plain>(*day) : std::nullopt;
  }
  const auto digits = without_separators(word);
  if (!digits || !is_number(*digits)) return std::nullopt;
  if (digits->find_first_of(".eE") == std::string::npos) {
    const auto integer = read_number<std::int64_t>(*digits);
    return integer ? std::optional<Plain>(*integer) : std::nullopt;
  }
  const auto number = read_number<double>(*digits);
  return number ? std::optional<Plain>(*number) : std::nullopt;
}

}  // namespace

Error TomlScanner::error(std::string detail) const {
  return invalid("rules.toml_syntax", std::move(detail), position_text(place_));
}

void TomlScanner::advance(std::size_t bytes) {
  for (const char c : rest_.substr(0, bytes)) {
    ++place_.column;
    if (c == '\n') place_ = {place_.line + 1, 1};
  }
  rest_.remove_prefix(bytes);
}

bool TomlScanner::take(std::string_view text) {
  if (!at(text)) return false;
  advance(text.size());
  return true;
}

Status TomlScanner::expect(std::string_view text) {
  return take(text) ? Status{} : error(fmt::format("Here should stand {}.", text));
}

void TomlScanner::skip_spaces() {
  advance(run_length(rest_, [](char c) { return c == ' ' || c == '\t'; }));
}

bool TomlScanner::take_line_end() { return take("\n") || take("\r\n"); }

Status TomlScanner::skip_comment() {
  if (!at("#")) return {};
  advance(run_length(rest_, [](char c) { return !is_control(c); }));
  return at_end() || at("\n") || at("\r\n") ? Status{} : error("A comment holds no control characters.");
}

Status TomlScanner::skip_blank_lines() {
  do {
    skip_spaces();
    TRY_OK(skip_comment());
  } while (take_line_end());
  return {};
}

Status TomlScanner::end_line() {
  skip_spaces();
  TRY_OK(skip_comment());
  return at_end() || take_line_end() ? Status{} : error("The line should end here.");
}

Result<std::string> TomlScanner::key_part() {
  for (const std::string_view quote : {"\"", "'"}) {
    if (take(quote)) return characters(quote);
  }
  const auto length = run_length(rest_, is_bare);
  if (length == 0) return error("A key of A-Z, a-z, 0-9, _ and -, or in quotes, should stand here.");
  std::string part(rest_.substr(0, length));
  advance(length);
  return part;
}

Result<TomlValue> TomlScanner::text() {
  for (const std::string_view quotes : {"\"\"\"", "'''", "\"", "'"}) {
    if (!take(quotes)) continue;
    if (quotes.size() == 3) take_line_end();
    const TextPosition start = place_;
    auto found = characters(quotes);
    if (!found.ok()) return found.error();
    return TomlValue{std::move(found).value(), start};
  }
  return error("A text in quotes should stand here.");
}

// How many quotes end the text here: up to two more than it needs belong to a text of several lines.
std::optional<std::size_t> TomlScanner::closing_quotes(std::string_view closing) const {
  if (!at(closing)) return std::nullopt;
  if (closing.size() == 1) return 1;
  const auto run = rest_.find_first_not_of(closing.front());
  return std::min<std::size_t>(5, run == std::string_view::npos ? rest_.size() : run);
}

Result<std::string> TomlScanner::characters(std::string_view closing) {
  const bool is_long = closing.size() == 3;
  const auto unclosed = error("This text is not closed.");
  std::string found;
  while (!at_end()) {
    if (const auto quotes = closing_quotes(closing)) {
      found.append(*quotes - closing.size(), closing.front());
      advance(*quotes);
      return found;
    }
    if (closing.front() == '"' && take("\\")) {
      TRY(const auto meant, escape());
      found += meant;
      continue;
    }
    if (at("\n") || at("\r\n")) {
      if (!is_long) return unclosed;
      take_line_end();
      found += '\n';
      continue;
    }
    if (is_control(rest_.front())) return error("A text holds no control characters; write \\u0000.");
    found += rest_.front();
    advance(1);
  }
  return unclosed;
}

Result<std::string> TomlScanner::escape() {
  constexpr std::array<std::pair<std::string_view, char>, 7> kShort{
      {{"b", '\b'}, {"t", '\t'}, {"n", '\n'}, {"f", '\f'}, {"r", '\r'}, {"\"", '"'}, {"\\", '\\'}}};
  for (const auto& [name, meant] : kShort) {
    if (take(name)) return std::string(1, meant);
  }
  if (take("u")) return scalar(4);
  if (take("U")) return scalar(8);
  TRY_OK(skip_continuation());
  return std::string();
}

Result<std::string> TomlScanner::scalar(std::size_t digits) {
  const auto hex = rest_.substr(0, digits);
  std::uint32_t code = 0;
  const auto [end, wrong] = std::from_chars(hex.data(), hex.data() + hex.size(), code, 16);
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (hex.size() != digits || wrong != std::errc{} || end != hex.data() + digits || is_surrogate || code > 0x10FFFF) {
    return error(fmt::format("{} hexadecimal digits of a Unicode character should stand here.", digits));
  }
  advance(digits);
  return utf8(code);
}

// A backslash at the end of a line joins it with the next text.
Status TomlScanner::skip_continuation() {
  skip_spaces();
  if (!take_line_end()) return error("There is no such escape.");
  do {
    skip_spaces();
  } while (take_line_end());
  return {};
}

Result<TomlValue> TomlScanner::plain_value() {
  const auto word = rest_.substr(0, run_length(rest_, is_plain));
  auto value = read_plain(word);
  if (!value) {
    return invalid(
        "rules.toml_type",
        "Here should stand a value: a quoted text, a decimal number, true, false or a date. Times are quoted.",
        position_text(place_));
  }
  const TextPosition start = place_;
  advance(word.size());
  return TomlValue{std::move(*value), start};
}

}  // namespace hinomi::rules
