// hinomi report: file, amend, read, duties, readers.
#include <charconv>
#include <iostream>
#include <iterator>
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "app/commands/recipient_command.h"
#include "base/text.h"
#include "model/report.h"

namespace hinomi::app {
namespace {

constexpr std::uint64_t kMaxInputBytes = std::uint64_t{4} << 20;

Result<FactValue> read_value(const FactDefinition& definition, std::string_view text) {
  const std::string name(definition.name);
  switch (definition.kind) {
    case FactKind::Flag:
      if (text == "true" || text == "yes") return FactValue(true);
      if (text == "false" || text == "no") return FactValue(false);
      return invalid("report.fact_value", "This fact is answered with true or false.", name);
    case FactKind::Number: {
      double number = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error == std::errc() && end == text.data() + text.size()) return FactValue(number);
      return invalid("report.fact_value", "This fact is a number, in " + std::string(definition.unit) + ".", name);
    }
    case FactKind::Time: break;
    case FactKind::Choices: {
      std::set<std::string> words;
      for (const std::string_view word : split(text, ',')) words.emplace(word);
      return FactValue(words);
    }
    case FactKind::Text:
    case FactKind::Choice: break;
  }
  return FactValue(std::string(text));
}

Result<Fact> read_given(const FactDefinition& definition, std::string_view text) {
  Fact fact{.state = ValueState::Given, .value = {}, .estimated = text.starts_with('~')};
  if (fact.estimated) text.remove_prefix(1);
  if (definition.kind != FactKind::Time) {
    TRY(fact.value, read_value(definition, text));
    return fact;
  }
  const auto time = parse_partial_time(text);
  if (!time.ok())
    return invalid("report.fact_value", "This fact is a time like 2026-11-22T02:05:00+09:00, 2026-11-22 or 2026-11.",
                   std::string(definition.name));
  fact.value = time->earliest;
  fact.precision = time->precision;
  return fact;
}

Status add_fact(FactSheet& facts, std::string_view typed) {
  const std::size_t equals = typed.find('=');
  if (equals == std::string_view::npos)
    return invalid("report.fact", "A fact is written name=value.", std::string(typed));
  const std::string name(typed.substr(0, equals));
  const std::string_view value = typed.substr(equals + 1);
  const FactDefinition* definition = find_fact_definition(name);
  if (definition == nullptr) return invalid("report.fact", "There is no fact of this name; see /api/v1/facts.", name);
  Fact fact;
  if (value.starts_with('@')) {
    const auto state = parse_value_state(value.substr(1));
    if (!state.ok()) return state.error().inside(name);
    fact.state = *state;
  } else {
    TRY(fact, read_given(*definition, value));
  }
  const Status set = facts.set(name, std::move(fact));
  return set.ok() ? Status() : set.error().inside(name);
}

Status add_evidence(FactSheet& facts, std::string_view typed) {
  const std::size_t equals = typed.find('=');
  if (equals == std::string_view::npos)
    return invalid("report.evidence", "Evidence is written name=text.", std::string(typed));
  const std::string name(typed.substr(0, equals));
  const Fact* stated = facts.find(name);
  if (stated == nullptr)
    return invalid("report.evidence", "Say something about the fact before saying what it rests on.", name);
  Fact fact = *stated;
  fact.evidence = typed.substr(equals + 1);
  const Status set = facts.set(name, std::move(fact));
  return set.ok() ? Status() : set.error().inside(name);
}

Status add_technical(ReportDraft& draft, const ReportWords& words) {
  for (const std::string& text : words.indicators) {
    auto indicator = read_indicator(text);
    if (!indicator.ok()) return indicator.error().inside(text);
    draft.technical.indicators.push_back(std::move(*indicator));
  }
  draft.technical.techniques.insert(draft.technical.techniques.end(), words.techniques.begin(), words.techniques.end());
  draft.technical.cves.insert(draft.technical.cves.end(), words.cves.begin(), words.cves.end());
  if (!words.technical_text.empty()) draft.technical.text = words.technical_text;
  return {};
}

// One line a person: when first and last, who, of which organisation.
void write_seen_by(const Context& context, JsonView root) {
  const auto items = root.find("items");
  if (!items) return;
  const std::string name = context.language == Language::English ? "name_en" : "name";
  for (const JsonView reader : *items) {
    const auto org = reader.find("org");
    const auto person = reader.find("person");
    context.out << "  " << time_at(context, reader, "first_at") << "  " << time_at(context, reader, "last_at") << "  "
                << (org ? text_at(*org, name) : "") << "  " << (person ? text_at(*person, name) : "") << "\n";
  }
}

// The draft with everything typed put on top.
Result<ReportDraft> typed_over(ReportDraft draft, const ReportWords& words) {
  if (!words.kind.empty()) {
    TRY(draft.kind, parse_report_kind(words.kind));
  }
  if (!words.scope.empty()) {
    TRY(draft.scope, parse_share_scope(words.scope));
  }
  if (!words.title.empty()) draft.title = words.title;
  if (!words.summary.empty()) draft.summary = words.summary;
  if (!words.contact.empty()) draft.contact = words.contact;
  if (words.technical_preconsent) draft.technical_preconsent = true;
  TRY_OK(add_technical(draft, words));
  for (const std::string& fact : words.facts) TRY_OK(add_fact(draft.facts, fact));
  for (const std::string& evidence : words.evidence) TRY_OK(add_evidence(draft.facts, evidence));
  return draft;
}

Result<std::string> report_body(const Context& context, const ReportWords& words) {
  if (!words.file.empty()) {
    TRY(const Json document, read_json_input(context, words.file));
    TRY(const ReportDraft draft, parse_report_request(document->root()));
    return report_content_text(draft);
  }
  TRY(const ReportDraft draft, typed_over({}, words));
  return report_content_text(draft);
}

Result<std::string> amended_body(const Context& context, JsonView current, const ReportWords& words) {
  const auto content = current.find("content");
  const auto version = current.integer_at("version");
  if (!content || !version) return invalid("client.answer", "The server's report has no content.");
  std::string text;
  if (words.file.empty()) {
    TRY(ReportDraft before, parse_report_request(*content));
    TRY(const ReportDraft after, typed_over(std::move(before), words));
    text = report_content_text(after);
  } else {
    TRY(text, report_body(context, words));
  }
  TRY(const Json document, parse_json(text));
  JsonWriter body;
  body.begin_object().member("based_on", *version);
  for (const JsonView member : document->root()) body.key(member.key()).raw(member.raw());
  return body.end_object().take();
}

void write_clock(const Context& context, JsonView clock) {
  const std::string due = time_at(context, clock, "raw");
  const std::string rolled = time_at(context, clock, "rolled");
  context.out << "      " << text_at(clock, "title") << "  " << text_at(clock, "deadline");
  if (!due.empty()) context.out << "  → " << due;
  if (!rolled.empty() && rolled != due) context.out << " (" << rolled << ")";
  context.out << "\n";
}

// Those that fire or may fire, with their clocks; the rest as a number.
void write_duties(const Context& context, JsonView assessment) {
  std::size_t others = 0;
  const auto duties = assessment.find("duties");
  if (!duties) return;
  for (const JsonView duty : *duties) {
    if (duty.string_at("verdict") == "does_not") {
      ++others;
      continue;
    }
    context.out << "  " << text_at(duty, "label") << "  " << text_at(duty, "title") << "\n";
    if (const auto clocks = duty.find("clocks")) {
      for (const JsonView clock : *clocks) write_clock(context, clock);
    }
  }
  context.out << "  " << context.text("cli.duties.others", {{"count", std::to_string(others)}}) << "\n";
}

void write_report(const Context& context, JsonView report) {
  context.out << text_at(report, "number") << "  "
              << context.text("cli.report.version", {{"version", number_at(report, "version")}}) << "  "
              << word_at(context, report, "state", "cli.state.") << "  " << time_at(context, report, "filed_at")
              << "\n  " << text_at(report, "title") << "\n";
  const auto readers = report.find("readers");
  const auto orgs = readers ? readers->find("orgs") : std::nullopt;
  if (!orgs) return;
  std::string names;
  for (const JsonView org : *orgs) names += (names.empty() ? "" : "、") + std::string(org.string().value_or(""));
  context.out << "  " << context.text("cli.readers", {{"readers", names}}) << "\n";
}

ExitCode show_report(const Context& context, const Result<Json>& answer) {
  return show(context, "hinomi.report.v1", answer, [&](JsonView report) { write_report(context, report); });
}

Result<Json> file_report(const Context& context, const ServerAccess& server, const ReportWords& words,
                         const std::string& path) {
  TRY(const std::string body, report_body(context, words));
  TRY(const Client client, Client::open(context, server));
  return client.post(path, body);
}

Result<Json> amend_report(const Context& context, const ServerAccess& server, const std::string& report,
                          const ReportWords& words) {
  TRY(const Client client, Client::open(context, server));
  const std::string path = "/api/v1/reports/" + url_encoded(report);
  TRY(const Json current, client.get(path));
  TRY(const std::string body, amended_body(context, current->root(), words));
  return client.post(path + "/versions", body);
}

Result<Json> get_one(const Context& context, const ServerAccess& server, const std::string& path) {
  TRY(const Client client, Client::open(context, server));
  return client.get(path);
}

Result<std::vector<Json>> get_pages(const Context& context, const ServerAccess& server, std::size_t limit) {
  TRY(const Client client, Client::open(context, server));
  return read_pages(client, "/api/v1/reports", limit);
}

}  // namespace

