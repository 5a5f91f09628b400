// One's own account: sessions, tokens, password.
#include "api/present.h"
#include "api/rest.h"
#include "api/session_cookie.h"
#include "api/step_up_answer.h"
#include "flow/account.h"

namespace hinomi::api {
namespace {

using Tokens = store::AccountStore::Tokens;

HttpResponse done() {
  HttpResponse response;
  response.status = 204;
  return response;
}

void write_session(JsonWriter& out, const Visit& visit, const store::Session& session) {
  out.begin_object().member("id", session.id.text()).member("created_at", to_rfc3339(session.created_at));
  out.member("last_used_at", to_rfc3339(session.last_used_at)).member("expires_at", to_rfc3339(session.expires_at));
  out.member("current", session.secret_hash == visit.who().session);
  if (session.kind != store::SessionKind::Browser) {
    out.member("name", session.name).key("scopes").begin_array();
    for (const policy::Scope scope : session.scopes) out.string(policy::scope_text(scope));
    out.end_array();
  }
}

HttpResponse session_list(const Visit& visit, const std::vector<store::Session>& sessions) {
  JsonWriter out;
  out.begin_object().key("items").begin_array();
  for (const store::Session& session : sessions) {
    write_session(out, visit, session);
    out.end_object();
  }
  return json_response(out.end_array().end_object().take());
}

Result<HttpResponse> end_one(Api& api, const Visit& visit) {
  const auto id = SessionId::parse(visit.value("id"));
  if (!id.ok()) return not_found();
  TRY(const flow::StepUpAnswer answer, step_up_alone(visit));
  TRY_OK(flow::end_session(api.platform(), visit.who(), *id, answer));
  return done();
}

Result<policy::Scopes> scopes_of(JsonView body) {
  policy::Scopes scopes;
  const auto list = body.find("scopes");
  if (!list || !list->is_array()) return invalid("token.scopes", "Name the scopes in a list.", "/scopes");
  for (const JsonView word : *list) {
    TRY(const policy::Scope scope, policy::parse_scope(word.string().value_or("")));
    scopes.insert(scope);
  }
  return scopes;
}

Result<flow::TokenWish> token_wish(const Api& api, JsonView body) {
  flow::TokenWish wish;
  wish.name = body.string_at("name").value_or("");
  TRY(wish.scopes, scopes_of(body));
  if (const auto end = body.string_at("expires_at")) {
    TRY(const Instant expires_at, parse_rfc3339(*end));
    wish.lifetime = expires_at - api.platform().clock.now();
  }
  return wish;
}

// A token and a certificate open the same doors, so the same proof is asked for both.
Result<policy::Presence> issuing_proof(const Api& api, const Visit& visit, JsonView body) {
  TRY(const flow::StepUpAnswer answer, step_up_answer(visit, body));
  return flow::prove_presence_for<policy::action::IssueToken>(api.platform(), visit.who(), answer,
                                                              {visit.who().principal.person});
}

}  // namespace

Result<HttpResponse> get_account_sessions(Api& api, const Visit& visit) {
  TRY(const auto sessions, flow::own_sessions(api.platform(), visit.who()));
  return session_list(visit, sessions);
}

Result<HttpResponse> delete_account_session(Api& api, const Visit& visit) { return end_one(api, visit); }

Result<HttpResponse> delete_account_sessions(Api& api, const Visit& visit) {
  TRY(const flow::StepUpAnswer answer, step_up_alone(visit));
  TRY_OK(flow::end_everywhere(api.platform(), visit.who(), answer));
  HttpResponse response = done();
  sign_off(visit.request, response);
  return response;
}

Result<HttpResponse> put_account_password(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"current", "new", "keep_tokens", "step_up"}));
  const JsonView body = document->root();
  const auto secret = [&](std::string_view name) { return SecretText(std::string(body.string_at(name).value_or(""))); };
  const Tokens tokens = body.boolean_at("keep_tokens").value_or(false) ? Tokens::Keep : Tokens::End;
  TRY(flow::StepUpAnswer answer, step_up_answer(visit, body));
  TRY_OK(flow::change_password(api.platform(), visit.who(),
                               {secret("current"), secret("new"), std::move(answer), tokens}));
  return done();
}

Result<HttpResponse> get_account_tokens(Api& api, const Visit& visit) {
  TRY(const auto tokens, flow::own_tokens(api.platform(), visit.who()));
  return session_list(visit, tokens);
}

Result<HttpResponse> post_account_token(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"name", "scopes", "expires_at", "step_up"}));
  TRY(flow::TokenWish wish, token_wish(api, document->root()));
  TRY(const auto proof, issuing_proof(api, visit, document->root()));
  TRY(const flow::IssuedToken issued, flow::issue_token(api.platform(), visit.who(), std::move(wish), proof));
  JsonWriter out;
  write_session(out, visit, issued.session);
  out.member("token", issued.secret.expose()).end_object();
  return json_response(out.take(), 201);
}

Result<HttpResponse> delete_account_token(Api& api, const Visit& visit) { return end_one(api, visit); }

Result<HttpResponse> get_account_certificates(Api& api, const Visit& visit) {
  TRY(const auto certificates, flow::own_certificates(api.platform(), visit.who()));
  return session_list(visit, certificates);
}

// The certificate is the one of this very connection, so nobody registers another's.
Result<HttpResponse> post_account_certificate(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"name", "scopes", "expires_at", "step_up"}));
  if (!visit.request.peer_certificate) {
    return invalid("certificate.missing", "Make this request over TLS with the client certificate that is to count.");
  }
  flow::ShownCertificate shown{*visit.request.peer_certificate, {}};
  TRY(shown.wish, token_wish(api, document->root()));
  TRY(const auto proof, issuing_proof(api, visit, document->root()));
  TRY(const store::Session registered,
      flow::register_certificate(api.platform(), visit.who(), std::move(shown), proof));
  JsonWriter out;
  write_session(out, visit, registered);
  out.end_object();
  return json_response(out.take(), 201);
}

Result<HttpResponse> delete_account_certificate(Api& api, const Visit& visit) { return end_one(api, visit); }

}  // namespace hinomi::api
