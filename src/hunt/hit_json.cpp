#include "hunt/hit_json.h"

#include <fmt/format.h>

#include "base/json.h"

namespace hinomi {
namespace {

// Enough for every indicator that is hit often; the rest is written afresh.
constexpr std::size_t kMaxTails = 4096;

std::string tail_of(const HuntPlan::View& view) {
  return fmt::format(R"(,"indicator":{},"type":{},"value":{},"release":{},"label":{}}})", json_quoted(view.id),
                     json_quoted(indicator_type_text(view.type)), json_quoted(view.value), json_quoted(view.release),
                     json_quoted(view.label)) +
         '\n';
}

}  // namespace

HitJson::HitJson(const HuntPlan& plan, std::string_view file)
    : plan_(plan), head_(fmt::format(R"({{"schema":"hinomi.hit.v1","file":{},"line":)", json_quoted(file))) {}

void HitJson::append(const Hit& hit, std::string& out) {
  if (tails_.size() >= kMaxTails) tails_.clear();
  const auto [tail, is_new] = tails_.try_emplace(hit.indicator);
  if (is_new) tail->second = tail_of(plan_.at(hit.indicator));
  out += head_;
  const fmt::format_int line(hit.line), offset(hit.offset);
  out.append(line.data(), line.size()).append(R"(,"offset":)").append(offset.data(), offset.size());
  out += tail->second;
}

std::string summary_json(const HuntSummary& summary) {
  JsonWriter writer;
  writer.begin_object()
      .member("schema", "hinomi.hunt-summary.v1")
      .member("bytes", summary.bytes)
      .member("lines", summary.lines)
      .member("hits", summary.hits)
      .member("indicators", summary.indicators)
      .key("seconds")
      .number(summary.seconds);
  return writer.end_object().take() + '\n';
}

}  // namespace hinomi
