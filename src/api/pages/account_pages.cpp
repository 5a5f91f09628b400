// One's own account without JavaScript: passkeys (adding one needs a script), one-time codes, password, sessions, API
// tokens, certificates. Every form that changes a factor or makes a token asks for proof of presence in the same
// request.
#include <charconv>

#include "api/pages/frame.h"
#include "api/pages/pages.h"
#include "api/problem.h"
#include "api/session_cookie.h"
#include "api/step_up_answer.h"
#include "flow/account.h"
#include "flow/one_time_codes.h"
#include "flow/passkeys.h"
#include "formats/qr_code.h"

namespace hinomi::api {
namespace {

using policy::action::ChangeFactors;
using policy::action::EndSessions;
using policy::action::IssueToken;
using Tokens = store::AccountStore::Tokens;

std::string time_text(const Visit& visit, Instant at) { return tokyo_text(at, visit.language == Language::English); }

struct Field {
  Literal name;
  Literal type;
  Literal autocomplete;
  Literal look;
};

void draw_field(Html& html, const Api& api, const Visit& visit, const Field& field) {
  html.open("label", {{"class", "field"}})
      .element("span", {{"class", "label"}}, api.text(visit, "page.account." + std::string(field.name.text())));
  html.lone("input", {{"class", std::string(field.look.text())},
                      {"type", std::string(field.type.text())},
                      {"name", std::string(field.name.text())},
                      {"autocomplete", std::string(field.autocomplete.text())},
                      {"required", ""}})
      .close("label");
}

enum class Weight { Primary, Plain, Danger };
void draw_button(Html& html, const Api& api, const Visit& visit, std::string_view key, Weight weight) {
  const std::string look = weight == Weight::Primary  ? "button button-primary"
                           : weight == Weight::Danger ? "button button-danger"
                                                      : "button";
  html.open("div", {{"class", "actions"}})
      .element("button", {{"class", look}}, api.text(visit, "page.account." + std::string(key)))
      .close("div");
}

void open_card(Html& html, const Api& api, const Visit& visit, std::string_view key) {
  html.open("section", {{"class", "card"}, {"id", std::string(key)}})
      .element("h2", api.text(visit, "page.account." + std::string(key)))
      .element("p", {{"class", "hint"}}, api.text(visit, "page.account." + std::string(key) + ".about"));
}

// A change that is asked for behind a summary, so that the page stays calm.
void open_change(Html& html, const Api& api, const Visit& visit, std::string_view key) {
  html.open("details", {{"class", "disclosure"}})
      .element("summary", api.text(visit, "page.account." + std::string(key)));
}

Status draw_passkeys(Html& html, const Api& api, const Visit& visit) {
  TRY(const auto passkeys, flow::own_passkeys(api.platform(), visit.who()));
  open_card(html, api, visit, "passkeys");
  html.open("ul", {{"class", "rows"}});
  for (const store::Passkey& passkey : passkeys) {
    html.open("li").element("p", {{"class", "strong"}}, passkey.name);
    html.element("p", {{"class", "meta"}},
                 api.text(visit, "page.account.since", {{"time", time_text(visit, passkey.created_at)}}));
    open_change(html, api, visit, "passkey.remove");
    open_form(html, api, visit, "/account/passkeys/remove");
    html.lone("input", {{"type", "hidden"}, {"name", "passkey"}, {"value", passkey.id.text()}});
    TRY_OK(draw_step_up(html, api, visit, ChangeFactors::purpose({visit.who().principal.person})));
    draw_button(html, api, visit, "passkey.remove", Weight::Danger);
    html.close("form").close("details").close("li");
  }
  html.close("ul");
  html.element("p", {{"class", "hint"}, {"data-passkey-absent", ""}}, api.text(visit, "page.account.passkey.script"));
  html.open("form", {{"class", "form"}, {"data-passkey-form", "add"}, {"hidden", ""}});
  html.lone("input", {{"type", "hidden"}, {"name", "csrf"}, {"value", csrf_token(api, visit.who())}});
  draw_field(html, api, visit, {"passkey_name", "text", "off", "input input-medium"});
  TRY_OK(draw_step_up(html, api, visit, ChangeFactors::purpose({visit.who().principal.person})));
  html.element("p", {{"class", "error-message"}, {"role", "alert"}, {"data-passkey-error", ""}, {"hidden", ""}},
               api.text(visit, "page.account.passkey.failed"));
  draw_button(html, api, visit, "passkey.add", Weight::Plain);
  html.close("form").close("section");
  return {};
}

Status draw_codes(Html& html, const Api& api, const Visit& visit) {
  TRY(const flow::StepUpMeans means, flow::step_up_means(api.platform(), visit.who()));
  TRY(const std::size_t left, api.platform().store.recovery_codes_left(visit.who().principal.person));
  open_card(html, api, visit, "codes");
  if (means.totp) {
    html.element("p", api.text(visit, "page.account.codes.on", {{"left", std::to_string(left)}}));
    open_change(html, api, visit, "codes.remove");
    open_form(html, api, visit, "/account/codes/remove");
    TRY_OK(draw_step_up(html, api, visit, ChangeFactors::purpose({visit.who().principal.person})));
    draw_button(html, api, visit, "codes.remove", Weight::Danger);
    html.close("form").close("details");
  }
  open_form(html, api, visit, "/account/codes/begin");
  draw_button(html, api, visit, means.totp ? "codes.renew" : "codes.begin", Weight::Plain);
  html.close("form").close("section");
  return {};
}

Status draw_password(Html& html, const Api& api, const Visit& visit) {
  TRY(const flow::StepUpMeans means, flow::step_up_means(api.platform(), visit.who()));
  open_card(html, api, visit, "password");
  open_change(html, api, visit, "password.change");
  open_form(html, api, visit, "/account/password");
  draw_field(html, api, visit, {"current", "password", "current-password", "input input-medium"});
  draw_field(html, api, visit, {"new", "password", "new-password", "input input-medium"});
  if (means.totp) TRY_OK(draw_step_up(html, api, visit, ChangeFactors::purpose({visit.who().principal.person})));
  html.open("label", {{"class", "choice"}})
      .lone("input", {{"type", "checkbox"}, {"name", "keep_tokens"}, {"value", "yes"}})
      .element("span", {{"class", "choice-text"}}, api.text(visit, "page.account.keep_tokens"))
      .close("label");
  draw_button(html, api, visit, "password.change", Weight::Plain);
  html.close("form").close("details").close("section");
  return {};
}

Status draw_end_form(Html& html, const Api& api, const Visit& visit, const store::Session& session) {
  open_change(html, api, visit, "end");
  open_form(html, api, visit, "/account/sessions/end");
  html.lone("input", {{"type", "hidden"}, {"name", "session"}, {"value", session.id.text()}});
  TRY_OK(draw_step_up(html, api, visit, EndSessions::purpose({visit.who().principal.person})));
  draw_button(html, api, visit, "end", Weight::Danger);
  html.close("form").close("details");
  return {};
}

Status draw_sessions(Html& html, const Api& api, const Visit& visit) {
  TRY(const auto sessions, flow::own_sessions(api.platform(), visit.who()));
  open_card(html, api, visit, "sessions");
  html.open("ul", {{"class", "rows"}});
  for (const store::Session& session : sessions) {
    const bool here = session.secret_hash == visit.who().session;
    html.open("li").element("p", api.text(visit, here ? "page.account.session.here" : "page.account.session.other"));
    html.element(
        "p", {{"class", "meta"}},
        api.text(visit, "page.account.used",
                 {{"since", time_text(visit, session.created_at)}, {"last", time_text(visit, session.last_used_at)}}));
    if (!here) TRY_OK(draw_end_form(html, api, visit, session));
    html.close("li");
  }
  html.close("ul");
  open_change(html, api, visit, "end_all");
  open_form(html, api, visit, "/account/sessions/end");
  TRY_OK(draw_step_up(html, api, visit, EndSessions::purpose({visit.who().principal.person})));
  draw_button(html, api, visit, "end_all", Weight::Danger);
  html.close("form").close("details").close("section");
  return {};
}

void draw_scopes(Html& html, const Api& api, const Visit& visit) {
  html.open("fieldset", {{"class", "field"}}).element("legend", api.text(visit, "page.account.scopes"));
  html.open("div", {{"class", "choices choices-stacked"}});
  for (const policy::Scope scope : policy::all_scopes()) {
    const std::string word(policy::scope_text(scope));
    html.open("label", {{"class", "choice"}})
        .lone("input",
              {{"type", "checkbox"}, {"name", "scope"}, {"value", word}, {"checked", "", scope == policy::Scope::Read}})
        .element("span", {{"class", "choice-text"}}, api.text(visit, "page.account.scope." + word))
        .close("label");
  }
  html.close("div").close("fieldset");
}

Status draw_token_form(Html& html, const Api& api, const Visit& visit) {
  open_change(html, api, visit, "token.issue");
  open_form(html, api, visit, "/account/tokens");
  draw_field(html, api, visit, {"token_name", "text", "off", "input input-medium"});
  draw_scopes(html, api, visit);
  html.open("label", {{"class", "field"}}).element("span", {{"class", "label"}}, api.text(visit, "page.account.days"));
  html.open("select", {{"class", "select input-short"}, {"name", "days"}});
  for (const char* days : {"7", "30", "90"}) {
    html.element("option", {{"value", days}, {"selected", "", std::string_view(days) == "30"}},
                 api.text(visit, "page.account.days.n", {{"n", days}}));
  }
  html.close("select").close("label");
  TRY_OK(draw_step_up(html, api, visit, IssueToken::purpose({visit.who().principal.person})));
  draw_button(html, api, visit, "token.issue", Weight::Plain);
  html.close("form").close("details");
  return {};
}

// A name, what it may do, and when it was used and ends.
Status draw_machine(Html& html, const Api& api, const Visit& visit, const store::Session& machine) {
  std::string scopes;
  for (const policy::Scope scope : machine.scopes)
    scopes += (scopes.empty() ? "" : ", ") + std::string(policy::scope_text(scope));
  html.open("li").element("p", {{"class", "strong"}}, machine.name);
  html.element("p", {{"class", "mono small"}}, scopes);
  html.element(
      "p", {{"class", "meta"}},
      api.text(visit, "page.account.token.times",
               {{"last", time_text(visit, machine.last_used_at)}, {"end", time_text(visit, machine.expires_at)}}));
  TRY_OK(draw_end_form(html, api, visit, machine));
  html.close("li");
  return {};
}

Status draw_certificates(Html& html, const Api& api, const Visit& visit) {
  TRY(const auto certificates, flow::own_certificates(api.platform(), visit.who()));
  open_card(html, api, visit, "certificates");
  html.element("p", api.text(visit, "page.account.certificates.about"));
  if (certificates.empty()) html.element("p", {{"class", "empty"}}, api.text(visit, "page.account.certificates.none"));
  html.open("ul", {{"class", "rows"}});
  for (const store::Session& certificate : certificates) TRY_OK(draw_machine(html, api, visit, certificate));
  html.close("ul").close("section");
  return {};
}

Status draw_tokens(Html& html, const Api& api, const Visit& visit) {
  TRY(const auto tokens, flow::own_tokens(api.platform(), visit.who()));
  open_card(html, api, visit, "tokens");
  html.open("ul", {{"class", "rows"}});
  for (const store::Session& token : tokens) TRY_OK(draw_machine(html, api, visit, token));
  html.close("ul");
  TRY_OK(draw_token_form(html, api, visit));
  html.close("section");
  return {};
}

HttpResponse account_frame(const Api& api, const Visit& visit, const Html& html, int status = 200) {
  return page(api, visit,
              {.title = api.text(visit, "page.account.title"),
               .width = Width::Narrow,
               .script = Script::Passkey,
               .marking = {}},
              html, status);
}

Result<HttpResponse> account_page(const Api& api, const Visit& visit, const std::optional<Error>& error) {
  Html html;
  html.element("h1", api.text(visit, "page.account.title"));
  if (error) draw_problem(html, api, visit, *error);
  html.open("div", {{"class", "stack stack-loose"}});
  TRY_OK(draw_passkeys(html, api, visit));
  TRY_OK(draw_codes(html, api, visit));
  TRY_OK(draw_provider_accounts(html, api, visit));
  TRY_OK(draw_password(html, api, visit));
  TRY_OK(draw_sessions(html, api, visit));
  TRY_OK(draw_tokens(html, api, visit));
  TRY_OK(draw_certificates(html, api, visit));
  html.close("div");
  return account_frame(api, visit, html, error ? status_of(*error) : 200);
}

// Back to the page: with the reason when it did not work.
Result<HttpResponse> after(const Api& api, const Visit& visit, const Status& change) {
  if (change.ok()) return see_other("/account");
  return account_page(api, visit, change.error());
}

template <policy::NeedsPresence Action>
Result<policy::Presence> proof_for(const Api& api, const Visit& visit) {
  return flow::prove_presence_for<Action>(api.platform(), visit.who(), step_up_of_form(visit),
                                          {visit.who().principal.person});
}

std::string grouped(const std::string& secret) {
  std::string text;
  for (std::size_t i = 0; i < secret.size(); i += 4) text += (i == 0 ? "" : " ") + secret.substr(i, 4);
  return text;
}

// A field, so that one touch selects all of it.
void draw_secret(Html& html, const std::string& label, const std::string& secret) {
  html.open("label", {{"class", "field"}}).element("span", {{"class", "label"}}, label);
  html.lone("input", {{"class", "input mono"},
                      {"type", "text"},
                      {"name", "secret"},
                      {"value", secret},
                      {"readonly", ""},
                      {"autocomplete", "off"}})
      .close("label");
}

// The address of the authenticator app, for a camera; below it stands in letters.
Status draw_qr_code(Html& html, const Api& api, const Visit& visit, const std::string& address) {
  TRY(const QrCode code, make_qr_code(address));
  const std::string side = std::to_string(code.size + 2 * kQuietZone);
  html.open("svg", {{"class", "qr-code"},
                    {"viewBox", "0 0 " + side + " " + side},
                    {"role", "img"},
                    {"aria-label", api.text(visit, "page.account.codes.qr")},
                    {"shape-rendering", "crispEdges"}});
  html.open("path", {{"d", qr_path(code)}}).close("path").close("svg");
  return {};
}

Result<HttpResponse> enrolment_page(const Api& api, const Visit& visit, const std::optional<Error>& error) {
  TRY(const flow::TotpEnrolment enrolment, flow::begin_totp(api.platform(), visit.who()));
  Html html;
  html.element("h1", api.text(visit, "page.account.codes"));
  if (error) draw_problem(html, api, visit, *error);
  html.open("ol", {{"class", "steps"}});
  html.open("li").element("p", api.text(visit, "page.account.codes.step1"));
  TRY_OK(draw_qr_code(html, api, visit, enrolment.uri));
  draw_secret(html, api.text(visit, "page.account.codes.secret"), grouped(to_base32(enrolment.secret.expose())));
  draw_secret(html, api.text(visit, "page.account.codes.uri"), enrolment.uri);
  html.close("li");
  html.open("li").element("p", api.text(visit, "page.account.codes.step2"));
  open_form(html, api, visit, "/account/codes");
  draw_field(html, api, visit, {"code", "text", "one-time-code", "input input-code input-short"});
  TRY_OK(draw_step_up(html, api, visit, ChangeFactors::purpose({visit.who().principal.person})));
  draw_button(html, api, visit, "codes.confirm", Weight::Primary);
  html.close("form").close("li").close("ol");
  return account_frame(api, visit, html, error ? status_of(*error) : 200);
}

Result<std::vector<std::string>> confirm(const Api& api, const Visit& visit) {
  TRY(const auto proof, proof_for<ChangeFactors>(api, visit));
  const std::string code = form_value(visit.request.body, "code").value_or("");
  return flow::confirm_totp(api.platform(), visit.who(), {code, visit.request.remote_address}, proof);
}

Status remove_codes(const Api& api, const Visit& visit) {
  TRY(const auto proof, proof_for<ChangeFactors>(api, visit));
  return flow::remove_totp(api.platform(), visit.who(), proof);
}

Status remove_passkey(const Api& api, const Visit& visit) {
  TRY(const PasskeyId id, PasskeyId::parse(form_value(visit.request.body, "passkey").value_or("")));
  TRY(const auto proof, proof_for<ChangeFactors>(api, visit));
  return flow::remove_passkey(api.platform(), visit.who(), id, proof);
}

Result<flow::IssuedToken> issue(const Api& api, const Visit& visit) {
  const std::string& body = visit.request.body;
  flow::TokenWish wish;
  wish.name = form_value(body, "token_name").value_or("");
  wish.scopes.clear();
  for (const std::string& word : form_values(body, "scope")) {
    TRY(const policy::Scope scope, policy::parse_scope(word));
    wish.scopes.insert(scope);
  }
  const std::string days = form_value(body, "days").value_or("");
  int count = 0;
  std::from_chars(days.data(), days.data() + days.size(), count);
  wish.lifetime = std::chrono::hours(24) * std::min(count, 1000);
  TRY(const auto proof, proof_for<IssueToken>(api, visit));
  return flow::issue_token(api.platform(), visit.who(), std::move(wish), proof);
}

Result<HttpResponse> shown_once(const Api& api, const Visit& visit, std::string_view key,
                                const std::vector<std::string>& lines) {
  Html html;
  html.element("h1", api.text(visit, "page.account." + std::string(key)));
  html.element("p", {{"class", "notice notice-warn"}}, api.text(visit, "page.account." + std::string(key) + ".once"));
  html.open("div", {{"class", "stack stack-tight"}});
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string label = api.text(visit, "page.account." + std::string(key));
    draw_secret(html, lines.size() == 1 ? label : label + " " + std::to_string(i + 1), lines[i]);
  }
  html.close("div").open("p", {{"class", "actions"}});
  html.element("a", {{"class", "button button-primary"}, {"href", "/account"}}, api.text(visit, "page.account.kept"));
  html.close("p");
  return account_frame(api, visit, html);
}

}  // namespace

