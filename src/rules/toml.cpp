#include "rules/toml.h"

#include <fmt/format.h>

#include "base/text.h"
#include "rules/toml_scanner.h"

namespace hinomi::rules {
namespace {

using Form = TomlValue::Form;

// A dotted key: its parts, and where it stood.
struct Key {
  std::vector<std::string> parts;
  TextPosition place;
};

class Parser {
 public:
  explicit Parser(std::string_view text) : scanner_(text) {}

  Result<TomlTable> parse() {
    TomlTable root;
    TomlTable* current = &root;
    TRY_OK(scanner_.skip_blank_lines());
    while (!scanner_.at_end()) {
      if (scanner_.at("[")) {
        TRY(current, header(root));
      } else {
        TRY_OK(key_and_value(*current));
      }
      TRY_OK(scanner_.end_line());
      TRY_OK(scanner_.skip_blank_lines());
    }
    return root;
  }

 private:
  [[nodiscard]] static Error taken(const Key& key) {
    return invalid("rules.toml_duplicate", fmt::format("{} stands here already.", key.parts.back()),
                   position_text(key.place));
  }
  [[nodiscard]] Error too_deep() const {
    return invalid("rules.too_deep", fmt::format("Values and keys nest at most {} deep.", kMaxTomlDepth),
                   position_text(scanner_.place()));
  }

  Result<Key> key() {
    Key key{{}, scanner_.place()};
    do {
      if (key.parts.size() == kMaxTomlDepth) return too_deep();
      scanner_.skip_spaces();
      TRY(auto part, scanner_.key_part());
      key.parts.push_back(std::move(part));
      scanner_.skip_spaces();
    } while (scanner_.take("."));
    return key;
  }

  // The table that the lines after this header fill.
  Result<TomlTable*> header(TomlTable& root) {
    const bool is_list = scanner_.at("[[");
    const std::string_view closing = is_list ? "]]" : "]";
    scanner_.take(is_list ? "[[" : "[");
    TRY(const Key name, key());
    TRY_OK(scanner_.expect(closing));
    TRY(TomlTable* const parent, parent_of_header(root, name));
    return is_list ? next_table(*parent, name) : named_table(*parent, name);
  }

  static Result<TomlTable*> parent_of_header(TomlTable& root, const Key& name) {
    TomlTable* table = &root;
    for (std::size_t i = 0; i + 1 < name.parts.size(); ++i) {
      TomlValue& value =
          table->try_emplace(name.parts[i], TomlValue{TomlTable{}, name.place, Form::Implied}).first->second;
      if (value.form == Form::Value) return taken(name);
      auto* list = std::get_if<TomlArray>(&value.value);
      table = &std::get<TomlTable>(list != nullptr ? list->back().value : value.value);
    }
    return table;
  }

  static Result<TomlTable*> named_table(TomlTable& parent, const Key& name) {
    const auto [found, is_new] =
        parent.try_emplace(name.parts.back(), TomlValue{TomlTable{}, name.place, Form::Header});
    if (!is_new && found->second.form != Form::Implied) return taken(name);
    found->second.form = Form::Header;
    found->second.position = name.place;
    return &std::get<TomlTable>(found->second.value);
  }

  static Result<TomlTable*> next_table(TomlTable& parent, const Key& name) {
    const auto found =
        parent.try_emplace(name.parts.back(), TomlValue{TomlArray{}, name.place, Form::TablesArray}).first;
    if (found->second.form != Form::TablesArray) return taken(name);
    auto& list = std::get<TomlArray>(found->second.value);
    list.push_back({TomlTable{}, name.place, Form::Header});
    return &std::get<TomlTable>(list.back().value);
  }

  Status key_and_value(TomlTable& table) {
    TRY(const Key name, key());
    TRY_OK(scanner_.expect("="));
    scanner_.skip_spaces();
    TRY(auto read, value());
    TomlTable* parent = &table;
    for (std::size_t i = 0; i + 1 < name.parts.size(); ++i) {
      TomlValue& next =
          parent->try_emplace(name.parts[i], TomlValue{TomlTable{}, name.place, Form::Dotted}).first->second;
      // What has its own header, or was written as a value, is closed to dotted keys (TOML 1.0, "Keys").
      if (next.form != Form::Dotted) return taken(name);
      parent = &std::get<TomlTable>(next.value);
    }
    return parent->try_emplace(name.parts.back(), std::move(read)).second ? Status{} : taken(name);
  }

  Result<TomlValue> value() {
    if (scanner_.at("\"") || scanner_.at("'")) return scanner_.text();
    if (!scanner_.at("[") && !scanner_.at("{")) return scanner_.plain_value();
    if (depth_ == kMaxTomlDepth) return too_deep();
    ++depth_;
    auto read = scanner_.at("[") ? list() : inline_table();
    --depth_;
    return read;
  }

  Result<TomlValue> list() {
    TomlArray elements;
    const TextPosition start = scanner_.place();
    scanner_.take("[");
    TRY_OK(scanner_.skip_blank_lines());
    while (!scanner_.at("]")) {
      TRY(auto element, value());
      elements.push_back(std::move(element));
      TRY_OK(scanner_.skip_blank_lines());
      if (!scanner_.take(",")) break;
      TRY_OK(scanner_.skip_blank_lines());
    }
    TRY_OK(scanner_.expect("]"));
    return TomlValue{std::move(elements), start};
  }

  // On one line, and without a comma at its end.
  Result<TomlValue> inline_table() {
    TomlTable table;
    const TextPosition start = scanner_.place();
    scanner_.take("{");
    scanner_.skip_spaces();
    if (scanner_.take("}")) return TomlValue{std::move(table), start};
    do {
      scanner_.skip_spaces();
      TRY_OK(key_and_value(table));
      scanner_.skip_spaces();
    } while (scanner_.take(","));
    TRY_OK(scanner_.expect("}"));
    return TomlValue{std::move(table), start};
  }

  TomlScanner scanner_;
  unsigned depth_ = 0;
};

}  // namespace

Result<TomlTable> parse_toml(std::string_view text) {
  if (text.size() > kMaxTomlBytes) return too_large("rules.too_large", "A pack has at most 1 MiB.");
  if (!is_utf8(text)) return invalid("rules.toml_syntax", "A pack is UTF-8 text.", position_text({}));
  return Parser(text).parse();
}

}  // namespace hinomi::rules
