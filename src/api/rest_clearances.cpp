#include "api/rest_clearances.h"

#include "api/present.h"
#include "flow/clearances.h"

namespace hinomi::api {
namespace {

// People by their opaque ids: the register holds no names.
void write_clearance(JsonWriter& out, const store::Clearance& clearance) {
  out.begin_object().member("id", clearance.id.text()).member("person", clearance.person.text());
  out.member("scope", clearance.scope).member("contract", clearance.contract);
  out.member("valid_until", day_text(clearance.valid_until)).member("consented_on", day_text(clearance.consented_on));
  out.member("confirmed_by", clearance.confirmed_by.text()).end_object();
}

}  // namespace

Result<HttpResponse> get_clearances(Api& api, const Visit& visit) {
  TRY(const flow::ClearanceRegister found, flow::read_clearances(api.platform(), visit.who()));
  JsonWriter out;
  out.begin_object().key("items").begin_array();
  for (const store::Clearance& clearance : found.clearances) write_clearance(out, clearance);
  out.end_array().key("accesses").begin_array();
  for (const store::ClearanceAccess& access : found.accesses) {
    out.begin_object().member("by", access.by.text()).member("what", access.what).member("at", to_rfc3339(access.at));
    out.end_object();
  }
  return json_response(out.end_array().end_object().take());
}

Result<HttpResponse> post_clearance(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"person", "scope", "contract", "valid_until", "consented_on"}));
  const auto field = [&](std::string_view name) { return std::string(document->root().string_at(name).value_or("")); };
  TRY(const store::Clearance clearance, flow::confirm_clearance(api.platform(), visit.who(),
                                                                {field("person"), field("scope"), field("contract"),
                                                                 field("valid_until"), field("consented_on")}));
  JsonWriter out;
  write_clearance(out, clearance);
  return json_response(out.take(), 201);
}

Result<HttpResponse> delete_clearance(Api& api, const Visit& visit) {
  TRY_OK(flow::end_clearance(api.platform(), visit.who(), visit.value("id")));
  HttpResponse response;
  response.status = 204;
  return response;
}

}  // namespace hinomi::api
