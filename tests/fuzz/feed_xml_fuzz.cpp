// formats/feed: items are slices of the input with plain text in them, links are web addresses, and no DOCTYPE passes.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/feed.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto outcome = hinomi::read_feed({"fuzz", "input", text}, {.max_bytes = 65536, .max_tags = 4096});
  if (!outcome.ok()) return 0;
  for (const auto& item : outcome->items) {
    require(!item.title.empty() && !item.external_id.empty());
    require(item.url.empty() || item.url.find_first_of(" \t\r\n") == std::string::npos);
    require(item.raw.starts_with('<') && text.find(item.raw) != std::string_view::npos);
  }
  const auto frame = hinomi::write_outcome(*outcome);
  const auto again = hinomi::parse_outcome(frame);
  require(again.ok() && hinomi::write_outcome(*again) == frame);
  return 0;
}
