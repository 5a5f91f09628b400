// Forms with files, as browsers send them: multipart/form-data (RFC 7578). Hostile input is expected: few parts, small
// heads, nothing copied. Pure; safe on any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hinomi {

struct FormPart {
  std::string name;
  std::string_view content;  // borrows from the body
};

inline constexpr std::size_t kMostFormParts = 16;

// Invalid "form.multipart" when the media type names no boundary, or the body is not what it says: parts between
// boundaries, each with a name, and the closing one. What stands before the first and after the last is ignored.
Result<std::vector<FormPart>> read_form_parts(std::string_view content_type, std::string_view body);

// The first of that name; nothing when there is none.
std::optional<std::string_view> part_named(const std::vector<FormPart>& parts, std::string_view name);

}  // namespace hinomi
