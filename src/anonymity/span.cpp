#include "anonymity/span.h"

#include <fmt/format.h>

#include <array>

namespace hinomi::anonymity {
namespace {

constexpr std::array<std::string_view, 31> kClassTexts{
    "company",  "affiliate",       "body",        "ambiguous", "area",        "prefecture", "city",
    "facility", "interconnection", "license",     "voltage",   "frequency",   "plant",      "product",
    "power",    "households",      "count",       "date",      "time_of_day", "event",      "person",
    "phone",    "address",         "email",       "url",       "host",        "ip",         "account",
    "asset",    "press",           "unknown_name"};
constexpr std::array<std::string_view, 10> kAttributeTexts{
    "license", "area", "prefecture", "frequency", "voltage", "plant", "product", "date", "quantity", "identifier"};

Error mismatch(std::string detail, std::size_t id) {
  return invalid("anonymity.span_mismatch", std::move(detail), fmt::format("span {}", id));
}

Status check_decisions(const std::vector<Span>& spans, const Decisions& decisions) {
  for (const auto& [id, step] : decisions) {
    if (id >= spans.size()) return mismatch("There is no such span; look at the findings of this text again.", id);
    if (step >= spans[id].steps.size()) return mismatch("The span has no such step.", id);
  }
  return {};
}

}  // namespace

std::string_view span_class_text(SpanClass span_class) { return kClassTexts[static_cast<std::size_t>(span_class)]; }
std::string_view attribute_text(Attribute attribute) { return kAttributeTexts[static_cast<std::size_t>(attribute)]; }
std::string_view side_text(Side side) {
  return side == Side::Victim ? "victim" : side == Side::Attacker ? "attacker" : "doubt";
}

Result<std::string> anonymised_text(std::string_view text, const std::vector<Span>& spans, const Decisions& decisions) {
  TRY_OK(check_decisions(spans, decisions));
  std::string out;
  std::size_t at = 0;
  for (std::size_t id = 0; id < spans.size(); ++id) {
    const Span& span = spans[id];
    if (span.begin < at || span.end > text.size() || span.begin >= span.end) {
      return mismatch("The spans overlap or lie outside the text.", id);
    }
    if (text.substr(span.begin, span.end - span.begin) != span.text) {
      return mismatch("The text is not the one the span was found in; find again.", id);
    }
    const auto decided = decisions.find(id);
    const std::size_t step = decided == decisions.end() ? span.proposed : decided->second;
    if (step >= span.steps.size()) return mismatch("The span has no such step.", id);
    out += text.substr(at, span.begin - at);
    out += step == 0 ? span.text : span.steps[step].replacement;
    at = span.end;
  }
  out += text.substr(at);
  return out;
}

}  // namespace hinomi::anonymity
