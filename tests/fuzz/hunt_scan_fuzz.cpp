// hunt/scanner: hits lie inside the text, and neither the cutting into pieces nor the instruction set changes them.
// The first byte of the input chooses the size of the pieces.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <tuple>
#include <vector>

#include "hunt/scanner.h"

namespace {

using Seen = std::vector<std::tuple<std::uint64_t, std::uint64_t, std::uint32_t, std::string>>;

hinomi::HuntPlan make_plan() {
  std::vector<hinomi::PlanIndicator> list;
  for (const char* text : {"evil.example", "evil.co.jp", "t.me", "1.2.3.4", "198.51.100.0/24", "2001:db8::1",
                           "0123456789abcdef0123456789abcdef", "http://evil.example/a", "http://1.2.3.4/a",
                           "boss@evil.example", "dropper.exe"}) {
    if (const auto indicator = hinomi::read_indicator(text); indicator.ok()) list.push_back({*indicator, text, "", ""});
  }
  list.push_back({{hinomi::IndicatorType::FileName, "a report (1).exe"}, "", "", ""});
  return hinomi::HuntPlan::own(hinomi::compile_plan(list, {}).value().bytes).value();
}

Seen scan(const hinomi::HuntPlan& plan, hinomi::ByteView text, std::size_t piece, hinomi::hunting::Instructions with) {
  Seen seen;
  hinomi::Scanner scanner(plan,
                          [&](std::span<const hinomi::Hit> hits) {
                            for (const auto& hit : hits) {
                              if (hit.offset > text.size() || hit.matched.size() > text.size() - hit.offset)
                                std::abort();
                              if (hinomi::as_text(text.subspan(hit.offset, hit.matched.size())) != hit.matched)
                                std::abort();
                              seen.emplace_back(hit.line, hit.offset, hit.indicator, hit.matched);
                            }
                          },
                          {0, with});
  for (std::size_t at = 0; at < text.size(); at += piece)
    scanner.feed(text.subspan(at, std::min(piece, text.size() - at)));
  scanner.finish();
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using hinomi::hunting::Instructions;
  static const hinomi::HuntPlan plan = make_plan();
  if (size == 0) return 0;
  const hinomi::ByteView text(bytes + 1, size - 1);
  const Seen whole = scan(plan, text, size, Instructions::Avx512);
  if (scan(plan, text, std::size_t{1} + bytes[0], Instructions::Avx2) != whole) std::abort();
  if (scan(plan, text, size, Instructions::Portable) != whole) std::abort();
  return 0;
}