Result<Json> read_json_input(const Context& context, const std::string& path) {
  std::string text;
  if (path == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    TRY(text, context.machine.files.read(path, kMaxInputBytes));
  }
  auto document = parse_json(text, {.max_bytes = kMaxInputBytes, .max_depth = 64});
  if (!document.ok()) return document.error().inside(path);
  return std::move(*document);
}

ExitCode run_report_new(const Context& context, const ServerAccess& server, const ReportWords& words) {
  return show_report(context, file_report(context, server, words, "/api/v1/reports"));
}

ExitCode run_report_check(const Context& context, const ServerAccess& server, const ReportWords& words,
                          const std::string& as) {
  if (!as.empty()) {
    const auto view = file_report(context, server, words, "/api/v1/reports/check/" + url_encoded(as));
    return show(context, "hinomi.recipient-view.v1", view, [&](JsonView root) { write_recipient_view(context, root); });
  }
  const auto answer = file_report(context, server, words, "/api/v1/reports/check");
  return show(context, "hinomi.report-check.v1", answer, [&](JsonView root) {
    if (const auto assessment = root.find("assessment")) write_duties(context, *assessment);
    write_recipients(context, root);
  });
}

ExitCode run_report_add(const Context& context, const ServerAccess& server, const std::string& report,
                        const ReportWords& words) {
  return show_report(context, amend_report(context, server, report, words));
}

ExitCode run_report_list(const Context& context, const ServerAccess& server, std::size_t limit) {
  return show_rows(context, "hinomi.report-summary.v1", get_pages(context, server, limit),
                   [&](JsonView report) { write_report(context, report); });
}

ExitCode run_report_show(const Context& context, const ServerAccess& server, const std::string& report) {
  return show_report(context, get_one(context, server, "/api/v1/reports/" + url_encoded(report)));
}

ExitCode run_report_duties(const Context& context, const ServerAccess& server, const std::string& report) {
  const auto answer = get_one(context, server, "/api/v1/reports/" + url_encoded(report) + "/duties");
  return show(context, "hinomi.assessment.v1", answer, [&](JsonView root) { write_duties(context, root); });
}

ExitCode run_report_readers(const Context& context, const ServerAccess& server, const std::string& report) {
  const auto answer = get_one(context, server, "/api/v1/reports/" + url_encoded(report) + "/readers");
  return show(context, "hinomi.readers.v1", answer, [&](JsonView root) { write_seen_by(context, root); });
}

}  // namespace hinomi::app
