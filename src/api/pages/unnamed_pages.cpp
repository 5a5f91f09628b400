// 名前のない報告, as the secretariat sees them: read, answer, close, make a report of one, and, two people together,
// open who the reporter is. No JavaScript needed.
#include <algorithm>

#include "api/pages/frame.h"
#include "api/pages/pages.h"
#include "api/pages/unnamed_parts.h"
#include "api/present_unnamed.h"
#include "api/problem.h"
#include "api/session_cookie.h"
#include "api/step_up_answer.h"
#include "flow/unnamed_desk.h"
#include "model/typed_time.h"
#include "policy/permit.h"

namespace hinomi::api {
namespace {

namespace action = policy::action;

constexpr std::size_t kShown = 50;

std::string words(const Api& api, const Visit& visit, std::string_view key, const Catalogue::Values& values = {}) {
  return api.text(visit, "page.unnamed." + std::string(key), values);
}

std::string path_of(const UnnamedReport& report) { return "/unnamed/" + report.id.text(); }

std::string person_name(const Visit& visit, const PersonId& id) {
  const auto& people = visit.who().directory->persons;
  const auto person = people.find(id);
  if (person == people.end()) return "";
  return visit.language == Language::English ? person->second.name_en : person->second.name;
}

HttpResponse desk_page(const Api& api, const Visit& visit, const Html& html, int status = 200) {
  return page(api, visit,
              {.title = words(api, visit, "title"), .width = Width::Narrow, .script = Script::Passkey, .marking = {}},
              html, status);
}

void draw_state(Html& html, const Api& api, const Visit& visit, const UnnamedReport& report) {
  const std::string_view state = unnamed_state(report);
  html.element("span", {{"class", state == "waits" ? "badge badge-warn" : "badge"}},
               words(api, visit, "state." + std::string(state)));
}

void draw_row(Html& html, const Api& api, const Visit& visit, const UnnamedReport& report) {
  html.open("li").open("div", {{"class", "stack-tight"}});
  html.element("a", {{"class", "row-link"}, {"href", path_of(report)}}, unnamed_title(api, visit, report.story));
  html.open("p", {{"class", "meta"}});
  draw_state(html, api, visit, report);
  html.element("span", hour_words(api, visit, report.received_at)).close("p").close("div").close("li");
}

void draw_button(Html& html, const Api& api, const Visit& visit, std::string_view key, Literal style) {
  html.open("div", {{"class", "form-actions"}});
  html.element("button", {{"class", std::string(style.text())}}, words(api, visit, key)).close("div");
}

void draw_answering(Html& html, const Api& api, const Visit& visit, const UnnamedReport& report) {
  const auto abilities = flow::unnamed_abilities(visit.who(), report);
  if (abilities.answer) {
    open_form(html, api, visit, path_of(report) + "/answer");
    draw_key(html, api);
    draw_text_area(html, api, visit, "page.unnamed.answer", "text");
    html.element("p", {{"class", "hint"}}, words(api, visit, "answer.hint"));
    draw_button(html, api, visit, "answer.send", "button button-primary");
    html.close("form");
  }
  if (abilities.close) {
    open_form(html, api, visit, path_of(report) + "/close");
    html.element("p", {{"class", "hint"}}, words(api, visit, "close.hint"));
    draw_button(html, api, visit, "close", "button");
    html.close("form");
  }
}

struct Select {
  Literal name;
  std::vector<std::string> values;
};
void draw_select(Html& html, const Api& api, const Visit& visit, const Select& select) {
  const std::string name(select.name.text());
  html.open("div", {{"class", "field"}}).element("label", {{"for", name}}, words(api, visit, name));
  html.open("select", {{"class", "select input-medium"}, {"id", name}, {"name", name}});
  for (const std::string& value : select.values)
    html.element("option", {{"value", value}}, words(api, visit, name + "." + value));
  html.close("select").close("div");
}

void draw_filing(Html& html, const Api& api, const Visit& visit, const UnnamedReport& report) {
  html.element("h2", words(api, visit, "file"));
  if (report.report) {
    html.open("p").element("a", {{"href", "/reports/" + report.report->text()}}, words(api, visit, "filed")).close("p");
    return;
  }
  if (!flow::unnamed_abilities(visit.who(), report).file) return;
  html.open("details", {{"class", "easy-identity"}}).element("summary", words(api, visit, "file.open"));
  html.element("p", {{"class", "hint"}}, words(api, visit, "file.hint"));
  open_form(html, api, visit, path_of(report) + "/report");
  draw_key(html, api);
  html.open("div", {{"class", "field"}}).element("label", {{"for", "summary"}}, words(api, visit, "summary"));
  html.element("textarea",
               {{"class", "textarea"}, {"id", "summary"}, {"name", "summary"}, {"rows", "8"}, {"required", ""}},
               story_words(api, visit, report.story));
  html.close("div").open("div", {{"class", "field"}});
  html.element("label", {{"for", "noticed"}}, words(api, visit, "noticed"));
  html.lone("input", {{"class", "input input-medium"},
                      {"type", "text"},
                      {"id", "noticed"},
                      {"name", "noticed"},
                      {"value", tokyo_text(report.received_at).substr(0, 16)},
                      {"autocomplete", "off"},
                      {"required", ""}});
  html.close("div");
  draw_select(html, api, visit, {"kind", {"incident", "near_miss"}});
  draw_select(html, api, visit, {"scope", {"members_anonymously", "secretariat_only", "secretariat_and_authority"}});
  draw_button(html, api, visit, "file.send", "button button-primary");
  html.close("form").close("details");
}

Status draw_opening(Html& html, const Api& api, const Visit& visit, const UnnamedReport& report,
                    const IdentityOpening& opening) {
  const bool english = visit.language == Language::English;
  html.open("section", {{"class", "card"}});
  html.element("h3", words(api, visit, "opening." + std::string(identity_opening_state_text(opening.state))));
  html.element("p", {{"class", "prose"}}, opening.reason);
  html.element(
      "p", {{"class", "meta"}},
      words(api, visit, "opening.by",
            {{"person", person_name(visit, opening.proposed_by)}, {"time", tokyo_text(opening.proposed_at, english)}}));
  if (opening.decided_by && opening.decided_at) {
    html.element("p", {{"class", "meta"}},
                 words(api, visit, "opening.decided",
                       {{"person", person_name(visit, *opening.decided_by)},
                        {"time", tokyo_text(*opening.decided_at, english)}}));
  }
  const auto abilities = flow::opening_abilities(visit.who(), report, opening);
  const std::string base = path_of(report) + "/identity/" + opening.id.text();
  if (abilities.agree) {
    open_form(html, api, visit, base + "/agree");
    TRY_OK(
        draw_step_up(html, api, visit, action::AgreeToIdentity::purpose({opening.id, report.id, opening.proposed_by})));
    draw_button(html, api, visit, "opening.agree", "button button-primary");
    html.close("form");
  }
  if (abilities.reject) {
    open_form(html, api, visit, base + "/reject");
    draw_button(html, api, visit, "opening.reject", "button");
    html.close("form");
  }
  html.close("section");
  return {};
}

Status draw_identity(Html& html, const Api& api, const Visit& visit, const UnnamedReport& report) {
  const auto left = flow::identity_left(visit.who(), report);
  if (!left) return {};
  html.element("h2", words(api, visit, "identity"));
  html.element("p", words(api, visit, *left ? "identity.left" : "identity.none"));
  TRY(const auto opened, flow::opened_identity(api.platform(), visit.who(), report));
  if (opened) {
    html.open("dl", {{"class", "summary-list"}});
    html.open("div").element("dt", api.text(visit, "page.easy.name")).element("dd", opened->name).close("div");
    html.open("div").element("dt", api.text(visit, "page.easy.contact")).element("dd", opened->contact).close("div");
    html.close("dl");
  }
  for (const IdentityOpening& opening : report.openings) TRY_OK(draw_opening(html, api, visit, report, opening));
  const bool waits = std::ranges::any_of(
      report.openings, [](const IdentityOpening& opening) { return opening.state == IdentityOpeningState::Proposed; });
  if (waits || opened || !flow::unnamed_abilities(visit.who(), report).propose_identity) return {};
  html.open("details", {{"class", "easy-identity"}}).element("summary", words(api, visit, "identity.ask"));
  html.element("p", {{"class", "hint"}}, words(api, visit, "identity.hint"));
  open_form(html, api, visit, path_of(report) + "/identity");
  html.open("div", {{"class", "field"}}).element("label", {{"for", "reason"}}, words(api, visit, "reason"));
  html.lone("input", {{"class", "input"},
                      {"type", "text"},
                      {"id", "reason"},
                      {"name", "reason"},
                      {"maxlength", "300"},
                      {"autocomplete", "off"},
                      {"required", ""}});
  html.close("div");
  TRY_OK(draw_step_up(html, api, visit, action::ProposeIdentity::purpose({report.id})));
  draw_button(html, api, visit, "identity.propose", "button");
  html.close("form").close("details");
  return {};
}

Result<HttpResponse> whole_page(const Api& api, const Visit& visit, const UnnamedReport& report,
                                const std::optional<Error>& error = std::nullopt) {
  Html html;
  html.open("p").element("a", {{"href", "/unnamed"}}, words(api, visit, "title")).close("p");
  html.element("h1", words(api, visit, "one"));
  if (error) draw_problem(html, api, visit, *error);
  html.open("p", {{"class", "meta"}});
  tlp_badge(html, report.label.tlp);
  draw_state(html, api, visit, report);
  html.element("span", api.text(visit, "page.code.received", {{"time", hour_words(api, visit, report.received_at)}}));
  html.close("p");
  draw_story(html, api, visit, report.story);
  html.open("section", {{"class", "card"}}).element("h2", words(api, visit, "talk"));
  draw_talk(html, api, visit, report, DeskNames::Shown);
  html.close("section");
  draw_answering(html, api, visit, report);
  draw_filing(html, api, visit, report);
  TRY_OK(draw_identity(html, api, visit, report));
  return desk_page(api, visit, html, error ? status_of(*error) : 200);
}

Result<UnnamedReport> asked_report(const Api& api, const Visit& visit) {
  return flow::find_unnamed(api.platform(), visit.who(), visit.value("id"));
}

// What somebody can put right on the same page.
bool is_shown_again(const Error& error) {
  return error.code.starts_with("step_up.") || error.kind == ErrorKind::Invalid || error.kind == ErrorKind::Conflict ||
         error.kind == ErrorKind::TooLarge;
}

// Back to the page it came from, or that page with what went wrong.
template <class T>
Result<HttpResponse> after(const Api& api, const Visit& visit, const UnnamedReport& report, const Result<T>& done) {
  if (done.ok()) return see_other(path_of(report));
  if (!is_shown_again(done.error())) return done.error();
  return whole_page(api, visit, report, done.error());
}

std::string field(const Visit& visit, std::string_view name) {
  return form_value(visit.request.body, name).value_or("");
}

Result<ReportDraft> typed_draft(const Api& api, const Visit& visit) {
  UnnamedFilingWords typed;
  typed.summary = field(visit, "summary");
  typed.kind = field(visit, "kind");
  typed.scope = field(visit, "scope");
  TRY(typed.noticed_at, understand_time(field(visit, "noticed"), api.platform().clock.now()));
  return unnamed_draft(typed);
}

}  // namespace

Result<HttpResponse> page_unnamed_list(Api& api, const Visit& visit) {
  TRY(const auto reports, flow::unnamed_reports(api.platform(), visit.who(), {.before = {}, .limit = kShown}));
  Html html;
  html.element("h1", words(api, visit, "title")).element("p", {{"class", "lead"}}, words(api, visit, "lead"));
  if (reports.rows.empty()) html.element("p", {{"class", "empty"}}, words(api, visit, "none"));
  html.open("ul", {{"class", "rows"}});
  for (const UnnamedReport& report : reports.rows) draw_row(html, api, visit, report);
  html.close("ul");
  return desk_page(api, visit, html);
}

Result<HttpResponse> page_unnamed(Api& api, const Visit& visit) {
  TRY(const UnnamedReport report, asked_report(api, visit));
  return whole_page(api, visit, report);
}

Result<HttpResponse> page_unnamed_answer(Api& api, const Visit& visit) {
  TRY(const UnnamedReport report, asked_report(api, visit));
  return after(api, visit, report,
               flow::answer_unnamed(api.platform(), visit.who(), report, field(visit, "text"), typed_key(visit)));
}

Result<HttpResponse> page_unnamed_close(Api& api, const Visit& visit) {
  TRY(const UnnamedReport report, asked_report(api, visit));
  return after(api, visit, report, flow::close_unnamed(api.platform(), visit.who(), report));
}

Result<HttpResponse> page_unnamed_report(Api& api, const Visit& visit) {
  TRY(const UnnamedReport report, asked_report(api, visit));
  const auto filed = [&]() -> Result<ReportVersion> {
    TRY(ReportDraft draft, typed_draft(api, visit));
    return flow::file_unnamed(api.platform(), visit.who(), report, std::move(draft), typed_key(visit));
  }();
  return after(api, visit, report, filed);
}

Result<HttpResponse> page_unnamed_identity(Api& api, const Visit& visit) {
  TRY(const UnnamedReport report, asked_report(api, visit));
  return after(
      api, visit, report,
      flow::propose_identity(api.platform(), visit.who(), report, {field(visit, "reason"), step_up_of_form(visit)}));
}

Result<HttpResponse> page_unnamed_agree(Api& api, const Visit& visit) {
  TRY(const UnnamedReport report, asked_report(api, visit));
  return after(
      api, visit, report,
      flow::open_identity(api.platform(), visit.who(), report, visit.value("opening"), step_up_of_form(visit)));
}

Result<HttpResponse> page_unnamed_reject(Api& api, const Visit& visit) {
  TRY(const UnnamedReport report, asked_report(api, visit));
  return after(api, visit, report, flow::reject_identity(api.platform(), visit.who(), report, visit.value("opening")));
}

}  // namespace hinomi::api
