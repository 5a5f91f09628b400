#include "model/json_fields.h"

#include <fmt/format.h>

#include <algorithm>

namespace hinomi {
namespace {

Error wrong_type(std::string_view wanted, std::string pointer) {
  return invalid("json.wrong_type", fmt::format("This must be {}.", wanted), std::move(pointer));
}

}  // namespace

std::string json_pointer(std::string_view pointer, std::string_view name) {
  std::string out(pointer);
  out += '/';
  for (const char c : name) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string json_pointer(std::string_view pointer, std::size_t index) { return fmt::format("{}/{}", pointer, index); }

Result<JsonFields> JsonFields::open(JsonView value, std::string pointer,
                                    std::initializer_list<std::string_view> known) {
  if (!value.is_object()) return invalid("json.not_an_object", "This must be a JSON object.", std::move(pointer));
  for (const JsonView member : value) {
    if (std::find(known.begin(), known.end(), member.key()) != known.end()) continue;
    return invalid("json.unknown_field", fmt::format("Fields here are: {}.", fmt::join(known, ", ")),
                   json_pointer(pointer, member.key()));
  }
  return JsonFields(value, std::move(pointer));
}

Result<JsonView> JsonFields::required(std::string_view name) const {
  if (const auto value = find(name)) return *value;
  return invalid("json.missing_field", fmt::format("The field \"{}\" is required.", name), pointer_to(name));
}

Result<std::string> JsonFields::text(std::string_view name) const {
  TRY(const JsonView value, required(name));
  const auto text = value.string();
  if (!text) return wrong_type("a string", pointer_to(name));
  return std::string(*text);
}

Result<std::string> JsonFields::text_or_empty(std::string_view name) const {
  if (!find(name)) return std::string();
  return text(name);
}

Result<bool> JsonFields::flag_or_false(std::string_view name) const {
  const auto value = find(name);
  if (!value) return false;
  const auto flag = value->boolean();
  if (!flag) return wrong_type("true or false", pointer_to(name));
  return *flag;
}

Result<std::vector<JsonView>> JsonFields::array(std::string_view name, std::size_t max_count) const {
  std::vector<JsonView> elements;
  const auto value = find(name);
  if (!value) return elements;
  if (!value->is_array()) return wrong_type("an array", pointer_to(name));
  if (value->size() > max_count) {
    return too_large("json.too_many", fmt::format("There may be at most {} elements.", max_count), pointer_to(name));
  }
  for (const JsonView element : *value) elements.push_back(element);
  return elements;
}

Result<std::vector<std::string>> JsonFields::texts(std::string_view name, std::size_t max_count) const {
  TRY(const auto elements, array(name, max_count));
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const auto text = elements[i].string();
    if (!text) return wrong_type("a string", json_pointer(pointer_to(name), i));
    texts.emplace_back(*text);
  }
  return texts;
}

}  // namespace hinomi
