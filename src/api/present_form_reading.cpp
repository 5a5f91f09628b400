#include "api/present_form_reading.h"

#include "api/problem.h"

namespace hinomi::api {
namespace {

void write_explanation(JsonWriter& out, const Api& api, const Visit& visit, const Error& error) {
  const Explanation explanation = explain(api.catalogue(), visit.language, error);
  out.member("reason", error.code).member("what", explanation.what).member("detail", error.detail);
  out.member("do", explanation.what_to_do);
}

void write_row(JsonWriter& out, const Api& api, const Visit& visit, const forms::ProposedRow& row) {
  out.begin_object().member("cell", row.cell).member("source", row.source).member("label", row.label);
  out.member("outcome", forms::row_outcome_text(row.outcome)).member("answer", row.answer);
  out.member("printed", row.printed).member("now", row.now);
  if (row.outcome == forms::RowOutcome::Changed) out.member("after", row.after);
  if (!row.reason.empty()) write_explanation(out, api, visit, invalid(row.reason, row.detail));
  out.member("moved_on", row.moved_on).member("technical", row.technical).end_object();
}

void write_strays(JsonWriter& out, const forms::ReturnedSheet& sheet) {
  out.key("strays").begin_array();
  for (const forms::StrayCell& stray : sheet.strays) {
    out.begin_object().member("sheet", stray.sheet).member("cell", stray.cell).member("text", stray.text).end_object();
  }
  out.end_array().member("strays_left_out", static_cast<std::uint64_t>(sheet.strays_left_out));
}

}  // namespace

void write_form_reading(JsonWriter& out, const Api& api, const Visit& visit, const flow::FormReading& reading) {
  out.begin_object().member("form", reading.form->id).member("title", reading.form->title.in(visit.language));
  out.member("is_new", !reading.newest.has_value());
  if (reading.newest) {
    out.member("report", reading.newest->report.text()).member("number", reading.newest->number.text());
    out.member("newest_version", static_cast<std::int64_t>(reading.newest->version));
    out.member("printed_version", static_cast<std::int64_t>(reading.sheet.report_version));
  }
  out.key("rows").begin_array();
  for (const forms::ProposedRow& row : reading.rows) write_row(out, api, visit, row);
  out.end_array().key("safe").begin_array();
  for (const std::string& source : reading.safe) out.string(source);
  out.end_array();
  write_strays(out, reading.sheet);
  if (const auto& mail = reading.sheet.mail) {
    out.key("mail").begin_object().member("from", mail->from).member("date", mail->date);
    out.member("subject", mail->subject).end_object();
  }
  if (reading.problem) {
    out.key("problem").begin_object();
    write_explanation(out, api, visit, *reading.problem);
    out.end_object();
  }
  out.member("digest", reading.digest).key("sheet");
  forms::write_returned_sheet(out, reading.sheet);
  out.end_object();
}

Result<OrgId> org_read_for(const Visit& visit) {
  const auto named = visit.request.parameter("for_org");
  if (!named) return visit.who().principal.org;
  return OrgId::parse(*named);
}

Result<flow::FormReading> read_form_file(const Api& api, const Visit& visit, std::string_view bytes) {
  TRY_OK(flow::check_may_read_forms(visit.who()));  // before a file of theirs is opened
  TRY(const OrgId org, org_read_for(visit));
  TRY(const ReceivedFile file, api.read_received(visit, bytes));
  TRY(auto sheet, forms::read_returned_sheet(file.tables));
  sheet.mail = file.mail;
  return flow::read_form_sheet(api.platform(), visit.who(), std::move(sheet), org);
}

}  // namespace hinomi::api
