// anonymity/finder: on any bytes the spans are slices of the text in order, work stays linear, and printing succeeds.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "anonymity/anonymity.h"

namespace {

namespace anonymity = hinomi::anonymity;

void require(bool holds) {
  if (!holds) std::abort();
}

constexpr std::string_view kPack =
    "pack\tfuzz\nversion\t1\nverified\t2026-11-22\nsource\tinvented\n"
    "company\t架空電力\tかくでん | Kakuu Power | K-POWER\n"
    "ambiguous\t架電\nambiguous\t東北\t\tkey=place\n"
    "area\t東北エリア\t東北地方\tkey=tohoku; hz=50\n"
    "prefecture\t宮城県\tMiyagi\tkey=miyagi; area=tohoku\n"
    "city\t仙台市\tSendai\tprefecture=miyagi\n"
    "license\t一般送配電事業者\t給電指令所\tkey=gtd; type=電気事業者; type_en=electricity business\n"
    "plant\t原子力\tBWR\tkey=nuclear\n"
    "suffix\t変電所\t\ttype=変電所; type_en=substation\n"
    "suffix\t線\t\ttype=送電線; type_en=line\n"
    "suffix\tsubstation\t\ttype=変電所; type_en=substation\n"
    "suffix\t電力\t\ttype=電力会社; type_en=company; key=company\n"
    "title\tさん\ntitle\t部長\nsurname\t佐藤\tSato\ngeneric\t当該\n";

const anonymity::Anonymiser& anonymiser() {
  static const auto made = [] {
    const std::array<std::string_view, 1> packs{kPack};
    auto result = anonymity::Anonymiser::create(packs);
    require(result.ok());
    return std::move(result).value();
  }();
  return *made;
}

void check_spans(std::string_view text, const anonymity::Findings& findings) {
  std::size_t end = 0;
  for (const anonymity::Span& span : findings.spans) {
    require(span.begin >= end && span.begin < span.end && span.end <= text.size());
    require(text.substr(span.begin, span.end - span.begin) == span.text);
    require(!span.steps.empty() && span.proposed < span.steps.size());
    end = span.end;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  constexpr std::size_t kMaxBytes = 65536;
  constexpr std::uint64_t kStepsPerByte = 2000;
  if (size > kMaxBytes) return 0;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  anonymity::FindContext context;
  context.terms = {{"あけぼの電力", anonymity::SpanClass::Company, "あけぼの電力"}};
  const auto findings = anonymiser().find(text, context);
  require(findings.ok());
  check_spans(text, *findings);
  require(findings->steps <= kStepsPerByte * (size + 1));
  require(hinomi::anonymity::anonymised_text(text, findings->spans).ok());
  hinomi::JsonWriter writer;
  anonymity::write_findings(writer, *findings);
  require(hinomi::parse_json(writer.text(), {.max_bytes = std::size_t{1} << 28, .max_depth = 64}).ok());
  return 0;
}
