// かんたん画面: three buttons, four questions on a page each, check, send; no JavaScript and no account. The answers
// travel in the body from page to page; nothing is kept here before they are sent.
#include "api/pages/frame.h"
#include "api/pages/pages.h"
#include "api/pages/unnamed_parts.h"
#include "api/problem.h"
#include "api/session_cookie.h"
#include "base/text.h"
#include "flow/file_report.h"
#include "flow/unnamed.h"
#include "policy/permit.h"
#include "policy/reading.h"

namespace hinomi::api {
namespace {

constexpr int kQuestions = 4;
constexpr int kCheck = kQuestions + 1;

// As typed, whichever page it came from.
struct Answers {
  std::string happening, details, noticed, place, goes_on, wish, name, contact, as;
};
Answers answers_in(const HttpRequest& request) {
  const auto field = [&](std::string_view name) { return form_value(request.body, name).value_or(""); };
  return {field("happening"), field("details"), field("noticed"), field("place"), field("goes_on"),
          field("wish"),      field("name"),    field("contact"), field("as")};
}

// What was not answered is not known yet.
std::string answer_or_unknown(const std::string& word) { return word.empty() ? "unknown" : word; }

Result<UnnamedStory> story_of(const Answers& answers) {
  UnnamedStory story;
  TRY(story.happening, parse_happening(answer_or_unknown(answers.happening)));
  TRY(story.noticed, parse_noticed_when(answer_or_unknown(answers.noticed)));
  TRY(story.goes_on, parse_goes_on(answer_or_unknown(answers.goes_on)));
  story.details = answers.details;
  story.place = answers.place;
  story.wish = answers.wish;
  return checked_story(std::move(story));
}

std::string words(const Api& api, const Visit& visit, std::string_view key, const Catalogue::Values& values = {}) {
  return api.text(visit, "page.easy." + std::string(key), values);
}

bool may_send_named(const Visit& visit) {
  return visit.caller && policy::allows<policy::action::FileReport>(visit.who().principal, {visit.who().org().id}).ok();
}
bool accepts(const Api& api) { return api.platform().entrance.unnamed.accepts; }

struct Choice {
  Literal name;
  std::vector<std::string_view> values;
  std::string chosen;
};
void draw_choice(Html& html, const Api& api, const Visit& visit, const Choice& choice) {
  const std::string name(choice.name.text());
  html.open("fieldset", {{"class", "field"}}).element("legend", words(api, visit, "choose"));
  html.open("div", {{"class", "choices choices-stacked"}});
  for (const std::string_view value : choice.values) {
    html.open("label", {{"class", "choice"}});
    html.lone(
        "input",
        {{"type", "radio"}, {"name", name}, {"value", std::string(value)}, {"checked", "", value == choice.chosen}});
    html.element("span", {{"class", "choice-text"}}, words(api, visit, name + "." + std::string(value)));
    html.close("label");
  }
  html.close("div").close("fieldset");
}

struct TextField {
  Literal name;
  const std::string& value;
  Literal rows;
  Literal most;
};
void draw_text(Html& html, const Api& api, const Visit& visit, const TextField& field) {
  const std::string name(field.name.text());
  html.open("div", {{"class", "field"}}).element("label", {{"for", name}}, words(api, visit, name));
  html.element("p", {{"class", "hint"}, {"id", name + "-hint"}}, words(api, visit, name + ".hint"));
  html.element("textarea",
               {{"class", "textarea"},
                {"id", name},
                {"name", name},
                {"rows", std::string(field.rows.text())},
                {"maxlength", std::string(field.most.text())},
                {"aria-describedby", name + "-hint"},
                {"autocomplete", "off"}},
               field.value);
  html.close("div");
}

void draw_line(Html& html, const Api& api, const Visit& visit, Literal name, const std::string& value) {
  const std::string id(name.text());
  html.open("div", {{"class", "field"}}).element("label", {{"for", id}}, words(api, visit, id));
  html.lone("input", {{"class", "input"},
                      {"type", "text"},
                      {"id", id},
                      {"name", id},
                      {"value", value},
                      {"maxlength", "100"},
                      {"autocomplete", "off"}});
  html.close("div");
}

// The fields of a question, for the page that asks it; every other page carries them hidden.
void carry(Html& html, const Answers& answers, int page) {
  if (page != 1) draw_hidden(html, "happening", answers.happening);
  if (page != 1) draw_hidden(html, "details", answers.details);
  if (page != 2) draw_hidden(html, "noticed", answers.noticed);
  if (page != 3) draw_hidden(html, "place", answers.place);
  if (page != 4) draw_hidden(html, "goes_on", answers.goes_on);
  if (page != 4) draw_hidden(html, "wish", answers.wish);
  if (page == kCheck) return;
  draw_hidden(html, "name", answers.name);
  draw_hidden(html, "contact", answers.contact);
  draw_hidden(html, "as", answers.as);
}

void draw_question(Html& html, const Api& api, const Visit& visit, const Answers& answers, int page) {
  if (page == 1) {
    draw_choice(html, api, visit, {"happening", happenings(), answers.happening});
    draw_text(html, api, visit, {"details", answers.details, "5", "2000"});
  } else if (page == 2) {
    draw_choice(html, api, visit, {"noticed", noticed_whens(), answers.noticed});
  } else if (page == 3) {
    draw_text(html, api, visit, {"place", answers.place, "3", "500"});
  } else {
    draw_choice(html, api, visit, {"goes_on", goes_on_words(), answers.goes_on});
    draw_text(html, api, visit, {"wish", answers.wish, "3", "500"});
  }
}

struct Step {
  int to;
  std::string_view key;
  Literal style = "button";
};
void draw_step(Html& html, const Api& api, const Visit& visit, const Step& step) {
  html.element("button",
               {{"class", std::string(step.style.text())}, {"name", "step"}, {"value", std::to_string(step.to)}},
               words(api, visit, step.key));
}

HttpResponse easy_page(const Api& api, const Visit& visit, const std::string& title, const Html& html,
                       int status = 200) {
  return page(api, visit, {.title = title, .width = Width::Narrow, .script = Script::No, .marking = {}}, html, status);
}

HttpResponse question_page(const Api& api, const Visit& visit, const Answers& answers, int page,
                           const std::optional<Error>& error = std::nullopt) {
  const std::string number = std::to_string(page);
  const std::string title = words(api, visit, "question" + number);
  Html html;
  draw_telephone(html, api, visit);
  html.element("p", {{"class", "easy-progress"}}, words(api, visit, "progress", {{"number", number}}));
  html.element("h1", title);
  if (error) draw_problem(html, api, visit, *error);
  open_form(html, api, visit, "/easy/report");
  carry(html, answers, page);
  draw_hidden(html, "at", number);
  draw_question(html, api, visit, answers, page);
  html.open("div", {{"class", "form-actions easy-actions"}});
  draw_step(html, api, visit, {page + 1, "next", "button button-primary"});
  if (page == 3) draw_step(html, api, visit, {page + 1, "unknown"});
  if (page > 1) draw_step(html, api, visit, {page - 1, "back"});
  html.close("div").close("form");
  draw_term(html, api, visit, "unknown");
  draw_term(html, api, visit, "secretariat");
  return easy_page(api, visit, title + " " + number + "/4", html, error ? status_of(*error) : 200);
}

void draw_answers(Html& html, const Api& api, const Visit& visit, const UnnamedStory& story) {
  draw_story(html, api, visit, story);
  html.open("div", {{"class", "form-actions easy-actions"}});
  for (int page = 1; page <= kQuestions; ++page) {
    html.element("button", {{"class", "button button-small"}, {"name", "step"}, {"value", std::to_string(page)}},
                 words(api, visit, "change" + std::to_string(page)));
  }
  html.close("div");
}

void draw_as(Html& html, const Api& api, const Visit& visit, const Answers& answers) {
  const bool english = visit.language == Language::English;
  const Organisation& org = visit.who().org();
  const bool unnamed = answers.as == "unnamed";
  html.open("fieldset", {{"class", "field"}}).element("legend", words(api, visit, "as"));
  html.open("div", {{"class", "choices choices-stacked"}}).open("label", {{"class", "choice"}});
  html.lone("input", {{"type", "radio"}, {"name", "as"}, {"value", "org"}, {"checked", "", !unnamed}});
  html.element("span", words(api, visit, "as.org", {{"org", english ? org.name_en : org.name}})).close("label");
  html.open("label", {{"class", "choice"}});
  html.lone("input", {{"type", "radio"}, {"name", "as"}, {"value", "unnamed"}, {"checked", "", unnamed}});
  html.element("span", words(api, visit, "as.unnamed")).close("label").close("div");
  html.element("p", {{"class", "hint"}}, words(api, visit, "as.hint")).close("fieldset");
}

void draw_identity(Html& html, const Api& api, const Visit& visit, const Answers& answers) {
  const bool filled = !answers.name.empty() || !answers.contact.empty();
  html.open("details", {{"class", "easy-identity"}, {"open", "", filled}});
  html.element("summary", words(api, visit, "identity")).element("p", words(api, visit, "identity.sealed"));
  html.element("p", words(api, visit, "identity.opened"));
  draw_line(html, api, visit, "name", answers.name);
  draw_line(html, api, visit, "contact", answers.contact);
  html.close("details");
}

// Everything once more, and the one button that sends it.
HttpResponse check_page(const Api& api, const Visit& visit, const Answers& answers, const UnnamedStory& story,
                        const std::optional<Error>& error = std::nullopt) {
  Html html;
  draw_telephone(html, api, visit);
  html.element("h1", words(api, visit, "check"));
  if (error) draw_problem(html, api, visit, *error);
  html.element("p", {{"class", "lead"}}, words(api, visit, "check.lead"));
  open_form(html, api, visit, "/easy/report");
  draw_key(html, api);
  draw_hidden(html, "at", std::to_string(kCheck));
  carry(html, answers, kCheck);
  // The first button of a form is what Enter presses.
  html.element(
      "button",
      {{"class", "visually-hidden"}, {"name", "step"}, {"value", "send"}, {"tabindex", "-1"}, {"aria-hidden", "true"}},
      words(api, visit, "send"));
  draw_answers(html, api, visit, story);
  if (may_send_named(visit) && accepts(api)) draw_as(html, api, visit, answers);
  if (accepts(api)) draw_identity(html, api, visit, answers);
  html.open("div", {{"class", "form-actions easy-actions"}});
  html.element("button", {{"class", "button button-primary"}, {"name", "step"}, {"value", "send"}},
               words(api, visit, "send"));
  html.close("div").close("form");
  draw_term(html, api, visit, "code");
  draw_term(html, api, visit, "secretariat");
  return easy_page(api, visit, words(api, visit, "check"), html, error ? status_of(*error) : 200);
}

HttpResponse sent_page(const Api& api, const Visit& visit, const ReceiptCode& code) {
  Html html;
  draw_telephone(html, api, visit);
  html.element("h1", words(api, visit, "sent")).element("p", {{"class", "lead"}}, words(api, visit, "sent.lead"));
  html.open("section", {{"class", "card receipt-card"}}).element("h2", words(api, visit, "code"));
  html.open("p", {{"class", "receipt-code"}, {"translate", "no"}});
  const SecretText grouped = code.grouped();
  bool first = true;
  for (const std::string_view group : split(grouped.expose(), '-')) {
    if (!first) html.text(" ");
    html.element("span", group);
    first = false;
  }
  html.close("p").element("p", words(api, visit, "code.once")).element("p", words(api, visit, "code.aloud"));
  html.close("section");
  html.element("h2", words(api, visit, "next_steps")).open("ol");
  for (const char* step : {"sent.step1", "sent.step2", "sent.step3"}) html.element("li", words(api, visit, step));
  html.close("ol").open("p").element("a", {{"class", "button"}, {"href", "/r"}}, words(api, visit, "come_back"));
  html.close("p");
  return easy_page(api, visit, words(api, visit, "sent"), html);
}

// For somebody whose ceiling is below what reports stand under: the number, and no more of it.
HttpResponse filed_page(const Api& api, const Visit& visit, const ReportVersion& filed) {
  Html html;
  draw_telephone(html, api, visit);
  html.element("h1", words(api, visit, "sent")).element("p", {{"class", "lead"}}, words(api, visit, "sent.lead"));
  html.open("section", {{"class", "card receipt-card"}}).element("h2", words(api, visit, "filed.number"));
  html.open("p", {{"class", "receipt-code"}, {"translate", "no"}}).element("span", filed.number.text()).close("p");
  html.element("p", words(api, visit, "filed.hint")).close("section");
  return easy_page(api, visit, words(api, visit, "sent"), html);
}

// The moment it was noticed, as far as the answer tells; otherwise it is noticed now, to be put right later.
struct Noticed {
  Instant at;
  TimePrecision precision = TimePrecision::Minute;
};
Noticed noticed_at(NoticedWhen when, Instant now) {
  const auto day = [](Day which) {
    return Noticed{tokyo_end_of_day(which - std::chrono::days(1)), TimePrecision::Day};
  };
  if (when == NoticedWhen::Yesterday) return day(tokyo_day(now) - std::chrono::days(1));
  return {now};
}

// Without the name and contact that may have been left: they were promised a seal that a report does not have.
Result<ReportDraft> draft_of(const Api& api, const Visit& visit, const UnnamedStory& story) {
  ReportDraft draft;
  draft.summary = story_words(api, visit, story);
  const Noticed noticed = noticed_at(story.noticed, api.platform().clock.now());
  Fact time{ValueState::Given, noticed.at};
  time.precision = noticed.precision;
  time.estimated = true;
  for (const std::string_view name : {"t.detected", "t.recognised", "t.known"}) TRY_OK(draft.facts.set(name, time));
  return draft;
}

Result<HttpResponse> send_named(const Api& api, const Visit& visit, const UnnamedStory& story) {
  if (says_nothing(story)) return invalid("unnamed.empty", "Say at least one thing: what it is, when, or where.");
  TRY(ReportDraft draft, draft_of(api, visit, story));
  TRY(const auto routed, flow::check_report(api.platform(), visit.who(), std::move(draft), visit.who().org().id));
  TRY(const auto filed, flow::file_report(api.platform(), visit.who(), routed, typed_key(visit)));
  TRY(const flow::Caller now, flow::renewed(api.platform(), visit.who()));
  if (policy::may_read(now.principal, stricter(filed.victim_label, filed.technical_label)))
    return see_other("/report/done/" + filed.report.text());
  return filed_page(api, visit, filed);
}

Result<HttpResponse> send(const Api& api, const Visit& visit, const Answers& answers, const UnnamedStory& story) {
  TRY_OK(check_proof(api, visit));
  const bool named = may_send_named(visit) && answers.as != "unnamed";
  if (named) return send_named(api, visit, story);
  if (answers.as == "org")
    return invalid("unnamed.no_organisation", "Sign in again, or send it without a name.", "/as");
  TRY_OK(api.count_sending(visit.request));
  TRY(const ReceiptCode code,
      flow::send_unnamed(api.platform(),
                         {story, {answers.name, answers.contact}, form_value(visit.request.body, "key").value_or("")}));
  return sent_page(api, visit, code);
}

int question_asked(const std::optional<std::string>& text) {
  for (int page = 1; page <= kCheck; ++page) {
    if (text == std::to_string(page)) return page;
  }
  return 1;
}

// Where a text stands that cannot be accepted.
int question_of(const Error& error) {
  if (error.where == "/place") return 3;
  if (error.where == "/wish") return 4;
  return 1;
}

void draw_button(Html& html, const std::string& href, const std::string& title, const std::string& hint) {
  html.open("li").open("a", {{"class", "easy-button"}, {"href", href}});
  html.element("strong", title).element("span", hint).close("a").close("li");
}

}  // namespace

Result<HttpResponse> page_easy(Api& api, const Visit& visit) {
  Html html;
  draw_telephone(html, api, visit);
  html.element("h1", words(api, visit, "title")).element("p", {{"class", "lead"}}, words(api, visit, "lead"));
  const std::string& number = api.platform().entrance.unnamed.telephone;
  const bool open = accepts(api) || may_send_named(visit);
  if (!open) html.element("p", {{"class", "notice notice-warn"}}, words(api, visit, "off"));
  html.open("ul", {{"class", "easy-buttons"}});
  if (open) draw_button(html, "/easy/report", words(api, visit, "start"), words(api, visit, "start.hint"));
  draw_button(html, "/r", words(api, visit, "come_back"), words(api, visit, "come_back.hint"));
  draw_button(html, number.empty() ? "/login" : "tel:" + number, words(api, visit, "call"),
              number.empty() ? words(api, visit, "phone.none") : number);
  html.close("ul");
  if (accepts(api)) {
    html.open("section", {{"class", "card"}}).element("h2", words(api, visit, "promise")).open("ul");
    for (const char* promise : {"promise.1", "promise.2", "promise.3", "promise.4"})
      html.element("li", words(api, visit, promise));
    html.close("ul").close("section");
  }
  for (const std::string_view term : {"secretariat", "code", "trace"}) draw_term(html, api, visit, term);
  return easy_page(api, visit, words(api, visit, "title"), html);
}

Result<HttpResponse> page_easy_report(Api& api, const Visit& visit) {
  if (!accepts(api) && !may_send_named(visit)) return page_easy(api, visit);
  return question_page(api, visit, {}, 1);
}

Result<HttpResponse> page_easy_report_send(Api& api, const Visit& visit) {
  const Answers answers = answers_in(visit.request);
  const auto step = form_value(visit.request.body, "step");
  const auto story = story_of(answers);
  if (!story.ok()) return question_page(api, visit, answers, question_of(story.error()), story.error());
  if (step != "send") {
    const int page = question_asked(step);
    return page == kCheck ? check_page(api, visit, answers, *story) : question_page(api, visit, answers, page);
  }
  auto sent = send(api, visit, answers, *story);
  if (sent.ok()) return sent;
  const ErrorKind kind = sent.error().kind;
  if (kind != ErrorKind::Invalid && kind != ErrorKind::Unavailable) return sent;  // the same again would not help
  return check_page(api, visit, answers, *story, sent.error());
}

}  // namespace hinomi::api
