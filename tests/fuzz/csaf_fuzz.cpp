// formats/csaf and formats/kev: whatever becomes an item is whole, and travels over the parser's pipe unchanged.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/csaf.h"
#include "formats/kev.h"
#include "model/cve.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const hinomi::ReadOutcome& outcome) {
  for (const auto& item : outcome.items) {
    require(!item.title.empty() && !item.external_id.empty() && !item.version.empty() && item.published.has_value());
    require(std::ranges::all_of(item.cves, hinomi::is_cve) && std::ranges::is_sorted(item.cves));
  }
  const auto frame = hinomi::write_outcome(outcome);
  const auto again = hinomi::parse_outcome(frame);
  require(again.ok() && hinomi::write_outcome(*again) == frame);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const hinomi::SourceFile file{"fuzz", "input", {reinterpret_cast<const char*>(bytes), size}};
  if (const auto outcome = hinomi::read_csaf(file); outcome.ok()) check(*outcome);
  if (const auto outcome = hinomi::read_kev(file); outcome.ok()) check(*outcome);
  return 0;
}
