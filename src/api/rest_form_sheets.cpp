// Forms as workbooks: one filled, to be read and filled in elsewhere; and one that came back.
#include "api/present.h"
#include "api/present_form_reading.h"
#include "api/present_forms.h"
#include "api/rest.h"
#include "forms/form_sheet.h"
#include "model/json_fields.h"

namespace hinomi::api {
namespace {

constexpr std::size_t kMostTaken = 1'000;

Result<flow::FormConfirmation> confirmation_in(JsonView root) {
  TRY(const auto fields, JsonFields::open(root, "", {"sheet", "digest", "take"}));
  flow::FormConfirmation confirmation;
  TRY(confirmation.digest, fields.text("digest"));
  if (fields.find("take")) {
    TRY(const auto sources, fields.texts("take", kMostTaken));
    confirmation.take.emplace(sources.begin(), sources.end());
  }
  return confirmation;
}

// The form with nothing said in it and no number: filled in, it is read as a new report.
forms::FilledForm blank(const Api& api, const Visit& visit, const ReportVersion& report, const forms::Offer& offer) {
  ReportVersion nothing;
  nothing.org = report.org;
  nothing.victim_label = report.victim_label;
  nothing.technical_label = report.technical_label;
  const rules::Assessment nobody_asks;
  return forms::fill(*api.platform().form_book, *offer.form,
                     {nothing, visit.who().directory->orgs.at(report.org), nobody_asks}, offer.occasion);
}

}  // namespace

Result<HttpResponse> get_report_form_workbook(Api& api, const Visit& visit) {
  TRY(const auto version, version_asked(visit));
  TRY(const ReportVersion report, flow::find_report_version(api.platform(), visit.who(), visit.value("id"), version));
  TRY(flow::ReportForm form, flow::fill_form(api.platform(), visit.who(), report, form_wish(visit)));
  if (visit.request.parameter("blank") == "true") form.filled = blank(api, visit, report, form.offer);
  HttpResponse response;
  TRY(response.body, forms::write_form_sheet(*api.platform().form_book, form.filled));
  response.headers.add("Content-Type", std::string(kWorkbookMediaType));
  response.headers.add("Content-Disposition", "attachment; filename=\"" + forms::form_sheet_name(form.filled) + "\"");
  return response;
}

Result<HttpResponse> post_form_reading(Api& api, const Visit& visit) {
  TRY(const flow::FormReading reading, read_form_file(api, visit, visit.request.body));
  JsonWriter out;
  write_form_reading(out, api, visit, reading);
  return json_response(out.take());
}

// The sheet travels with the person who looks at it; what is filed is read from it again and held to the digest.
Result<HttpResponse> post_form_reading_confirmation(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"sheet", "digest", "take"}));
  TRY(const flow::FormConfirmation confirmation, confirmation_in(document->root()));
  const auto sent = document->root().find("sheet");
  if (!sent) return invalid("json.missing_field", "Send the sheet back as it was read.", "/sheet");
  TRY(auto sheet, forms::parse_returned_sheet(*sent, "/sheet"));
  TRY(const OrgId org, org_read_for(visit));
  TRY(const flow::FormReading reading, flow::read_form_sheet(api.platform(), visit.who(), std::move(sheet), org));
  TRY(const ReportVersion filed,
      flow::file_form_sheet(api.platform(), visit.who(), reading, confirmation, repeat_key(visit.request)));
  JsonWriter out;
  out.begin_object().member("report", filed.report.text()).member("number", filed.number.text());
  out.member("version", static_cast<std::int64_t>(filed.version)).end_object();
  return json_response(out.take(), 201);
}

}  // namespace hinomi::api
