// Forms: which ones a report asks for, and one of them filled.
#include "api/present.h"
#include "api/present_forms.h"
#include "api/rest.h"

namespace hinomi::api {
namespace {

void write_report_head(JsonWriter& out, const ReportVersion& report) {
  out.member("report", report.report.text())
      .member("number", report.number.text())
      .member("report_version", static_cast<std::int64_t>(report.version));
}

}  // namespace

Result<HttpResponse> get_report_forms(Api& api, const Visit& visit) {
  TRY(const auto version, version_asked(visit));
  TRY(const ReportVersion report, flow::find_report_version(api.platform(), visit.who(), visit.value("id"), version));
  TRY(const flow::FormsOfReport asked, flow::forms_of_report(api.platform(), visit.who(), report));
  TRY(const auto submissions, flow::submissions_of_report(api.platform(), visit.who(), report));
  JsonWriter out;
  out.begin_object();
  write_report_head(out, report);
  out.key("items").begin_array();
  for (const forms::Offer& offer : asked.offers) {
    out.begin_object();
    write_offer_members(out, api, visit, {asked, submissions},
                        {offer, flow::fill_offer(api.platform(), visit.who(), report, asked, offer)});
    out.end_object();
  }
  return json_response(out.end_array().end_object().take());
}

Result<HttpResponse> get_report_form(Api& api, const Visit& visit) {
  TRY(const auto version, version_asked(visit));
  TRY(const ReportVersion report, flow::find_report_version(api.platform(), visit.who(), visit.value("id"), version));
  TRY(const flow::ReportForm form, flow::fill_form(api.platform(), visit.who(), report, form_wish(visit)));
  JsonWriter out;
  out.begin_object();
  write_report_head(out, report);
  write_filled_members(out, form.filled);
  return json_response(out.end_object().take());
}

}  // namespace hinomi::api
