// An invited person types the code that the secretariat read out, and a password of their own.
#include "api/pages/frame.h"
#include "api/pages/pages.h"
#include "api/problem.h"
#include "api/session_cookie.h"
#include "flow/directory.h"

namespace hinomi::api {
namespace {

HttpResponse invitation_page(const Api& api, const Visit& visit, const std::optional<Error>& error) {
  const auto text = [&](std::string_view key) { return api.text(visit, "page.invitation." + std::string(key)); };
  Html html;
  html.element("h1", text("title"));
  if (error) draw_problem(html, api, visit, *error);
  html.open("form", {{"method", "post"}, {"action", "/invitation"}, {"class", "form"}});
  html.open("div", {{"class", "field"}}).element("label", {{"for", "code"}}, text("code"));
  html.element("p", {{"class", "hint"}, {"id", "code-hint"}}, text("code.hint"));
  html.lone("input", {{"class", "input"},
                      {"type", "text"},
                      {"id", "code"},
                      {"name", "code"},
                      {"autocomplete", "off"},
                      {"autocapitalize", "characters"},
                      {"aria-describedby", "code-hint"},
                      {"required", ""}});
  html.close("div").open("div", {{"class", "field"}}).element("label", {{"for", "password"}}, text("password"));
  html.element("p", {{"class", "hint"}, {"id", "password-hint"}}, text("password.hint"));
  html.lone("input", {{"class", "input"},
                      {"type", "password"},
                      {"id", "password"},
                      {"name", "password"},
                      {"autocomplete", "new-password"},
                      {"aria-describedby", "password-hint"},
                      {"required", ""}});
  html.close("div").open("div", {{"class", "form-actions"}});
  html.element("button", {{"class", "button button-primary"}}, text("send")).close("div").close("form");
  return page(api, visit, {.title = text("title"), .width = Width::Narrow, .script = Script::No, .marking = {}}, html,
              error ? status_of(*error) : 200);
}

}  // namespace

Result<HttpResponse> page_invitation(Api& api, const Visit& visit) { return invitation_page(api, visit, {}); }

Result<HttpResponse> page_invitation_send(Api& api, const Visit& visit) {
  const std::string& body = visit.request.body;
  if (!same_origin(visit.request)) return forbidden("csrf.missing", "This did not come from our own page.");
  const Status accepted = flow::accept_invitation(
      api.platform(), {form_value(body, "code").value_or(""), SecretText(form_value(body, "password").value_or("")),
                       visit.request.remote_address});
  if (!accepted.ok()) return invitation_page(api, visit, accepted.error());
  return see_other("/login");
}

}  // namespace hinomi::api
