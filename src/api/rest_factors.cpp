// Second factors of one's own account, signing in with a passkey, and challenges for step-up.
#include "api/present.h"
#include "api/rest.h"
#include "api/session_cookie.h"
#include "api/step_up_answer.h"
#include "base/text.h"
#include "flow/one_time_codes.h"
#include "flow/passkeys.h"
#include "flow/step_up.h"

namespace hinomi::api {
namespace {

HttpResponse done() {
  HttpResponse response;
  response.status = 204;
  return response;
}

Result<policy::Presence> proof_of(const Api& api, const Visit& visit, JsonView body) {
  TRY(const flow::StepUpAnswer answer, step_up_answer(visit, body));
  return flow::prove_presence_for<policy::action::ChangeFactors>(api.platform(), visit.who(), answer,
                                                                 {visit.who().principal.person});
}

void write_passkey(JsonWriter& out, const store::Passkey& passkey) {
  out.begin_object().member("id", passkey.id.text()).member("name", passkey.name);
  out.member("created_at", to_rfc3339(passkey.created_at));
  if (passkey.last_used_at) out.member("last_used_at", to_rfc3339(*passkey.last_used_at));
  out.end_object();
}

void write_means(JsonWriter& out, const flow::StepUpMeans& means) {
  out.key("step_up").begin_object().member("totp", means.totp).member("passkey", means.passkey);
  out.member("password", means.password).end_object();
}

void write_credentials(JsonWriter& out, const std::vector<Bytes>& credentials) {
  out.begin_array();
  for (const Bytes& credential : credentials) {
    out.begin_object().member("type", "public-key").member("id", to_base64url(credential)).end_object();
  }
  out.end_array();
}

constexpr std::int64_t kPatience = 300'000;  // milliseconds, as long as a challenge lives

// PublicKeyCredentialRequestOptionsJSON (WebAuthn Level 3 §5.9, the JSON form).
std::string request_options(const Api& api, const Bytes& challenge, const std::vector<Bytes>& allowed) {
  JsonWriter out;
  out.begin_object().member("challenge", to_base64url(challenge)).member("timeout", kPatience);
  out.member("rpId", api.platform().entrance.relying_party.id).key("allowCredentials");
  write_credentials(out, allowed);
  return out.member("userVerification", "required").end_object().take();
}

// PublicKeyCredentialCreationOptionsJSON.
std::string creation_options(const Api& api, const Visit& visit, const flow::PasskeyInvitation& invitation) {
  const Person& person = visit.who().person();
  const std::string& id = api.platform().entrance.relying_party.id;
  JsonWriter out;
  out.begin_object().member("challenge", to_base64url(invitation.challenge)).member("timeout", kPatience);
  out.key("rp").begin_object().member("id", id).member("name", "Hinomi").end_object();
  out.key("user").begin_object().member("id", to_base64url(invitation.handle)).member("name", person.login);
  out.member("displayName", visit.language == Language::English ? person.name_en : person.name).end_object();
  out.key("pubKeyCredParams").begin_array();
  for (const int algorithm : {-7, -8, -257})  // ES256, EdDSA, RS256
    out.begin_object().member("type", "public-key").member("alg", algorithm).end_object();
  out.end_array().key("excludeCredentials");
  write_credentials(out, invitation.known);
  out.key("authenticatorSelection").begin_object().member("residentKey", "required");
  out.member("requireResidentKey", true).member("userVerification", "required").end_object();
  return out.member("attestation", "none").end_object().take();
}

}  // namespace

Result<HttpResponse> get_account_factors(Api& api, const Visit& visit) {
  TRY(const auto passkeys, flow::own_passkeys(api.platform(), visit.who()));
  TRY(const flow::StepUpMeans means, flow::step_up_means(api.platform(), visit.who()));
  TRY(const std::size_t codes, api.platform().store.recovery_codes_left(visit.who().principal.person));
  JsonWriter out;
  out.begin_object().member("totp", means.totp).member("recovery_codes", static_cast<std::int64_t>(codes));
  out.key("passkeys").begin_array();
  for (const store::Passkey& passkey : passkeys) write_passkey(out, passkey);
  out.end_array();
  write_means(out, means);
  return json_response(out.end_object().take());
}

Result<HttpResponse> post_account_totp(Api& api, const Visit& visit) {
  TRY([[maybe_unused]] const auto document, json_body(visit.request, {}));
  TRY(const flow::TotpEnrolment enrolment, flow::begin_totp(api.platform(), visit.who()));
  JsonWriter out;
  out.begin_object().member("secret", to_base32(enrolment.secret.expose())).member("uri", enrolment.uri);
  return json_response(out.end_object().take(), 201);
}

Result<HttpResponse> put_account_totp(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"code", "step_up"}));
  const JsonView body = document->root();
  TRY(const auto proof, proof_of(api, visit, body));
  const std::string code(body.string_at("code").value_or(""));
  TRY(const auto codes, flow::confirm_totp(api.platform(), visit.who(), {code, visit.request.remote_address}, proof));
  JsonWriter out;
  out.begin_object().key("recovery_codes").begin_array();
  for (const std::string& recovery : codes) out.string(recovery);
  return json_response(out.end_array().end_object().take());
}

