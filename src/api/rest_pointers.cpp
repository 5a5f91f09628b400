// Pointers to what this platform must not hold: where it can be read, never what it says.
#include "api/present.h"
#include "api/present_pointers.h"
#include "api/rest.h"
#include "model/json_fields.h"

namespace hinomi::api {
namespace {

Result<flow::PointerDraft> draft_of(JsonView body) {
  TRY(const auto fields, JsonFields::open(body, "",
                                          {"holder", "system", "level", "reference", "contact", "dated", "expires",
                                           "audience", "needs_clearance", "dry_run"}));
  flow::PointerDraft draft;
  TRY(draft.holder, fields.text("holder"));
  TRY(const std::string system, fields.text("system"));
  TRY(draft.system, parse_secrecy_system(system));
  TRY(const std::string level, fields.text_or_empty("level"));
  TRY(draft.level, parse_secrecy_level(level.empty() ? "unstated" : level));
  TRY(draft.reference, fields.text("reference"));
  TRY(draft.contact, fields.text("contact"));
  TRY(const std::string dated, fields.text("dated"));
  TRY(draft.dated, parse_day(dated));
  TRY(const std::string expires, fields.text_or_empty("expires"));
  if (!expires.empty()) {
    TRY(draft.expires, parse_day(expires));
  }
  TRY(const std::string audience, fields.text_or_empty("audience"));
  TRY(draft.audience, policy::parse_pointer_audience(audience.empty() ? "secretariat" : audience));
  TRY(draft.needs_clearance, fields.flag_or_false("needs_clearance"));
  return draft;
}

HttpResponse pointer_response(const Api& api, const Visit& visit, const Pointer& pointer, int status) {
  JsonWriter out;
  out.begin_object();
  write_pointer_members(out, api, visit, pointer);
  out.key("readers");
  write_known_readers(out, visit, pointer.label);
  return json_response(out.end_object().take(), status);
}

}  // namespace

Result<HttpResponse> post_pointer(Api& api, const Visit& visit) {
  TRY(const auto document, json_body_for_model(visit.request));
  TRY(const flow::PointerDraft draft, draft_of(document->root()));
  if (document->root().boolean_at("dry_run").value_or(false)) {
    TRY(const Pointer pointer, flow::drafted_pointer(api.platform(), visit.who(), draft));
    return pointer_response(api, visit, pointer, 200);
  }
  TRY(const Pointer pointer, flow::make_pointer(api.platform(), visit.who(), draft, repeat_key(visit.request)));
  return pointer_response(api, visit, pointer, 201);
}

Result<HttpResponse> get_pointers(Api& api, const Visit& visit) {
  TRY(const store::Page page, page_of(api, visit, "pointers"));
  TRY(const auto pointers, api.platform().store.pointers(visit.who().reach, page));
  return json_response(listed(api, visit, "pointers", pointers, [&](JsonWriter& out, const Pointer& pointer) {
    write_pointer(out, api, visit, pointer);
  }));
}

Result<HttpResponse> get_pointer(Api& api, const Visit& visit) {
  TRY(const Pointer pointer, flow::find_pointer(api.platform(), visit.who(), visit.value("id")));
  return pointer_response(api, visit, pointer, 200);
}

Result<HttpResponse> post_pointer_end(Api& api, const Visit& visit) {
  TRY([[maybe_unused]] const auto document, json_body(visit.request, {}));
  TRY(const Pointer pointer,
      flow::end_pointer(api.platform(), visit.who(), visit.value("id"), repeat_key(visit.request)));
  return pointer_response(api, visit, pointer, 200);
}

Result<HttpResponse> get_unread_pointers(Api& api, const Visit& visit) {
  TRY(const auto pointers, flow::unread_pointers(api.platform(), visit.who()));
  JsonWriter out;
  out.begin_object().key("items").begin_array();
  for (const flow::UnreadPointer& pointer : pointers)
    out.begin_object().member("id", pointer.id.text()).member("made_at", to_rfc3339(pointer.made_at)).end_object();
  return json_response(out.end_array().end_object().take());
}

Result<HttpResponse> post_unread_pointer_end(Api& api, const Visit& visit) {
  TRY([[maybe_unused]] const auto document, json_body(visit.request, {}));
  TRY_OK(flow::end_unread_pointer(api.platform(), visit.who(), visit.value("id")));
  JsonWriter out;
  return json_response(out.begin_object().member("id", visit.value("id")).member("state", "ended").end_object().take());
}

}  // namespace hinomi::api
