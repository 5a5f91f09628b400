#include "api/step_up_answer.h"

#include "api/present.h"
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

namespace {

Result<flow::StepUpAnswer> read_step_up(const Visit& visit, JsonView shown) {
  flow::StepUpAnswer answer;
  answer.source = visit.request.remote_address;
  TRY([[maybe_unused]] const JsonFields fields, JsonFields::open(shown, "/step_up", {"totp", "password", "passkey"}));
  answer.totp = shown.string_at("totp").value_or("");
  answer.password = SecretText(std::string(shown.string_at("password").value_or("")));
  if (const auto passkey = shown.find("passkey")) {
    TRY(answer.passkey, passkey_answer(*passkey));
  }
  return answer;
}

flow::StepUpAnswer nothing_shown(const Visit& visit) {
  return {.totp = {}, .password = {}, .passkey = {}, .source = visit.request.remote_address};
}

}  // namespace

Result<flow::StepUpAnswer> step_up_answer(const Visit& visit, JsonView body) {
  const auto shown = body.find("step_up");
  return shown ? read_step_up(visit, *shown) : nothing_shown(visit);
}

Result<flow::StepUpAnswer> step_up_of_header(const Visit& visit) {
  const auto shown = visit.request.headers.find(kStepUpHeader);
  if (!shown) return nothing_shown(visit);
  const auto document = parse_json(*shown, {.max_bytes = 16U << 10, .max_depth = 4});
  if (!document.ok() || !(*document)->root().is_object())
    return invalid("step_up.header", R"(The header is the JSON that "step_up" would be, e.g. {"totp":"123456"}.)",
                   "header " + std::string(kStepUpHeader));
  return read_step_up(visit, (*document)->root());
}

Result<flow::StepUpAnswer> step_up_alone(const Visit& visit) {
  if (visit.request.body.empty()) return nothing_shown(visit);
  TRY(const auto document, json_body(visit.request, {"step_up"}));
  return step_up_answer(visit, document->root());
}

namespace {

// Nothing when it is no answer: then the person is asked again.
std::optional<flow::PasskeyAnswer> passkey_of_form(const std::string& text) {
  const auto document = parse_json(text, {.max_bytes = 16U << 10, .max_depth = 4});
  if (!document.ok() || !(*document)->root().is_object()) return std::nullopt;
  auto answer = passkey_answer((*document)->root());
  return answer.ok() ? std::optional(std::move(*answer)) : std::nullopt;
}

}  // namespace

flow::StepUpAnswer step_up_of_form(const Visit& visit) {
  const std::string& body = visit.request.body;
  flow::StepUpAnswer answer;
  answer.source = visit.request.remote_address;
  answer.totp = form_value(body, "step_up_totp").value_or("");
  answer.password = SecretText(form_value(body, "step_up_password").value_or(""));
  answer.passkey = passkey_of_form(form_value(body, "step_up_passkey").value_or(""));
  return answer;
}

namespace {

void draw_step_up_field(Html& html, const std::string& label, Literal look, Literal type, Literal name,
                        Literal autocomplete) {
  html.open("label", {{"class", "field"}}).element("span", {{"class", "label"}}, label);
  html.lone("input", {{"class", std::string(look.text())},
                      {"type", std::string(type.text())},
                      {"name", std::string(name.text())},
                      {"autocomplete", std::string(autocomplete.text())},
                      {"required", ""}})
      .close("label");
}

}  // namespace

Status draw_step_up(Html& html, const Api& api, const Visit& visit, const std::string& purpose) {
  TRY(const flow::StepUpMeans means, flow::step_up_means(api.platform(), visit.who()));
  if (means.totp) {
    draw_step_up_field(html, api.text(visit, "page.step_up.totp"), "input input-code input-short", "text",
                       "step_up_totp", "one-time-code");
  } else if (means.password) {
    draw_step_up_field(html, api.text(visit, "page.step_up.password"), "input input-medium", "password",
                       "step_up_password", "current-password");
  } else {
    html.lone("input", {{"type", "hidden"}, {"name", "step_up_passkey"}, {"data-step-up", purpose}});
    html.element("p", {{"class", "hint"}}, api.text(visit, "page.step_up.passkey"));
    html.element("p", {{"class", "hint"}, {"data-passkey-absent", ""}}, api.text(visit, "page.step_up.script"));
    html.element("p", {{"class", "error-message"}, {"role", "alert"}, {"data-passkey-error", ""}, {"hidden", ""}},
                 api.text(visit, "page.step_up.failed"));
  }
  return {};
}

}  // namespace hinomi::api
