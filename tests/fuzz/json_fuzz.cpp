// base/json: whatever is accepted can be walked, and what it contains is JSON again.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/json.h"

namespace {

using hinomi::JsonType;
using hinomi::JsonView;

void require(bool holds) {
  if (!holds) std::abort();
}

// Text that came out of a document goes through our own escaping and comes back the same.
void check_text(std::string_view text) {
  const auto again = hinomi::parse_json("[" + hinomi::json_quoted(text) + "]");
  require(again.ok() && again.value()->root().at(0).string() == text);
}

// Depth is bounded by JsonLimits::max_depth.
void walk(JsonView value) {
  require(!value.raw().empty());
  if (value.type() == JsonType::String) check_text(value.string().value());
  std::size_t seen = 0;
  for (const JsonView child : value) {
    if (value.is_object()) require(value.find(child.key()).has_value());
    walk(child);
    ++seen;
  }
  require(seen == value.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto document = hinomi::parse_json(text, {.max_bytes = 65536, .max_depth = 32});
  if (!document.ok()) return 0;
  const JsonView root = document.value()->root();
  walk(root);
  require(hinomi::parse_json(root.raw(), {.max_bytes = 65536, .max_depth = 32}).ok());
  return 0;
}
