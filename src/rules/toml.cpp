// The library's own limit of 256 nested values is far more than a pack needs and than a small stack bears.
#define TOML_MAX_NESTED_VALUES 16
#define TOML_EXCEPTIONS 1
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#include "rules/toml.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <optional>

#include "base/text.h"

namespace hinomi::rules {
namespace {

constexpr std::size_t kMaxDots = 32;

TextPosition position_of(const toml::source_position& place) { return {place.line, place.column}; }

Error refused_type(const toml::node& node) {
  return invalid("rules.toml_type", "Times of day are written as quoted RFC 3339 text with their zone.",
                 position_text(position_of(node.source().begin)));
}

// Where the characters of a text begin: after its quotes, and after the line break that opens a multi-line text.
class Places {
 public:
  explicit Places(std::string_view text) : text_(text) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') starts_.push_back(i + 1);
    }
  }
  [[nodiscard]] TextPosition inside_quotes(TextPosition quote) const {
    if (quote.line == 0 || quote.line > starts_.size()) return quote;
    std::string_view rest = text_.substr(starts_[quote.line - 1]);
    rest.remove_prefix(std::min<std::size_t>(quote.column - 1, rest.size()));
    if (!rest.starts_with("'''") && !rest.starts_with("\"\"\"")) return {quote.line, quote.column + 1};
    rest.remove_prefix(3);
    const bool opens_with_break = rest.starts_with("\n") || rest.starts_with("\r\n");
    return opens_with_break ? TextPosition{quote.line + 1, 1} : TextPosition{quote.line, quote.column + 3};
  }

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

Result<TomlValue> converted(const toml::node& node, const Places& places);

Result<TomlTable> converted_table(const toml::table& table, const Places& places) {
  TomlTable result;
  for (const auto& [key, node] : table) {
    TRY(auto value, converted(node, places));
    result.emplace(std::string(key.str()), std::move(value));
  }
  return result;
}

Result<TomlArray> converted_array(const toml::array& array, const Places& places) {
  TomlArray result;
  for (const auto& node : array) {
    TRY(auto value, converted(node, places));
    result.push_back(std::move(value));
  }
  return result;
}

Result<TomlValue> converted_date(const toml::node& node) {
  const toml::date date = **node.as_date();
  const std::chrono::year_month_day day{std::chrono::year(date.year), std::chrono::month(date.month),
                                        std::chrono::day(date.day)};
  if (!day.ok()) return refused_type(node);
  return TomlValue{Day(day), position_of(node.source().begin)};
}

// Recursion is bounded by the limits on nesting and on dots that parse_toml has checked.
Result<TomlValue> converted(const toml::node& node, const Places& places) {
  const TextPosition position = position_of(node.source().begin);
  switch (node.type()) {
    case toml::node_type::table: {
      TRY(auto table, converted_table(*node.as_table(), places));
      return TomlValue{std::move(table), position};
    }
    case toml::node_type::array: {
      TRY(auto array, converted_array(*node.as_array(), places));
      return TomlValue{std::move(array), position};
    }
    case toml::node_type::string: return TomlValue{node.as_string()->get(), places.inside_quotes(position)};
    case toml::node_type::integer: return TomlValue{node.as_integer()->get(), position};
    case toml::node_type::floating_point: return TomlValue{node.as_floating_point()->get(), position};
    case toml::node_type::boolean: return TomlValue{node.as_boolean()->get(), position};
    case toml::node_type::date: return converted_date(node);
    default: return refused_type(node);
  }
}

bool may_begin_key(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-\"']").find(c) != std::string_view::npos;
}

// Refuses beforehand what version 3.3 of the library meets with assertions, unreachable code or unbounded nesting:
// a header without a key, non-ASCII outside texts and comments, and endless dotted keys. Fuzzing found all three.
class Screen {
 public:
  explicit Screen(std::string_view text) : rest_(text) {}

  Status check() {
    while (!rest_.empty()) {
      if (rest_.front() == '#') {
        take(std::min(rest_.find('\n'), rest_.size()));
      } else if (rest_.front() == '"' || rest_.front() == '\'') {
        TRY_OK(check_text(rest_.front()));
      } else {
        TRY_OK(check_plain(rest_.front()));
      }
    }
    return {};
  }

 private:
  [[nodiscard]] Error refuse(std::string_view code, std::string detail) const {
    return invalid(std::string(code), std::move(detail), position_text(place_));
  }
  void take(std::size_t count) {
    for (const char c : rest_.substr(0, count)) {
      ++place_.column;
      if (c == '\n') place_ = {place_.line + 1, 1};
    }
    rest_.remove_prefix(std::min(count, rest_.size()));
  }

  Status check_plain(char c) {
    const bool is_space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!is_space && (c < '!' || c > '~')) {
      return refuse("rules.toml_syntax", "Only texts and comments hold other characters than those of ASCII.");
    }
    dots_ += c == '.' ? 1 : 0;
    if (dots_ > kMaxDots) return refuse("rules.too_deep", fmt::format("A line has at most {} dots.", kMaxDots));
    if (c == '[' && is_line_start_ && !header_has_key()) {
      return refuse("rules.toml_syntax", "A line that begins with [ names a table.");
    }
    if (c == '\n') dots_ = 0;
    is_line_start_ = c == '\n' || (is_line_start_ && is_space);
    take(1);
    return {};
  }
  [[nodiscard]] bool header_has_key() const {
    const auto key = rest_.find_first_not_of(" \t", rest_.starts_with("[[") ? 2 : 1);
    return key != std::string_view::npos && may_begin_key(rest_[key]);
  }

  Status check_text(char quote) {
    is_line_start_ = false;
    const std::string three(3, quote);
    const bool is_long = rest_.starts_with(three);
    const TextPosition start = place_;
    take(is_long ? 3 : 1);
    while (!rest_.empty()) {
      if (rest_.front() == '\\' && quote == '"') {
        take(2);
      } else if (is_long ? rest_.starts_with(three) : rest_.front() == quote) {
        // Up to two quotes may stand before the three that close.
        take(is_long ? std::min<std::size_t>(5, std::min(rest_.find_first_not_of(quote), rest_.size())) : 1);
        return {};
      } else if (!is_long && rest_.front() == '\n') {
        break;
      } else {
        take(1);
      }
    }
    place_ = start;
    return refuse("rules.toml_syntax", "This text is not closed.");
  }

  std::string_view rest_;
  TextPosition place_;
  std::size_t dots_ = 0;
  bool is_line_start_ = true;
};

}  // namespace

Result<TomlTable> parse_toml(std::string_view text) {
  if (text.size() > kMaxTomlBytes) return too_large("rules.too_large", "A pack has at most 1 MiB.");
  if (!is_utf8(text)) return invalid("rules.toml_syntax", "A pack is UTF-8 text.");
  TRY_OK(Screen(text).check());
  try {
    const toml::table table = toml::parse(text);
    return converted_table(table, Places(text));
  } catch (const toml::parse_error& error) {
    return invalid("rules.toml_syntax", std::string(error.description()),
                   position_text(position_of(error.source().begin)));
  }
}

}  // namespace hinomi::rules
