// Reports without a name, for the secretariat: read, answered, closed, made into a report; and who the reporter is,
// opened by two people.
#include "api/pages/unnamed_parts.h"
#include "api/present.h"
#include "api/present_unnamed.h"
#include "api/rest.h"
#include "api/step_up_answer.h"
#include "model/json_fields.h"

namespace hinomi::api {
namespace {

Result<UnnamedReport> asked_report(const Api& api, const Visit& visit) {
  return flow::find_unnamed(api.platform(), visit.who(), visit.value("id"));
}

Result<HttpResponse> response_of(const Api& api, const Visit& visit, const UnnamedReport& report, int status = 200) {
  JsonWriter out;
  TRY_OK(write_whole_unnamed(out, api, visit, report));
  return json_response(out.take(), status);
}

// What is left out is taken from what was told.
Result<ReportDraft> draft_of(const Api& api, const Visit& visit, const UnnamedReport& report, JsonView body) {
  TRY(const auto fields, JsonFields::open(body, "", {"summary", "kind", "scope", "noticed_at"}));
  UnnamedFilingWords words;
  TRY(words.summary, fields.text_or_empty("summary"));
  if (words.summary.empty()) words.summary = story_words(api, visit, report.story);
  TRY(words.kind, fields.text_or_empty("kind"));
  TRY(words.scope, fields.text_or_empty("scope"));
  words.noticed_at = report.received_at;
  TRY(const std::string noticed, fields.text_or_empty("noticed_at"));
  if (!noticed.empty()) {
    TRY(words.noticed_at, parse_rfc3339(noticed));
  }
  return unnamed_draft(words);
}

}  // namespace

Result<HttpResponse> get_unnamed_list(Api& api, const Visit& visit) {
  TRY(const store::Page page, page_of(api, visit, "unnamed"));
  TRY(const auto reports, flow::unnamed_reports(api.platform(), visit.who(), page));
  return json_response(listed(api, visit, "unnamed", reports, [&](JsonWriter& out, const UnnamedReport& report) {
    write_unnamed(out, api, visit, report);
  }));
}

Result<HttpResponse> get_unnamed(Api& api, const Visit& visit) {
  TRY(const UnnamedReport report, asked_report(api, visit));
  return response_of(api, visit, report);
}

Result<HttpResponse> post_unnamed_answer(Api& api, const Visit& visit) {
  TRY(const UnnamedReport report, asked_report(api, visit));
  TRY(const auto document, json_body(visit.request, {"text"}));
  const std::string text(document->root().string_at("text").value_or(""));
  TRY(const UnnamedReport answered,
      flow::answer_unnamed(api.platform(), visit.who(), report, text, repeat_key(visit.request)));
  return response_of(api, visit, answered, 201);
}

Result<HttpResponse> post_unnamed_close(Api& api, const Visit& visit) {
  TRY(const UnnamedReport report, asked_report(api, visit));
  TRY([[maybe_unused]] const auto document, json_body(visit.request, {}));
  TRY(const UnnamedReport closed, flow::close_unnamed(api.platform(), visit.who(), report));
  return response_of(api, visit, closed);
}

Result<HttpResponse> post_unnamed_report(Api& api, const Visit& visit) {
  TRY(const UnnamedReport report, asked_report(api, visit));
  TRY(const auto document, json_body(visit.request, {"summary", "kind", "scope", "noticed_at"}));
  TRY(ReportDraft draft, draft_of(api, visit, report, document->root()));
  TRY(const ReportVersion filed,
      flow::file_unnamed(api.platform(), visit.who(), report, std::move(draft), repeat_key(visit.request)));
  JsonWriter out;
  out.begin_object().member("report", filed.report.text()).member("number", filed.number.text());
  return json_response(out.member("unnamed", report.id.text()).end_object().take(), 201);
}

Result<HttpResponse> post_unnamed_identity(Api& api, const Visit& visit) {
  TRY(const UnnamedReport report, asked_report(api, visit));
  TRY(const auto document, json_body(visit.request, {"reason", "step_up"}));
  TRY(const flow::StepUpAnswer step_up, step_up_answer(visit, document->root()));
  const std::string reason(document->root().string_at("reason").value_or(""));
  TRY(const UnnamedReport proposed, flow::propose_identity(api.platform(), visit.who(), report, {reason, step_up}));
  return response_of(api, visit, proposed, 201);
}

Result<HttpResponse> post_unnamed_agreement(Api& api, const Visit& visit) {
  TRY(const UnnamedReport report, asked_report(api, visit));
  TRY(const auto document, json_body(visit.request, {"step_up"}));
  TRY(const flow::StepUpAnswer step_up, step_up_answer(visit, document->root()));
  TRY(const UnnamedReport opened,
      flow::open_identity(api.platform(), visit.who(), report, visit.value("opening"), step_up));
  return response_of(api, visit, opened);
}

Result<HttpResponse> post_unnamed_rejection(Api& api, const Visit& visit) {
  TRY(const UnnamedReport report, asked_report(api, visit));
  TRY([[maybe_unused]] const auto document, json_body(visit.request, {}));
  TRY(const UnnamedReport rejected, flow::reject_identity(api.platform(), visit.who(), report, visit.value("opening")));
  return response_of(api, visit, rejected);
}

}  // namespace hinomi::api
