// formats/multipart: the first line is the media type, the rest the body. Parts are slices of the body in their order,
// and named.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/multipart.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const auto line = input.find('\n');
  if (line == std::string_view::npos) return 0;
  const std::string_view body = input.substr(line + 1);
  const auto parts = hinomi::read_form_parts(input.substr(0, line), body);
  if (!parts.ok()) return 0;
  require(parts->size() <= hinomi::kMostFormParts);
  const char* at = body.data();
  for (const hinomi::FormPart& part : *parts) {
    require(!part.name.empty());
    require(part.content.data() >= at && part.content.data() + part.content.size() <= body.data() + body.size());
    at = part.content.data() + part.content.size();
    require(hinomi::part_named(*parts, part.name).has_value());
  }
  return 0;
}
