// 第一報 in three screens: write, check, receipt. Each is one round trip and needs no JavaScript.
#include "api/pages/draft_pages.h"
#include "api/pages/pages.h"
#include "api/pages/recipient_pages.h"
#include "api/present.h"
#include "api/session_cookie.h"
#include "flow/file_report.h"
#include "rules/assessment.h"

namespace hinomi::api {
namespace {

std::string due_text(const Api& api, const Visit& visit, const rules::StageClock& clock) {
  const bool english = visit.language == Language::English;
  if (clock.deadline.kind == rules::DeadlineKind::Promptly) return rules::term_text(clock).in(visit.language);
  if (!clock.due.raw) return api.text(visit, "page.clock." + std::string(rules::clock_state_text(clock)));
  std::string text = api.text(visit, "page.clock.until", {{"time", tokyo_text(*clock.due.raw, english)}});
  if (clock.due.rolled && *clock.due.rolled != *clock.due.raw) {
    text += " " + api.text(visit, "page.clock.rolled", {{"time", tokyo_text(*clock.due.rolled, english)}});
  }
  return text;
}

// Duties that fire or may fire, each with its clocks and the reason; never a verdict of law.
void draw_duties(Html& html, const Api& api, const Visit& visit, const rules::Assessment& assessment) {
  html.element("h2", api.text(visit, "page.duties"))
      .element("p", {{"class", "hint"}}, api.text(visit, "page.duties.hint"))
      .open("ul", {{"class", "rows"}});
  for (const rules::DutyAssessment& assessed : assessment.duties) {
    if (assessed.verdict == rules::Verdict::DoesNot || assessed.duty == nullptr) continue;
    html.open("li").open("div", {{"class", "stack-tight"}});
    html.open("div").element("strong", assessed.duty->title.in(visit.language)).text(" ");
    html.element("span",
                 {{"class", assessed.verdict == rules::Verdict::Fires ? "badge badge-warn" : "badge badge-info"}},
                 api.text(visit, "page.verdict." + std::string(rules::verdict_text(assessed.verdict))));
    html.text(" ").element("span", {{"class", "badge"}},
                           api.text(visit, "page.nature." + std::string(rules::nature_text(assessed.duty->nature))));
    if (!assessed.duty->verified_on)
      html.text(" ").element("span", {{"class", "badge"}}, api.text(visit, "page.unverified"));
    html.close("div");
    for (const rules::StageClock& clock : assessed.clocks) {
      html.element("p", clock.title.in(visit.language) + ": " + due_text(api, visit, clock));
    }
    html.open("details", {{"class", "disclosure"}}).element("summary", api.text(visit, "page.why"));
    html.element("p", assessed.summary.in(visit.language))
        .element("p", {{"class", "hint"}}, assessed.duty->basis.in(visit.language))
        .close("details");
    html.close("div").close("li");
  }
  html.close("ul");
}

void draw_readers(Html& html, const Api& api, const Visit& visit, const TypedReport& typed,
                  const flow::ReportRecipients& recipients) {
  html.element("h2", api.text(visit, "page.readers")).open("p");
  tlp_badge(html, recipients.report.victim_label.tlp);
  html.text(" " + api.text(visit, "page.recipients.lead")).close("p");
  open_form(html, api, visit, "/report/look");
  carry_typed(html, typed);
  draw_recipients(html, api, visit, recipients, LookBy::Button);
  html.close("form");
}

// One answer as it was understood, and who will see it.
struct Entered {
  std::string_view name;  // of the form's field
  std::string value;
  std::string_view source;  // the fact or the part of the story
};

std::vector<Entered> entered(const Api& api, const Visit& visit, const TypedReport& typed, const ReportDraft& draft) {
  const auto answer = [&](std::string_view name) {
    return typed.value(name).empty() ? "" : api.text(visit, "page.answer." + typed.value(name));
  };
  const auto noticed = draft.facts.time("t.recognised");
  std::string indicators;
  for (const Indicator& indicator : draft.technical.indicators) indicators += defanged(indicator) + "\n";
  std::vector<Entered> answers{
      {"noticed", noticed ? tokyo_text(*noticed, visit.language == Language::English) : "", "t.recognised"},
      {"summary", draft.summary, "report.summary"},
      {"place", typed.value("place"), "place"},
      {"impact", api.text(visit, "page.value.impact." + typed.value("impact")), "impact.exists"},
      {"cyber", api.text(visit, "page.report.cyber." + typed.value("cyber")), "inc.cyber"},
      {"lost_kw", typed.value("lost_kw"), "outage.lost_kw"},
      {"contact", draft.contact, "contact"},
      {"indicators", indicators, "technical.indicators"}};
  for (const Entered& more :
       {Entered{"minutes", typed.value("minutes"), "outage.minutes"},
        Entered{"ongoing", answer("ongoing"), "outage.ongoing"}, Entered{"pii", answer("pii"), "pii.leak"},
        Entered{"tiec", answer("tiec"), "tiec.affected"}})
    if (!more.value.empty()) answers.push_back(more);
  return answers;
}

void draw_entered(Html& html, const Api& api, const Visit& visit, const std::vector<Entered>& answers,
                  const flow::ReportRecipients& recipients) {
  html.element("h2", api.text(visit, "page.entered")).open("dl", {{"class", "summary-list"}});
  for (const Entered& answer : answers) {
    html.open("div").element("dt", api.text(visit, "page.report." + std::string(answer.name)));
    if (answer.value.empty()) {
      html.element("dd", {{"class", "unanswered"}}, api.text(visit, "page.unanswered")).close("div");
      continue;
    }
    html.open("dd").element("p", {{"class", "prose"}}, answer.value);
    draw_seen_by(html, api, visit, recipients, answer.source);
    html.close("dd").close("div");
  }
  html.close("dl");
}

// The draft's id is the key of this form: pressing twice, or again after a lost answer, files one report.
void draw_sending(Html& html, const Api& api, const Visit& visit, const TypedReport& typed) {
  draw_draft_messages(html, api, visit, typed);
  draw_draft_terms(html, api, visit, typed);
  html.open("form", {{"method", "post"},
                     {"action", "/report"},
                     {"class", "form"},
                     {"id", kReportFormId},
                     {"data-draft-form", "send"}});
  draw_proof(html, api, visit);
  carry_typed(html, typed);
  html.open("div", {{"class", "form-actions"}})
      .element("button", {{"class", "button button-primary"}}, api.text(visit, "page.check.send"));
  html.element("button", {{"class", "button button-quiet"}, {"formaction", "/report/edit"}},
               api.text(visit, "page.check.back"))
      .close("div");
  html.close("form");
}

HttpResponse check_page(const Api& api, const Visit& visit, const TypedReport& typed,
                        const flow::RoutedReport& routed) {
  Html html;
  html.element("h1", api.text(visit, "page.check.title"));
  draw_report_steps(html, api, visit, 2);
  html.element("p", {{"class", "lead"}}, api.text(visit, "page.check.lead"));
  const auto recipients = flow::recipients_of_draft(api.platform(), visit.who(), routed);
  draw_entered(html, api, visit, entered(api, visit, typed, routed.report().content()), recipients);
  draw_readers(html, api, visit, typed, recipients);
  draw_duties(html, api, visit, routed.assessment());
  draw_sending(html, api, visit, typed);
  return page(api, visit,
              {.title = api.text(visit, "page.check.title"),
               .width = Width::Narrow,
               .script = Script::Draft,
               .marking = {},
               .form = kReportFormId,
               .form_keeper = "/report/drafts?step=check"},
              html);
}

std::string read_aloud(const Api& api, const Visit& visit, const ReportVersion& report) {
  const bool english = visit.language == Language::English;
  const Person& person = visit.who().person();
  const Organisation& org = visit.who().org();
  const auto noticed = report.content.facts.time("t.recognised");
  return api.text(visit, "page.receipt.aloud.text",
                  {{"org", english ? org.name_en : org.name},
                   {"person", english ? person.name_en : person.name},
                   {"time", noticed ? tokyo_text(*noticed, english) : ""},
                   {"summary", report_title(report.content)},
                   {"number", report.number.text()}});
}

}  // namespace

namespace {

Result<HttpResponse> check_or_ask(const Api& api, const Visit& visit, TypedReport typed) {
  UnderstoodReport understood = understand_report(typed, api.platform().clock.now());
  const auto ask = [&](std::vector<FieldProblem> problems) {
    return writing_page(api, visit, std::move(typed), {.problems = std::move(problems)});
  };
  if (!understood.problems.empty()) return ask(std::move(understood.problems));
  auto routed = flow::check_report(api.platform(), visit.who(), std::move(understood.draft), visit.who().principal.org);
  if (!routed.ok() && routed.error().kind == ErrorKind::Invalid) return ask({{"summary", "not_accepted"}});
  if (!routed.ok()) return routed.error();
  return check_page(api, visit, typed, *routed);
}

// What was sent is the form's last word, unless somewhere else has saved a newer one.
flow::RepeatKey filing_of(const Visit& visit, const TypedReport& typed) {
  if (!typed.draft.is_nil()) return flow::filing_of({typed.draft, typed.revision}, typed.fields);
  return {form_value(visit.request.body, "key").value_or(""), sha256("POST /report\n" + visit.request.body)};
}

}  // namespace

Result<HttpResponse> page_report_check(Api& api, const Visit& visit) {
  TypedReport typed = read_typed_report(visit.request.body);
  // A draft that cannot be kept must not keep anybody from reporting.
  const Status kept = keep_typed(api, visit, typed);
  if (!kept.ok() && would_lose_text(kept.error())) return unkept_page(api, visit, std::move(typed), kept.error());
  if (typed.draft.is_nil()) typed.draft = DraftId::random(api.platform().random);
  return check_or_ask(api, visit, std::move(typed));
}

Result<HttpResponse> page_report_check_again(Api& api, const Visit& visit) {
  const auto id = DraftId::parse(visit.request.parameter("draft").value_or(""));
  if (!id.ok()) return see_other("/report");
  const auto draft = flow::find_draft(api.platform(), visit.who(), *id);
  if (!draft.ok()) return see_other("/report?draft=" + id->text());
  TypedReport typed;
  typed.fields = draft->fields;
  typed.draft = draft->id;
  typed.revision = draft->revision;
  return check_or_ask(api, visit, std::move(typed));
}

Result<HttpResponse> page_report_send(Api& api, const Visit& visit) {
  TypedReport typed = read_typed_report(visit.request.body);
  UnderstoodReport understood = understand_report(typed, api.platform().clock.now());
  if (!understood.problems.empty())
    return writing_page(api, visit, std::move(typed), {.problems = std::move(understood.problems)});
  TRY(const flow::RoutedReport routed,
      flow::check_report(api.platform(), visit.who(), std::move(understood.draft), visit.who().principal.org));
  TRY(const bool behind, is_behind_stored(api, visit, typed));
  if (behind) return unkept_page(api, visit, std::move(typed), conflict("draft.moved_on", "It was saved elsewhere."));
  const auto filed = flow::file_report(api.platform(), visit.who(), routed, filing_of(visit, typed));
  if (!filed.ok() && filed.error().code == "idempotency.key_reused" && !typed.draft.is_nil())
    return unkept_page(api, visit, std::move(typed), conflict("draft.sent", "A report was sent from this draft."));
  if (!filed.ok()) return filed.error();
  const std::string done = "/report/done/" + filed->report.text();
  return see_other(typed.draft.is_nil() ? done : done + "?draft=" + typed.draft.text());
}

Result<HttpResponse> page_report_done(Api& api, const Visit& visit) {
  TRY(const ReportVersion report, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const rules::Assessment assessment, flow::assess_report(api.platform(), visit.who(), report));
  Html html;
  html.element("h1", api.text(visit, "page.receipt.title"));
  draw_report_steps(html, api, visit, 3);
  if (const auto draft = DraftId::parse(visit.request.parameter("draft").value_or("")); draft.ok())
    html.open("div", {{"data-draft-sent", draft->text()}, {"hidden", ""}}).close("div");
  html.open("p").element("span", {{"class", "receipt-number"}}, report.number.text()).text(" ");
  html.element("span", {{"class", "soft"}}, tokyo_text(report.filed_at, visit.language == Language::English))
      .close("p");
  html.element("h2", api.text(visit, "page.receipt.aloud"))
      .element("p", {{"class", "read-aloud"}}, read_aloud(api, visit, report));
  draw_duties(html, api, visit, assessment);
  html.element("h2", api.text(visit, "page.receipt.next")).open("ul");
  const std::string id = report.report.text();
  html.open("li").element("a", {{"href", "/reports/" + id}}, api.text(visit, "page.receipt.add")).close("li");
  html.open("li")
      .element("a", {{"href", "/reports/" + id + "/print"}}, api.text(visit, "page.receipt.print"))
      .close("li");
  html.open("li")
      .element("a", {{"href", "/reports/" + id + "/forms"}}, api.text(visit, "page.receipt.forms"))
      .close("li");
  html.open("li").element("a", {{"href", "/"}}, api.text(visit, "page.receipt.home")).close("li").close("ul");
  return page(
      api, visit,
      {.title = api.text(visit, "page.receipt.title"), .width = Width::Narrow, .script = Script::Draft, .marking = {}},
      html);
}

void draw_report(Html& html, const Api& api, const Visit& visit, const ReportVersion& report) {
  const bool english = visit.language == Language::English;
  html.element("p", {{"class", "page-number"}}, report.number.text())
      .element("h1", report_title(report.content))
      .open("p");
  tlp_badge(html, report.victim_label.tlp);
  html.text(" " + api.text(visit, "page.version",
                           {{"n", std::to_string(report.version)}, {"time", tokyo_text(report.filed_at, english)}}))
      .close("p");
  html.element("p", {{"class", "prose"}}, report.content.summary).open("dl", {{"class", "summary-list"}});
  for (const auto& [name, fact] : report.content.facts.all()) {
    html.open("div").element("dt", api.text(visit, "fact." + name + ".label"));
    html.open("dd").text(fact_text(api, visit, name, fact));
    if (!fact.evidence.empty()) html.element("p", {{"class", "hint prose"}}, fact.evidence);
    html.close("dd").close("div");
  }
  html.close("dl");
  if (!report.content.technical.indicators.empty()) {
    html.element("h2", api.text(visit, "page.indicators")).open("ul");
    for (const Indicator& indicator : report.content.technical.indicators)
      html.open("li").element("code", {{"class", "indicator"}}, defanged(indicator)).close("li");
    html.close("ul");
  }
}

Result<HttpResponse> page_report_print(Api& api, const Visit& visit) {
  TRY(const ReportVersion report, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  Html html;
  draw_report(html, api, visit, report);
  const std::string marking = std::string(tlp_text(report.victim_label.tlp)) + "  " + report.number.text();
  return page(api, visit,
              {.title = report.number.text(), .width = Width::Narrow, .script = Script::No, .marking = marking}, html);
}

namespace {

std::string value_text(const Api& api, const Visit& visit, const std::string& name, const Fact& fact) {
  const FactDefinition* definition = find_fact_definition(name);
  if (const auto* flag = std::get_if<bool>(&*fact.value))
    return api.text(visit, *flag ? "page.answer.yes" : "page.answer.no");
  if (const auto* number = std::get_if<double>(&*fact.value)) {
    JsonWriter digits;
    digits.number(*number);
    return digits.take() + " " + std::string(definition == nullptr ? "" : definition->unit);
  }
  if (const auto* time = std::get_if<Instant>(&*fact.value))
    return partial_time_text({*time, fact.precision}, visit.language == Language::English);
  if (const auto* text = std::get_if<std::string>(&*fact.value)) {
    const std::string key = "fact." + name + ".choice." + *text;
    return api.catalogue().has(key) ? api.text(visit, key) : *text;
  }
  std::string joined;
  for (const std::string& word : std::get<std::set<std::string>>(*fact.value)) {
    const std::string key = "fact." + name + ".choice." + word;
    joined += (joined.empty() ? "" : ", ") + (api.catalogue().has(key) ? api.text(visit, key) : word);
  }
  return joined;
}

}  // namespace

std::string fact_text(const Api& api, const Visit& visit, const std::string& name, const Fact& fact) {
  if (!fact.value) return api.text(visit, "fact.state." + std::string(value_state_text(fact.state)));
  std::string value = value_text(api, visit, name, fact);
  return fact.estimated ? api.text(visit, "page.fact.estimated", {{"value", value}}) : value;
}

}  // namespace hinomi::api
