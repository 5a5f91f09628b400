#include "api/pages/report_form.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "api/session_cookie.h"
#include "base/text.h"
#include "model/typed_time.h"

namespace hinomi::api {
namespace {

constexpr std::size_t kEditorBytes = 64;

struct Choice {
  std::string_view value;
  std::string_view text;  // catalogue key
};

std::optional<double> number_of(std::string text) {
  text = nfkc(trimmed(text));
  std::erase(text, ',');
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

// Collects facts; a fact the vocabulary refuses becomes a problem at the field it came from.
class Reader {
 public:
  Reader(const TypedReport& typed, UnderstoodReport& out) : typed_(typed), out_(out) {}

  void fact(std::string_view field, std::string_view name, Fact fact) {
    if (!out_.draft.facts.set(name, std::move(fact)).ok()) problem(field, "not_accepted");
  }
  void number(std::string_view field, std::string_view name) {
    const std::string text = typed_.value(field);
    if (text.empty()) return;
    if (const auto value = number_of(text)) return fact(field, name, {ValueState::Given, *value});
    problem(field, "number");
  }
  // yes / no / unknown → flag with a value state.
  void flag(std::string_view field, std::string_view name) {
    const std::string text = typed_.value(field);
    if (text == "yes" || text == "no") return fact(field, name, {ValueState::Given, text == "yes"});
    if (text == "unknown") fact(field, name, {ValueState::Investigating, std::nullopt});
  }
  void choice(std::string_view field, std::string_view name) {
    const std::string text = typed_.value(field);
    if (!text.empty()) fact(field, name, {ValueState::Given, text});
  }
  void problem(std::string_view field, std::string_view code) {
    out_.problems.push_back({std::string(field), std::string(code)});
  }

 private:
  const TypedReport& typed_;
  UnderstoodReport& out_;
};

void read_noticed(const TypedReport& typed, Instant now, Reader& reader) {
  const std::string text = typed.value("noticed");
  const auto time = understand_time(text, now);
  if (!time.ok()) return reader.problem("noticed", text.empty() ? "noticed_missing" : "time");
  for (const std::string_view name : {"t.detected", "t.recognised", "t.known"})
    reader.fact("noticed", name, {ValueState::Given, *time});
  if (typed.value("pii") == "yes") reader.fact("noticed", "t.pii_known", {ValueState::Given, *time});
}

void read_indicators(const TypedReport& typed, ReportDraft& draft) {
  draft.technical.text = typed.value("indicators");
  draft.technical.indicators = find_indicators(draft.technical.text);
}

bool has_problem(const std::vector<FieldProblem>& problems, std::string_view field) {
  return std::ranges::any_of(problems, [&](const FieldProblem& problem) { return problem.field == field; });
}

// Draws fields: label, hint, problem, control, in that order.
class Drawer {
 public:
  Drawer(Html& html, const Api& api, const Visit& visit, const TypedReport& typed, const FormNotes& notes)
      : html_(html), api_(api), visit_(visit), typed_(typed), notes_(notes) {}

  void open_field(std::string_view name) {
    html_.open("div", {{"class", has_problem(notes_.problems, name) ? "field field-invalid" : "field"}});
    html_.element("label", {{"for", std::string(name)}}, text("page.report." + std::string(name)));
    describe(name);
  }
  void input(std::string_view name) {
    open_field(name);
    html_.lone("input", {{"class", "input"},
                         {"type", "text"},
                         {"id", std::string(name)},
                         {"name", std::string(name)},
                         {"value", typed_.value(name)},
                         {"autocomplete", "off"},
                         {"aria-describedby", std::string(name) + "-hint", has_hint(name)}});
    html_.close("div");
  }
  void number(std::string_view name) {
    open_field(name);
    html_.lone("input", {{"class", "input input-short"},
                         {"type", "text"},
                         {"inputmode", "decimal"},
                         {"id", std::string(name)},
                         {"name", std::string(name)},
                         {"value", typed_.value(name)},
                         {"autocomplete", "off"},
                         {"aria-describedby", std::string(name) + "-hint", has_hint(name)}});
    html_.close("div");
  }
  void area(std::string_view name) {
    open_field(name);
    html_.element("textarea",
                  {{"class", "textarea"},
                   {"rows", "5"},
                   {"id", std::string(name)},
                   {"name", std::string(name)},
                   {"aria-describedby", std::string(name) + "-hint", has_hint(name)}},
                  typed_.value(name));
    html_.close("div");
  }
  void choices(std::string_view name, std::initializer_list<Choice> options, std::string_view chosen_first) {
    const std::string chosen = typed_.value(name).empty() ? std::string(chosen_first) : typed_.value(name);
    html_.open("fieldset", {{"class", has_problem(notes_.problems, name) ? "field field-invalid" : "field"},
                            {"id", std::string(name)},
                            {"tabindex", "-1"}});
    html_.element("legend", text("page.report." + std::string(name)));
    describe(name);
    html_.open("div", {{"class", "choices"}});
    for (const Choice& option : options) {
      html_.open("label", {{"class", "choice"}});
      html_.lone("input", {{"type", "radio"},
                           {"name", std::string(name)},
                           {"value", std::string(option.value)},
                           {"checked", "", chosen == option.value}});
      html_.element("span", {{"class", "choice-text"}}, text(option.text)).close("label");
    }
    html_.close("div").close("fieldset");
  }
  void consent(std::string_view name) {
    html_.open("div", {{"class", "field"}}).open("label", {{"class", "choice"}});
    html_.lone("input", {{"type", "checkbox"},
                         {"name", std::string(name)},
                         {"value", "yes"},
                         {"checked", "", typed_.value(name) == "yes"}});
    html_.element("span", {{"class", "choice-text"}}, text("page.report." + std::string(name))).close("label");
    draw_other(name);
    html_.close("div");
  }
  [[nodiscard]] std::string text(std::string_view key) const { return api_.text(visit_, key); }
  [[nodiscard]] bool differs(std::string_view name) const {
    if (!notes_.other) return false;
    const auto found = notes_.other->fields.find(name);
    return typed_.value(name) != (found == notes_.other->fields.end() ? "" : found->second);
  }
  // Another kind's questions, in the same form.
  void switch_to(std::string_view kind, std::string_view key) {
    html_.open("p").element(
        "button",
        {{"class", "link-button"}, {"formaction", "/report/edit"}, {"name", "switch"}, {"value", std::string(kind)}},
        text(key));
    html_.close("p");
  }

 private:
  [[nodiscard]] bool has_hint(std::string_view name) const {
    return api_.catalogue().has("page.report." + std::string(name) + ".hint");
  }
  void describe(std::string_view name) {
    const std::string hint = "page.report." + std::string(name) + ".hint";
    if (has_hint(name)) html_.element("p", {{"class", "hint"}, {"id", std::string(name) + "-hint"}}, text(hint));
    for (const FieldProblem& problem : notes_.problems) {
      if (problem.field == name) html_.element("p", {{"class", "error-message"}}, text("page.problem." + problem.code));
    }
    draw_other(name);
  }
  // What was saved elsewhere, where it differs; the answer below is the one that was typed here.
  void draw_other(std::string_view name) {
    if (!differs(name)) return;
    const auto found = notes_.other->fields.find(name);
    const std::string other = found == notes_.other->fields.end() ? "" : found->second;
    html_.open("div", {{"class", "draft-other"}}).element("p", {{"class", "hint"}}, text("page.draft.other"));
    html_.element("p", {{"class", "prose"}}, other.empty() ? text("page.unanswered") : shown(name, other)).close("div");
  }
  // A choice by its words, anything else as it was typed.
  [[nodiscard]] std::string shown(std::string_view name, const std::string& value) const {
    const std::string own = "page.report." + std::string(name) + "." + value;
    if (api_.catalogue().has(own)) return text(own);
    const bool answered =
        name == "impact" || name == "ongoing" || name == "pii" || name == "tiec" || name == "preconsent";
    if (!answered) return value;
    const std::string key = name == "impact" ? "page.value.impact." + value : "page.answer." + value;
    return api_.catalogue().has(key) ? text(key) : value;
  }
  Html& html_;
  const Api& api_;
  const Visit& visit_;
  const TypedReport& typed_;
  const FormNotes& notes_;
};

void draw_problem_summary(Html& html, const Drawer& drawer, const std::vector<FieldProblem>& problems) {
  if (problems.empty()) return;
  html.open("div", {{"class", "error-summary"}, {"role", "alert"}, {"tabindex", "-1"}})
      .element("h2", drawer.text("page.problems"))
      .open("ul");
  for (const FieldProblem& problem : problems) {
    html.open("li")
        .element("a", {{"href", "#" + problem.field}}, drawer.text("page.problem." + problem.code))
        .close("li");
  }
  html.close("ul").close("div");
}

constexpr std::array<std::string_view, 7> kMore{"lost_kw", "minutes",    "ongoing",   "pii",
                                                "tiec",    "indicators", "preconsent"};

void draw_numbers(Html& html, Drawer& drawer) {
  const bool differs = std::ranges::any_of(kMore, [&](std::string_view name) { return drawer.differs(name); });
  html.open("details", {{"class", "disclosure"}, {"open", "", differs}})
      .element("summary", drawer.text("page.report.more"));
  drawer.number("lost_kw");
  drawer.number("minutes");
  const std::initializer_list<Choice> answers = {Choice{"yes", "page.answer.yes"}, Choice{"no", "page.answer.no"},
                                                 Choice{"unknown", "page.answer.unknown"}};
  drawer.choices("ongoing", answers, "unknown");
  drawer.choices("pii", answers, "unknown");
  drawer.choices("tiec", answers, "unknown");
  drawer.area("indicators");
  drawer.consent("preconsent");
  html.close("details");
}

void draw_scope(Drawer& drawer, std::string_view chosen_first) {
  drawer.choices("scope",
                 {{"secretariat_only", "page.report.scope.secretariat_only"},
                  {"secretariat_and_authority", "page.report.scope.secretariat_and_authority"},
                  {"members_anonymously", "page.report.scope.members_anonymously"}},
                 chosen_first);
}

// What somebody typed before it turned out a near miss stays with it, unseen.
void carry_unasked(Html& html, const TypedReport& typed) {
  constexpr std::array<std::string_view, 5> kAsked{"kind", "noticed", "summary", "indicators", "scope"};
  for (const auto& [name, value] : typed.fields) {
    if (std::ranges::find(kAsked, name) == kAsked.end())
      html.lone("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
  }
}

void draw_near_miss(Html& html, Drawer& drawer, const TypedReport& typed) {
  html.element("p", {{"class", "notice"}}, drawer.text("page.report.near.lead"))
      .lone("input", {{"type", "hidden"}, {"name", "kind"}, {"value", "near_miss"}});
  carry_unasked(html, typed);
  drawer.input("noticed");
  drawer.area("summary");
  drawer.area("indicators");
  draw_scope(drawer, "members_anonymously");
  drawer.switch_to("incident", "page.report.near.switch");
}

void draw_incident(Html& html, Drawer& drawer) {
  drawer.switch_to("near_miss", "page.report.near");
  drawer.input("noticed");
  drawer.area("summary");
  drawer.input("place");
  drawer.choices("impact",
                 {{"yes", "page.answer.exists"}, {"no", "page.answer.none"}, {"unknown", "page.answer.unknown"}},
                 "unknown");
  drawer.choices("cyber",
                 {{"yes", "page.report.cyber.yes"},
                  {"suspected", "page.report.cyber.suspected"},
                  {"unknown", "page.report.cyber.unknown"},
                  {"no", "page.report.cyber.no"}},
                 "suspected");
  drawer.input("contact");
  draw_scope(drawer, "secretariat_only");
  draw_numbers(html, drawer);
}

}  // namespace

std::string TypedReport::value(std::string_view name) const {
  const auto found = fields.find(name);
  return found == fields.end() ? "" : found->second;
}

TypedReport read_typed_report(std::string_view body) {
  TypedReport typed;
  for (const std::string_view name : kReportFields) {
    if (auto value = form_value(body, name)) typed.fields.emplace(name, std::move(*value));
  }
  if (const auto draft = DraftId::parse(form_value(body, "draft").value_or("")); draft.ok()) typed.draft = *draft;
  const std::string revision = form_value(body, "revision").value_or("");
  std::from_chars(revision.data(), revision.data() + revision.size(), typed.revision);
  typed.editor = form_value(body, "editor").value_or("");
  if (typed.editor.size() > kEditorBytes) typed.editor.clear();
  return typed;
}

bool is_near_miss(const TypedReport& typed) { return typed.value("kind") == "near_miss"; }

void switch_kind(TypedReport& typed, std::string_view kind, Instant now) {
  typed.fields["kind"] = kind;
  typed.fields.erase("scope");
  if (typed.value("noticed").empty()) typed.fields.erase("noticed");
  if (is_near_miss(typed)) begin_near_miss(typed, now);
}

void begin_near_miss(TypedReport& typed, Instant now) {
  typed.fields.emplace("noticed", tokyo_text(now).substr(0, std::string_view("2026-11-22 02:05").size()));
  typed.fields.emplace("scope", share_scope_text(ShareScope::MembersAnonymously));
}

UnderstoodReport understand_report(const TypedReport& typed, Instant now) {
  UnderstoodReport out;
  Reader reader(typed, out);
  ReportDraft& draft = out.draft;
  draft.kind = is_near_miss(typed) ? ReportKind::NearMiss : ReportKind::Incident;
  if (const auto scope = parse_share_scope(typed.value("scope")); scope.ok()) draft.scope = *scope;
  draft.summary = std::string(trimmed(typed.value("summary")));
  draft.contact = std::string(trimmed(typed.value("contact")));
  draft.technical_preconsent = typed.value("preconsent") == "yes";
  if (draft.summary.empty()) reader.problem("summary", "summary_missing");
  read_noticed(typed, now, reader);
  reader.choice("place", "place");
  reader.choice("impact", "impact.exists");
  reader.choice("cyber", "inc.cyber");
  reader.number("lost_kw", "outage.lost_kw");
  reader.number("minutes", "outage.minutes");
  reader.flag("ongoing", "outage.ongoing");
  reader.flag("pii", "pii.leak");
  reader.flag("tiec", "tiec.affected");
  read_indicators(typed, draft);
  return out;
}

void draw_report_form(Html& html, const Api& api, const Visit& visit, const TypedReport& typed,
                      const FormNotes& notes) {
  Drawer drawer(html, api, visit, typed, notes);
  draw_problem_summary(html, drawer, notes.problems);
  html.open("form", {{"method", "post"},
                     {"action", "/report/check"},
                     {"class", "form"},
                     {"id", kReportFormId},
                     {"data-draft-form", ""}});
  draw_proof(html, api, visit);
  carry_draft(html, typed);
  if (is_near_miss(typed)) {
    draw_near_miss(html, drawer, typed);
  } else {
    draw_incident(html, drawer);
  }
  html.open("div", {{"class", "form-actions"}})
      .element("button", {{"class", "button button-primary"}}, drawer.text("page.report.to_check"))
      .element("button", {{"class", "button"}, {"formaction", "/report/drafts"}}, drawer.text("page.draft.save"))
      .close("div");
  html.close("form");
}

void carry_draft(Html& html, const TypedReport& typed) {
  const auto hidden = [&](const char* name, std::string value) {
    html.lone("input", {{"type", "hidden"}, {"name", name}, {"value", std::move(value)}});
  };
  hidden("draft", typed.draft.text());
  hidden("revision", std::to_string(typed.revision));
  hidden("editor", typed.editor);
}

void carry_typed(Html& html, const TypedReport& typed) {
  carry_draft(html, typed);
  for (const auto& [name, value] : typed.fields)
    html.lone("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

}  // namespace hinomi::api