Result<HttpResponse> delete_account_totp(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"step_up"}));
  TRY(const auto proof, proof_of(api, visit, document->root()));
  TRY_OK(flow::remove_totp(api.platform(), visit.who(), proof));
  return done();
}

Result<HttpResponse> post_account_passkey_options(Api& api, const Visit& visit) {
  TRY([[maybe_unused]] const auto document, json_body(visit.request, {}));
  TRY(const flow::PasskeyInvitation invitation, flow::invite_passkey(api.platform(), visit.who()));
  return json_response(creation_options(api, visit, invitation));
}

Result<HttpResponse> post_account_passkey(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"name", "client_data", "attestation", "step_up"}));
  const JsonView body = document->root();
  flow::PasskeyAddition addition;
  addition.name = body.string_at("name").value_or("");
  TRY(addition.answer.client_data, base64url_member(body, "client_data"));
  TRY(addition.answer.attestation, base64url_member(body, "attestation"));
  TRY(const auto proof, proof_of(api, visit, body));
  TRY(const store::Passkey passkey, flow::add_passkey(api.platform(), visit.who(), addition, proof));
  JsonWriter out;
  write_passkey(out, passkey);
  return json_response(out.take(), 201);
}

Result<HttpResponse> delete_account_passkey(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"step_up"}));
  TRY(const auto proof, proof_of(api, visit, document->root()));
  const auto id = PasskeyId::parse(visit.value("id"));
  if (!id.ok()) return not_found();
  TRY_OK(flow::remove_passkey(api.platform(), visit.who(), *id, proof));
  return done();
}

Result<HttpResponse> post_session_passkey_options(Api& api, const Visit& visit) {
  TRY([[maybe_unused]] const auto document, json_body(visit.request, {}));
  Bytes holder(32);
  api.platform().random.fill(holder);
  const std::string cookie = to_base64url(holder);
  HttpResponse response = json_response(request_options(api, flow::sign_in_challenge(api.platform(), cookie), {}));
  response.headers.add("Set-Cookie", sign_in_cookie(visit.request, cookie));
  return response;
}

Result<HttpResponse> post_session_passkey(Api& api, const Visit& visit) {
  if (!same_origin(visit.request)) return forbidden("csrf.missing", "This sign-in did not come from our own page.");
  TRY(const auto document,
      json_body(visit.request, {"id", "client_data", "authenticator_data", "signature", "user_handle"}));
  TRY(flow::PasskeyAnswer answer, passkey_answer(document->root()));
  TRY(flow::SignedIn signed_in,
      flow::sign_in_with_passkey(api.platform(), {std::move(answer), sign_in_holder(visit.request).value_or(""),
                                                  visit.request.remote_address}));
  Visit as_person = visit;
  as_person.caller = std::move(signed_in.caller);
  JsonWriter out;
  write_me(out, api, as_person);
  HttpResponse response = json_response(out.take());
  response.headers.add("Set-Cookie", session_cookie(visit.request, signed_in.secret));
  return response;
}

Result<HttpResponse> post_step_up_options(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"purpose"}));
  const std::string purpose(document->root().string_at("purpose").value_or(""));
  if (purpose.empty() || purpose.size() > 200)
    return invalid("step_up.purpose", "Say what the proof is for.", "/purpose");
  TRY(const flow::StepUpMeans means, flow::step_up_means(api.platform(), visit.who()));
  TRY(const auto passkeys, api.platform().store.passkeys_of(visit.who().principal.person));
  std::vector<Bytes> allowed;
  for (const store::Passkey& passkey : passkeys) allowed.push_back(passkey.credential);
  JsonWriter out;
  out.begin_object();
  write_means(out, means);
  const Bytes challenge = flow::step_up_challenge(api.platform(), visit.who(), purpose);
  if (means.passkey) out.key("passkey").raw(request_options(api, challenge, allowed));
  return json_response(out.end_object().take());
}

}  // namespace hinomi::api
