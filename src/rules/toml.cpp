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

// A dotted key nests one table a dot, without a limit of the library's.
std::optional<TextPosition> line_with_many_dots(std::string_view text) {
  std::size_t dots = 0;
  TextPosition place;
  for (const char c : text) {
    dots += c == '.' ? 1 : 0;
    if (dots > kMaxDots) return place;
    ++place.column;
    if (c == '\n') {
      dots = 0;
      place = {place.line + 1, 1};
    }
  }
  return std::nullopt;
}

bool may_begin_key(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-\"']").find(c) != std::string_view::npos;
}

// Version 3.3 asserts (and, in a release build, assumes) that a table header goes on with a key; input decides that.
std::optional<TextPosition> header_without_key(std::string_view text) {
  TextPosition place;
  for (const std::string_view line : split(text, '\n')) {
    std::size_t at = line.find_first_not_of(" \t");
    if (at != std::string_view::npos && line[at] == '[') {
      at += line.substr(at).starts_with("[[") ? 2 : 1;
      const auto key = line.find_first_not_of(" \t", at);
      if (key == std::string_view::npos || !may_begin_key(line[key])) return place;
    }
    ++place.line;
  }
  return std::nullopt;
}

}  // namespace

Result<TomlTable> parse_toml(std::string_view text) {
  if (text.size() > kMaxTomlBytes) return too_large("rules.too_large", "A pack has at most 1 MiB.");
  if (!is_utf8(text)) return invalid("rules.toml_syntax", "A pack is UTF-8 text.");
  if (const auto place = line_with_many_dots(text)) {
    return invalid("rules.too_deep", fmt::format("A line has at most {} dots.", kMaxDots), position_text(*place));
  }
  if (const auto place = header_without_key(text)) {
    return invalid("rules.toml_syntax", "A line that begins with [ names a table.", position_text(*place));
  }
  try {
    const toml::table table = toml::parse(text);
    return converted_table(table, Places(text));
  } catch (const toml::parse_error& error) {
    return invalid("rules.toml_syntax", std::string(error.description()),
                   position_text(position_of(error.source().begin)));
  }
}

}  // namespace hinomi::rules
