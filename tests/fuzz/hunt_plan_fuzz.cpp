// hunt/plan: a plan file is either refused or scanned with, whatever stands in it.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "hunt/scanner.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto plan = hinomi::HuntPlan::open({bytes, size});
  if (!plan.ok()) return 0;
  static constexpr std::string_view kText =
      "evil.example www.evil.co.jp 1.2.3.4 198.51.100.9 2001:db8::1 http://bad.test/a http://1.2.3.4/ "
      "boss@evil.example dropper.exe \xE8\xAB\x8B.exe evil[.]example 0123456789abcdef0123456789abcdef\n";
  hinomi::Scanner scanner(*plan, [&](std::span<const hinomi::Hit> hits) {
    for (const hinomi::Hit& hit : hits) {
      if (hit.indicator >= plan->size() || hit.offset + hit.matched.size() > kText.size()) std::abort();
    }
  });
  scanner.feed(hinomi::as_bytes(kText));
  scanner.finish();
  for (std::uint32_t i = 0; i < plan->size() && i < 1000; ++i) static_cast<void>(plan->at(i));
  return 0;
}