Result<HttpResponse> page_account(Api& api, const Visit& visit) { return account_page(api, visit, std::nullopt); }

Result<HttpResponse> page_account_password(Api& api, const Visit& visit) {
  const std::string& body = visit.request.body;
  const auto secret = [&](std::string_view name) { return SecretText(form_value(body, name).value_or("")); };
  const Tokens tokens = form_value(body, "keep_tokens") == "yes" ? Tokens::Keep : Tokens::End;
  return after(api, visit,
               flow::change_password(api.platform(), visit.who(),
                                     {secret("current"), secret("new"), step_up_of_form(visit), tokens}));
}

Result<HttpResponse> page_account_end(Api& api, const Visit& visit) {
  const auto one = form_value(visit.request.body, "session");
  const flow::StepUpAnswer answer = step_up_of_form(visit);
  if (!one) {
    const Status ended = flow::end_everywhere(api.platform(), visit.who(), answer);
    if (!ended.ok()) return account_page(api, visit, ended.error());
    HttpResponse response = see_other("/login");
    sign_off(visit.request, response);
    return response;
  }
  const auto id = SessionId::parse(*one);
  if (!id.ok()) return after(api, visit, not_found());
  return after(api, visit, flow::end_session(api.platform(), visit.who(), *id, answer));
}

Result<HttpResponse> page_account_token(Api& api, const Visit& visit) {
  const auto issued = issue(api, visit);
  if (!issued.ok()) return account_page(api, visit, issued.error());
  return shown_once(api, visit, "token.new", {issued->secret.expose()});
}

Result<HttpResponse> page_account_codes_begin(Api& api, const Visit& visit) {
  return enrolment_page(api, visit, std::nullopt);
}

Result<HttpResponse> page_account_codes(Api& api, const Visit& visit) {
  const auto codes = confirm(api, visit);
  if (!codes.ok()) return enrolment_page(api, visit, codes.error());
  return shown_once(api, visit, "recovery", *codes);
}

Result<HttpResponse> page_account_codes_remove(Api& api, const Visit& visit) {
  return after(api, visit, remove_codes(api, visit));
}

Result<HttpResponse> page_account_passkey_remove(Api& api, const Visit& visit) {
  return after(api, visit, remove_passkey(api, visit));
}

}  // namespace hinomi::api
