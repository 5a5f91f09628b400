// Forms as PDF files: one filled, one as it was handed in, and the correction to that. Whoever may read the form may
// print it, and both are recorded alike.
#include "api/present_forms.h"
#include "api/present_submissions.h"
#include "api/rest.h"
#include "base/bytes.h"
#include "flow/file_report.h"
#include "forms/printed_form.h"

namespace hinomi::api {
namespace {

Result<HttpResponse> printed(const Api& api, const Visit& visit, const forms::FilledForm& form,
                             const forms::PrintedFrom& from) {
  HttpResponse response;
  TRY(response.body, api.print(visit, forms::printed_form(*api.platform().form_book, form, from)));
  response.headers.add("Content-Type", "application/pdf");
  response.headers.add("Content-Disposition", "attachment; filename=\"" + forms::printed_form_name(form) + "\"");
  return response;
}

// In the language of the form, as it stands on its first page.
std::string note_on(const Api& api, const flow::SubmissionStanding& standing, const forms::FilledForm& form,
                    std::string_view key) {
  const bool english = form.language == Language::English;
  return api.catalogue().text(
      form.language, key,
      {{"time", tokyo_text(standing.submission.sent_at, english)}, {"digest", to_hex(standing.submission.digest)}});
}

}  // namespace

Result<HttpResponse> get_report_form_pdf(Api& api, const Visit& visit) {
  TRY(const auto version, version_asked(visit));
  TRY(const ReportVersion report, flow::find_report_version(api.platform(), visit.who(), visit.value("id"), version));
  TRY(const flow::ReportForm form, flow::fill_form(api.platform(), visit.who(), report, form_wish(visit)));
  return printed(api, visit, form.filled, {report.filed_at, {}});
}

Result<HttpResponse> get_report_submission_pdf(Api& api, const Visit& visit) {
  TRY(const ReportVersion newest, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto standing, flow::find_submission(api.platform(), visit.who(), newest, visit.value("submission")));
  return printed(api, visit, standing.sent,
                 {standing.submission.recorded_at, note_on(api, standing, standing.sent, "page.submission.frozen")});
}

Result<HttpResponse> get_report_supplement_pdf(Api& api, const Visit& visit) {
  TRY(const ReportVersion newest, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto standing, flow::find_submission(api.platform(), visit.who(), newest, visit.value("submission")));
  TRY(const forms::FilledForm supplement, supplement_to(standing));
  return printed(api, visit, supplement,
                 {newest.filed_at, note_on(api, standing, supplement, "page.submission.supplement.note")});
}

}  // namespace hinomi::api
