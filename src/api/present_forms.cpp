#include "api/present_forms.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/bytes.h"

namespace hinomi::api {
namespace {

void write_missing(JsonWriter& out, const forms::FilledForm& filled) {
  out.key("missing").begin_array();
  for (const forms::FilledField* field : forms::missing_fields(filled))
    out.begin_object().member("field", field->id).member("label", field->label).end_object();
  out.end_array();
}

void write_addressees(JsonWriter& out, const Api& api, const Visit& visit, const forms::Offer& offer,
                      const std::set<std::string>& handed_in) {
  out.key("addressees").begin_array();
  for (const std::string& code : offer.addressees) {
    out.begin_object()
        .member("code", code)
        .member("name", api.platform().rulebook->party(code).in(visit.language))
        .member("handed_in", handed_in.contains(code))
        .end_object();
  }
  out.end_array();
}

}  // namespace

void write_offer_members(JsonWriter& out, const Api& api, const Visit& visit, const OfferContext& context,
                         const flow::ReportForm& form) {
  const forms::Offer& offer = form.offer;
  out.member("form", offer.form->id)
      .member("form_version", offer.form->version)
      .member("title", offer.form->title.in(visit.language))
      .member("layout_verified", offer.form->layout_verified_on.has_value())
      .member("duty", offer.occasion.duty)
      .member("stage", offer.occasion.stage)
      .member("verdict", rules::verdict_text(offer.verdict))
      .member("verdict_text", api.text(visit, "page.verdict." + std::string(rules::verdict_text(offer.verdict))))
      .member("accepted", offer.accepted)
      .member("handed_in", flow::is_handed_in(context.submissions, offer));
  if (const rules::DutyAssessment* duty = context.asked.assessment.find(offer.occasion.duty)) {
    if (duty->duty != nullptr) out.member("duty_title", duty->duty->title.in(visit.language));
    out.member("why", duty->summary.in(visit.language));
    const auto stage = std::ranges::find(duty->clocks, offer.occasion.stage, &rules::StageClock::name);
    if (stage != duty->clocks.end()) out.member("stage_title", stage->title.in(visit.language));
  }
  if (offer.due) out.member("due", to_rfc3339(*offer.due));
  write_addressees(out, api, visit, offer, flow::handed_in_to(context.submissions, offer.occasion));
  write_missing(out, form.filled);
}

void write_filled_members(JsonWriter& out, const forms::FilledForm& filled) {
  out.member("digest", to_hex(forms::filled_form_digest(filled)));
  write_missing(out, filled);
  out.key("filled").raw(forms::filled_form_text(filled));
}

Result<std::uint32_t> version_number(std::string_view text) {
  std::uint32_t version = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (error != std::errc() || end != text.data() + text.size() || version == 0)
    return invalid("report.version", "A version is a number from 1.", "version");
  return version;
}

Result<std::optional<std::uint32_t>> version_asked(const Visit& visit) {
  const auto text = visit.request.parameter("version");
  if (!text) return std::optional<std::uint32_t>();
  TRY(const std::uint32_t version, version_number(*text));
  return std::optional<std::uint32_t>(version);
}

flow::FormWish form_wish(const Visit& visit) {
  const auto word = [&](std::string_view name) { return std::string(visit.request.parameter(name).value_or("")); };
  return {std::string(visit.value("form")), word("duty"), word("stage")};
}

}  // namespace hinomi::api
