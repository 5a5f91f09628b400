// Reports: check, file, amend, read, duties.
#include <set>

#include "api/present.h"
#include "api/present_recipients.h"
#include "api/report_request.h"
#include "api/rest.h"
#include "flow/file_report.h"
#include "model/report_history.h"
#include "policy/permit.h"
#include "rules/assessment.h"

namespace hinomi::api {
namespace {

namespace action = policy::action;

// The organisation reported for: the caller's own, or the one the secretariat types for.
Result<OrgId> org_reported_for(const Visit& visit) {
  const auto named = visit.request.parameter("for_org");
  if (!named) return visit.who().principal.org;
  return OrgId::parse(*named);
}

std::vector<store::Review> reviews_of(const Api& api, const Visit& visit, const ReportId& report) {
  auto reviews = api.platform().store.reviews_of(visit.who().reach, report);
  return reviews.ok() ? std::move(*reviews) : std::vector<store::Review>();
}

// Of each fact: since which version it is said as it is now, when that was filed, and by whom.
void write_statements(JsonWriter& out, const Directory& directory, std::span<const ReportVersion> versions) {
  out.begin_object();
  for (const auto& [name, statement] : statements_of(versions)) {
    out.key(name)
        .begin_object()
        .member("version", static_cast<std::int64_t>(statement.version))
        .member("at", to_rfc3339(statement.at));
    out.key("by");
    write_named_person(out, directory, statement.by);
    out.end_object();
  }
  out.end_object();
}

Result<std::string> report_json(const Api& api, const Visit& visit, const ReportVersion& report) {
  const flow::Caller& caller = visit.who();
  const auto reviews = reviews_of(api, visit, report.report);
  TRY(const auto versions, api.platform().store.report_versions(caller.reach, report.report));
  JsonWriter out;
  out.begin_object();
  write_report_summary_members(out, visit, report, reviews);
  out.key("content");
  write_report_content(out, report.content);
  out.key("versions").begin_array();
  for (const ReportVersion& version : versions) {
    out.begin_object()
        .member("version", static_cast<std::int64_t>(version.version))
        .member("filed_at", to_rfc3339(version.filed_at));
    out.key("author");
    write_named_person(out, *caller.directory, version.author);
    out.key("content");
    write_report_content(out, version.content);
    out.end_object();
  }
  out.end_array().key("statements");
  write_statements(out, *caller.directory, versions);
  out.key("readers");
  write_readers(out, *caller.directory, report.victim_label, visit.language);
  out.key("reviews").begin_array();
  for (const store::Review& review : reviews) write_review_summary(out, review);
  out.end_array().key("abilities").begin_object();
  out.member("amend", policy::permit<action::AmendReport>(caller.principal, {report.report, report.org}).ok());
  out.member("review", policy::permit<action::EditReview>(caller.principal, {}).ok());
  out.member("consent", policy::allows<action::ConsentToRelease>(caller.principal, {{}, report.org, 0}).ok());
  out.member("see_readers", policy::permit<action::SeeReaders>(
                                caller.principal, {policy::ReadKind::Report, report.report.uuid(), report.org})
                                .ok());
  return out.end_object().end_object().take();
}

// Facts that decide something or that every first report should answer sooner or later.
void write_unanswered(JsonWriter& out, const rules::Assessment& assessment) {
  std::set<std::string> missing;
  for (const rules::DutyAssessment& duty : assessment.duties) missing.insert(duty.missing.begin(), duty.missing.end());
  out.begin_array();
  for (const std::string& name : missing) out.string(name);
  out.end_array();
}

}  // namespace

Result<HttpResponse> report_response(const Api& api, const Visit& visit, const ReportVersion& report, int status) {
  Visit fresh = visit;
  TRY(fresh.caller, flow::renewed(api.platform(), visit.who()));
  TRY(std::string body, report_json(api, fresh, report));
  return json_response(std::move(body), status);
}

Result<flow::RoutedReport> routed_body(const Api& api, const Visit& visit) {
  TRY(const auto document, json_body_for_model(visit.request));
  TRY(ReportDraft draft, parse_report_request(document->root()));
  TRY(const OrgId org, org_reported_for(visit));
  return flow::check_report(api.platform(), visit.who(), std::move(draft), org);
}

Result<HttpResponse> post_report_check(Api& api, const Visit& visit) {
  TRY(const flow::RoutedReport routed, routed_body(api, visit));
  JsonWriter out;
  out.begin_object().key("assessment");
  rules::write_assessment(out, routed.assessment(), visit.language);
  out.key("readers");
  write_readers(out, *visit.who().directory, routed.victim_label(), visit.language);
  out.key("unanswered");
  write_unanswered(out, routed.assessment());
  out.key("content");
  write_report_content(out, routed.report().content());
  write_recipients_members(out, api, visit, flow::recipients_of_draft(api.platform(), visit.who(), routed));
  return json_response(out.end_object().take());
}

Result<HttpResponse> post_report(Api& api, const Visit& visit) {
  TRY(const flow::RoutedReport routed, routed_body(api, visit));
  TRY(const ReportVersion filed, flow::file_report(api.platform(), visit.who(), routed, repeat_key(visit.request)));
  return report_response(api, visit, filed, 201);
}

Result<HttpResponse> get_reports(Api& api, const Visit& visit) {
  TRY(const store::Page page, page_of(api, visit, "reports"));
  TRY(const auto reports, api.platform().store.reports(visit.who().reach, page));
  return json_response(listed(api, visit, "reports", reports, [&](JsonWriter& out, const ReportVersion& report) {
    write_report_summary(out, visit, report, reviews_of(api, visit, report.report));
  }));
}

Result<HttpResponse> get_report(Api& api, const Visit& visit) {
  TRY(const ReportVersion report, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(std::string body, report_json(api, visit, report));
  return json_response(std::move(body));
}

Result<HttpResponse> post_report_version(Api& api, const Visit& visit) {
  TRY(const ReportVersion current, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto document, json_body_for_model(visit.request));
  const auto based_on = document->root().integer_at("based_on");
  if (!based_on || *based_on < 1)
    return invalid("report.based_on", "Say which version this one builds on.", "/based_on");
  // based_on belongs to the request, not to the content, so it is taken out before the strict reading.
  JsonWriter content;
  content.begin_object();
  for (const JsonView member : document->root()) {
    if (member.key() != "based_on") content.key(member.key()).raw(member.raw());
  }
  TRY(const auto content_document, parse_json(content.end_object().text()));
  TRY(ReportDraft draft, parse_report_request(content_document->root()));
  TRY(const ReportVersion next,
      flow::amend_report(api.platform(), visit.who(),
                         {current.report, static_cast<std::uint32_t>(*based_on), std::move(draft)},
                         repeat_key(visit.request)));
  return report_response(api, visit, next, 201);
}

Result<HttpResponse> get_report_duties(Api& api, const Visit& visit) {
  TRY(const ReportVersion report, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const rules::Assessment assessment, flow::assess_report(api.platform(), visit.who(), report));
  JsonWriter out;
  rules::write_assessment(out, assessment, visit.language);
  return json_response(out.take());
}

}  // namespace hinomi::api
