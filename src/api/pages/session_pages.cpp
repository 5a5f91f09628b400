// Signing in and out without JavaScript, and the language switch.
#include "api/openid/provider.h"
#include "api/pages/frame.h"
#include "api/pages/pages.h"
#include "api/problem.h"
#include "api/session_cookie.h"
#include "base/text.h"
#include "flow/sign_in.h"

namespace hinomi::api {
namespace {

struct LoginForm {
  std::string next = "/";
  std::string login;
  std::optional<Error> error;
};

void draw_field(Html& html, const Api& api, const Visit& visit, Literal name, const Attributes& control) {
  const std::string key(name.text());
  html.open("div", {{"class", "field"}}).element("label", {{"for", key}}, api.text(visit, "page.login." + key));
  const std::string hint = "page.login." + key + ".hint";
  if (api.catalogue().has(hint)) html.element("p", {{"class", "hint"}, {"id", key + "-hint"}}, api.text(visit, hint));
  html.lone("input", control).close("div");
}

// Shown by the script, where the browser can do it.
void draw_passkey_sign_in(Html& html, const Api& api, const Visit& visit, const std::string& next) {
  html.open("form", {{"class", "form"}, {"data-passkey-form", "sign-in"}, {"hidden", ""}});
  html.lone("input", {{"type", "hidden"}, {"name", "next"}, {"value", next}});
  html.element("p", {{"class", "error-message"}, {"role", "alert"}, {"data-passkey-error", ""}, {"hidden", ""}},
               api.text(visit, "page.login.passkey.failed"));
  html.open("div", {{"class", "form-actions"}})
      .element("button", {{"class", "button"}}, api.text(visit, "page.login.passkey"))
      .close("div")
      .close("form");
}

HttpResponse login_page(const Api& api, const Visit& visit, const LoginForm& form) {
  Html html;
  html.element("h1", api.text(visit, "page.login.title"));
  if (form.error) draw_problem(html, api, visit, *form.error);
  html.open("form", {{"method", "post"}, {"action", "/login"}, {"class", "form"}});
  html.lone("input", {{"type", "hidden"}, {"name", "next"}, {"value", form.next}});
  draw_field(html, api, visit, "login",
             {{"class", "input"},
              {"type", "text"},
              {"id", "login"},
              {"name", "login"},
              {"value", form.login},
              {"autocomplete", "username"},
              {"autocapitalize", "none"},
              {"required", ""}});
  draw_field(html, api, visit, "password",
             {{"class", "input"},
              {"type", "password"},
              {"id", "password"},
              {"name", "password"},
              {"autocomplete", "current-password"},
              {"required", ""}});
  draw_field(html, api, visit, "totp",
             {{"class", "input input-code"},
              {"type", "text"},
              {"inputmode", "numeric"},
              {"id", "totp"},
              {"name", "totp"},
              {"autocomplete", "one-time-code"},
              {"aria-describedby", "totp-hint"}});
  html.open("div", {{"class", "form-actions"}})
      .element("button", {{"class", "button button-primary"}}, api.text(visit, "page.login.send"))
      .close("div");
  html.close("form");
  draw_passkey_sign_in(html, api, visit, form.next);
  if (api.parts().openid != nullptr) {
    html.open("p").element("a", {{"class", "button"}, {"href", "/login/openid"}},
                           api.text(visit, "page.login.openid", {{"name", api.parts().openid->name()}}));
    html.close("p");
  }
  html.element("p", {{"class", "hint"}}, api.text(visit, "page.login.help"));
  const int status = form.error ? status_of(*form.error) : 200;
  return page(
      api, visit,
      {.title = api.text(visit, "page.login.title"), .width = Width::Narrow, .script = Script::Passkey, .marking = {}},
      html, status);
}

}  // namespace

Result<HttpResponse> page_login(Api& api, const Visit& visit) {
  LoginForm form;
  form.next = local_path(visit.request.parameter("next").value_or("/"));
  if (visit.caller) return see_other(form.next);
  return login_page(api, visit, form);
}

Result<HttpResponse> page_login_send(Api& api, const Visit& visit) {
  const std::string& body = visit.request.body;
  // A form of another site must not sign somebody in here under its own account.
  if (!same_origin(visit.request)) return forbidden("csrf.missing", "This sign-in did not come from our own page.");
  LoginForm form{local_path(form_value(body, "next").value_or("/")), form_value(body, "login").value_or(""),
                 std::nullopt};
  auto signed_in = flow::sign_in(api.platform(), {form.login, SecretText(form_value(body, "password").value_or("")),
                                                  form_value(body, "totp").value_or(""), visit.request.remote_address});
  if (!signed_in.ok()) {
    form.error = signed_in.error();
    return login_page(api, visit, form);
  }
  HttpResponse response = see_other(form.next);
  response.headers.add("Set-Cookie", session_cookie(visit.request, signed_in->secret));
  return response;
}

Result<HttpResponse> page_logout(Api& api, const Visit& visit) {
  TRY_OK(flow::sign_out(api.platform(), visit.who()));
  HttpResponse response = see_other("/login");
  sign_off(visit.request, response);
  return response;
}

Result<HttpResponse> page_language(Api&, const Visit& visit) {
  HttpResponse response = see_other(local_path(visit.request.parameter("back").value_or("/")));
  response.headers.add("Set-Cookie", language_cookie(parse_language(visit.request.parameter("to").value_or("ja"))));
  return response;
}

}  // namespace hinomi::api
