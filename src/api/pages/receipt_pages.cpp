// 前に送った報告の続き: type the code, read the answer, write more. The code travels in bodies only; a wrong one and
// one that never was answer with the same bytes.
#include "api/pages/frame.h"
#include "api/pages/pages.h"
#include "api/pages/unnamed_parts.h"
#include "api/problem.h"
#include "api/session_cookie.h"
#include "flow/unnamed.h"

namespace hinomi::api {
namespace {

std::string words(const Api& api, const Visit& visit, std::string_view key, const Catalogue::Values& values = {}) {
  return api.text(visit, "page.code." + std::string(key), values);
}

HttpResponse receipt_page(const Api& api, const Visit& visit, const Html& html, int status = 200) {
  return page(api, visit,
              {.title = words(api, visit, "title"), .width = Width::Narrow, .script = Script::No, .marking = {}}, html,
              status);
}

HttpResponse asking_page(const Api& api, const Visit& visit, const std::optional<Error>& error = std::nullopt) {
  Html html;
  draw_telephone(html, api, visit);
  html.element("h1", words(api, visit, "title"));
  if (error) draw_problem(html, api, visit, *error);
  html.element("p", {{"class", "lead"}}, words(api, visit, "lead"));
  open_form(html, api, visit, "/r");
  html.open("div", {{"class", "field"}}).element("label", {{"for", "code"}}, words(api, visit, "code"));
  html.element("p", {{"class", "hint"}, {"id", "code-hint"}}, words(api, visit, "code.hint"));
  html.lone("input", {{"class", "input input-code receipt-input"},
                      {"type", "text"},
                      {"id", "code"},
                      {"name", "code"},
                      {"maxlength", "60"},
                      {"autocomplete", "off"},
                      {"autocapitalize", "characters"},
                      {"spellcheck", "false"},
                      {"aria-describedby", "code-hint"},
                      {"required", ""}});
  html.close("div").open("div", {{"class", "form-actions easy-actions"}});
  html.element("button", {{"class", "button button-primary"}}, words(api, visit, "open")).close("div").close("form");
  draw_term(html, api, visit, "code");
  html.open("p").element("a", {{"href", "/easy"}}, api.text(visit, "page.easy.title")).close("p");
  return receipt_page(api, visit, html, error ? status_of(*error) : 200);
}

void draw_identity(Html& html, const Api& api, const Visit& visit, const UnnamedReport& report) {
  html.element("h2", words(api, visit, "identity"));
  if (!report.identity_left) {
    html.element("p", words(api, visit, "identity.none"));
    return;
  }
  bool opened = false;
  for (const IdentityOpening& opening : report.openings) {
    if (opening.state != IdentityOpeningState::Opened) continue;
    const std::string time = tokyo_text(*opening.decided_at, visit.language == Language::English);
    html.element("p", {{"class", "notice notice-warn"}}, words(api, visit, "identity.opened", {{"time", time}}));
    opened = true;
  }
  if (!opened) html.element("p", words(api, visit, "identity.sealed"));
}

std::string_view state_of(const UnnamedReport& report) {
  if (report.closed_at) return "closed";
  return report.waits ? "waits" : "answered";
}

// `code` goes into the form, so that the next words come with it.
HttpResponse talk_page(const Api& api, const Visit& visit, const UnnamedReport& report, const SecretText& code,
                       const std::optional<Error>& error = std::nullopt) {
  Html html;
  draw_telephone(html, api, visit);
  html.element("h1", words(api, visit, "yours"));
  if (error) draw_problem(html, api, visit, *error);
  html.open("p", {{"class", "meta"}});
  html.element("span", {{"class", report.waits ? "badge badge-info" : "badge"}},
               words(api, visit, "state." + std::string(state_of(report))));
  html.element("span", words(api, visit, "received", {{"time", hour_words(api, visit, report.received_at)}}));
  html.close("p");
  html.open("section", {{"class", "card"}}).element("h2", words(api, visit, "talk"));
  draw_talk(html, api, visit, report, DeskNames::Hidden);
  html.close("section");
  if (report.report) html.element("p", {{"class", "notice"}}, words(api, visit, "filed"));
  if (report.closed_at) {
    html.element("p", {{"class", "notice"}}, words(api, visit, "closed"));
  } else {
    open_form(html, api, visit, "/r");
    draw_key(html, api);
    draw_hidden(html, "code", code.expose());
    draw_text_area(html, api, visit, "page.code.more", "text");
    html.open("div", {{"class", "form-actions easy-actions"}});
    html.element("button", {{"class", "button button-primary"}, {"name", "step"}, {"value", "more"}},
                 words(api, visit, "send"));
    html.close("div").close("form");
  }
  html.element("h2", words(api, visit, "sent"));
  draw_story(html, api, visit, report.story);
  draw_identity(html, api, visit, report);
  html.element("p", {{"class", "hint"}}, words(api, visit, "leave"));
  return receipt_page(api, visit, html, error ? status_of(*error) : 200);
}

}  // namespace

Result<HttpResponse> page_receipt(Api& api, const Visit& visit) { return asking_page(api, visit); }

Result<HttpResponse> page_receipt_send(Api& api, const Visit& visit) {
  TRY_OK(check_proof(api, visit));
  const auto field = [&](std::string_view name) { return form_value(visit.request.body, name).value_or(""); };
  const flow::ReceiptTry code{SecretText(field("code")), visit.request.remote_address};
  if (field("step") != "more") {
    const auto found = flow::find_behind_code(api.platform(), code);
    return found.ok() ? talk_page(api, visit, *found, code.typed) : asking_page(api, visit, found.error());
  }
  const auto said = flow::say_more(api.platform(), code, {field("text"), field("key")});
  if (said.ok()) return talk_page(api, visit, *said, code.typed);
  if (said.error().code.starts_with("receipt.")) return asking_page(api, visit, said.error());
  const auto found = flow::find_behind_code(api.platform(), code);
  return found.ok() ? talk_page(api, visit, *found, code.typed, said.error()) : asking_page(api, visit, found.error());
}

}  // namespace hinomi::api
