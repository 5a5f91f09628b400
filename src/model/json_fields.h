// Reads one JSON object that may hold only known fields. Every error carries the JSON pointer (RFC 6901) of its place.
// Borrows from the JsonDocument, like the JsonView it is made from.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace hinomi {

// `pointer` one level further in, with ~ and / of the name escaped.
std::string json_pointer(std::string_view pointer, std::string_view name);
std::string json_pointer(std::string_view pointer, std::size_t index);

class JsonFields {
 public:
  // Invalid when `value` is not an object (json.not_an_object) or has a field outside `known` (json.unknown_field).
  static Result<JsonFields> open(JsonView value, std::string pointer, std::initializer_list<std::string_view> known);

  [[nodiscard]] std::string pointer_to(std::string_view name) const { return json_pointer(pointer_, name); }
  [[nodiscard]] std::optional<JsonView> find(std::string_view name) const { return value_.find(name); }
  [[nodiscard]] Result<JsonView> required(std::string_view name) const;  // json.missing_field
  // A field of another type than asked for is Invalid (json.wrong_type), also where absence is allowed.
  [[nodiscard]] Result<std::string> text(std::string_view name) const;
  [[nodiscard]] Result<std::string> text_or_empty(std::string_view name) const;
  [[nodiscard]] Result<bool> flag_or_false(std::string_view name) const;
  // An absent array has no elements. Over `max_count` is TooLarge (json.too_many).
  [[nodiscard]] Result<std::vector<JsonView>> array(std::string_view name, std::size_t max_count) const;
  [[nodiscard]] Result<std::vector<std::string>> texts(std::string_view name, std::size_t max_count) const;

 private:
  JsonFields(JsonView value, std::string pointer) : value_(value), pointer_(std::move(pointer)) {}
  JsonView value_;
  std::string pointer_;
};

}  // namespace hinomi
