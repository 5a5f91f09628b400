// 相手の目で見る: who gets what of a report, filed or not yet, and exactly what each of them sees.
#include "api/present.h"
#include "api/present_recipients.h"
#include "api/report_request.h"
#include "api/rest.h"

namespace hinomi::api {
namespace {

void write_delivery(JsonWriter& out, std::uint32_t version, const flow::Delivery& delivery) {
  out.begin_object()
      .member("version", static_cast<std::int64_t>(version))
      .member("state", flow::delivery_state_text(delivery.state));
  if (delivery.at) out.member("at", to_rfc3339(*delivery.at));
  if (!delivery.who.empty()) out.member("who", delivery.who);
  out.end_object();
}

}  // namespace

Result<HttpResponse> get_report_recipients(Api& api, const Visit& visit) {
  TRY(const auto recipients, flow::recipients_of_report(api.platform(), visit.who(), visit.value("id")));
  JsonWriter out;
  out.begin_object()
      .member("report", recipients.report.report.text())
      .member("number", recipients.report.number.text())
      .member("report_version", static_cast<std::int64_t>(recipients.report.version));
  write_recipients_members(out, api, visit, recipients);
  return json_response(out.end_object().take());
}

Result<HttpResponse> get_report_recipient(Api& api, const Visit& visit) {
  TRY(const auto recipients, flow::recipients_of_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const flow::Recipient recipient, flow::find_recipient(recipients, visit.value("recipient")));
  TRY(std::string view, recipient_view(api, visit, recipients, recipient));
  return json_response(std::move(view));
}

Result<HttpResponse> post_report_check_recipient(Api& api, const Visit& visit) {
  TRY(const flow::RoutedReport routed, routed_body(api, visit));
  const auto recipients = flow::recipients_of_draft(api.platform(), visit.who(), routed);
  TRY(const flow::Recipient recipient, flow::find_recipient(recipients, visit.value("recipient")));
  TRY(std::string view, recipient_view(api, visit, recipients, recipient));
  return json_response(std::move(view));
}

Result<HttpResponse> get_report_deliveries(Api& api, const Visit& visit) {
  TRY(const ReportVersion report, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto rows, flow::deliveries_of(api.platform(), visit.who(), report));
  JsonWriter out;
  out.begin_object()
      .member("report", report.report.text())
      .member("number", report.number.text())
      .member("report_version", static_cast<std::int64_t>(report.version));
  out.key("items").begin_array();
  for (const flow::DeliveryRow& row : rows) {
    out.begin_object()
        .member("kind", flow::recipient_kind_text(row.kind))
        .member("name", delivery_name(api, visit, row))
        .member("what", row.what);
    out.key("deliveries").begin_array();
    for (const auto& [version, delivery] : row.deliveries) write_delivery(out, version, delivery);
    out.end_array().end_object();
  }
  return json_response(out.end_array().end_object().take());
}

}  // namespace hinomi::api
