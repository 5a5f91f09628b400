// model/label: an accepted text is the one text of its label, and combining with it never loses strictness.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "model/label.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto label = hinomi::parse_label(text);
  if (!label.ok()) return 0;
  require(hinomi::canonical_text(*label) == text);
  require(hinomi::stricter(*label, *label) == *label);
  const auto strictest = hinomi::stricter(*label, hinomi::Label{});
  require(strictest.tlp == hinomi::Tlp::Red && strictest.audience == hinomi::Audience::nobody());
  return 0;
}
