// model/indicator: whatever is read is in its normal form already, is still the same after defanging, and prose gives
// only such values.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string_view>

#include "model/indicator.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_normal(const hinomi::Indicator& indicator) {
  const auto again = hinomi::make_indicator(indicator.type, indicator.value);
  require(again.ok() && *again == indicator);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (const auto indicator = hinomi::read_indicator(text); indicator.ok()) check_normal(*indicator);
  std::set<hinomi::Indicator> seen;
  for (const auto& indicator : hinomi::find_indicators(text)) {
    check_normal(indicator);
    require(seen.insert(indicator).second);
  }
  return 0;
}
