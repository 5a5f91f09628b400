#include "api/step_up_answer.h"

#include "api/session_cookie.h"
#include "model/json_fields.h"

namespace hinomi::api {

Result<Bytes> base64url_member(JsonView object, std::string_view name) {
  const Error wrong = invalid("json.base64url", "This member is base64url without padding.", "/" + std::string(name));
  const auto text = object.string_at(name);
  if (!text) return wrong;
  auto bytes = from_base64url(*text);
  if (!bytes.ok()) return wrong;
  return bytes;
}

Result<flow::PasskeyAnswer> passkey_answer(JsonView credential) {
  flow::PasskeyAnswer answer;
  TRY(answer.credential, base64url_member(credential, "id"));
  TRY(answer.answer.client_data, base64url_member(credential, "client_data"));
  TRY(answer.answer.authenticator_data, base64url_member(credential, "authenticator_data"));
  TRY(answer.answer.signature, base64url_member(credential, "signature"));
  const auto handle = credential.find("user_handle");
  if (handle && handle->type() != JsonType::Null) {
    TRY(answer.handle, base64url_member(credential, "user_handle"));
  }
  return answer;
}

Result<flow::StepUpAnswer> step_up_answer(const Visit& visit, JsonView body) {
  flow::StepUpAnswer answer;
  answer.source = visit.request.remote_address;
  const auto shown = body.find("step_up");
  if (!shown) return answer;
  TRY([[maybe_unused]] const JsonFields fields, JsonFields::open(*shown, "/step_up", {"totp", "password", "passkey"}));
  answer.totp = shown->string_at("totp").value_or("");
  answer.password = SecretText(std::string(shown->string_at("password").value_or("")));
  if (const auto passkey = shown->find("passkey")) {
    TRY(answer.passkey, passkey_answer(*passkey));
  }
  return answer;
}

flow::StepUpAnswer step_up_of_form(const Visit& visit) {
  const std::string& body = visit.request.body;
  flow::StepUpAnswer answer;
  answer.source = visit.request.remote_address;
  answer.totp = form_value(body, "step_up_totp").value_or("");
  answer.password = SecretText(form_value(body, "step_up_password").value_or(""));
  return answer;
}

Status draw_step_up(Html& html, const Api& api, const Visit& visit) {
  TRY(const flow::StepUpMeans means, flow::step_up_means(api.platform(), visit.who()));
  if (!means.totp && !means.password) {
    html.element("p", {{"class", "hint"}}, api.text(visit, "page.step_up.passkey"));
    return {};
  }
  html.open("label", {{"class", "field"}})
      .element("span", {{"class", "label"}},
               api.text(visit, means.totp ? "page.step_up.totp" : "page.step_up.password"));
  if (means.totp) {
    html.lone("input", {{"class", "input input-code input-short"},
                        {"type", "text"},
                        {"name", "step_up_totp"},
                        {"autocomplete", "one-time-code"},
                        {"required", ""}});
  } else {
    html.lone("input", {{"class", "input input-medium"},
                        {"type", "password"},
                        {"name", "step_up_password"},
                        {"autocomplete", "current-password"},
                        {"required", ""}});
  }
  html.close("label");
  return {};
}

}  // namespace hinomi::api
