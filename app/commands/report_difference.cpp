// hinomi report diff: what a version of a report changed in the one before.
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "base/text.h"
#include "model/report_history.h"

namespace hinomi::app {
namespace {

Result<ReportDraft> content_of(JsonView report, std::int64_t number) {
  if (const auto versions = report.find("versions")) {
    for (const JsonView version : *versions) {
      const auto content = version.find("content");
      if (content && version.integer_at("version") == number) return parse_report_request(*content);
    }
  }
  return invalid("report.version_missing", "This report has no version " + std::to_string(number) + ".");
}

std::string plain(const FactValue& value, const Fact& fact, Language language) {
  JsonWriter number;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* time = std::get_if<Instant>(&value))
    return partial_time_text({*time, fact.precision}, language == Language::English);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* digits = std::get_if<double>(&value)) return number.number(*digits).take();
  std::string words;
  for (const std::string& word : std::get<std::set<std::string>>(value))
    words.append(words.empty() ? "" : ", ").append(word);
  return words;
}

std::string fact_words(const Context& context, const std::string& name, const std::optional<Fact>& fact) {
  if (!fact) return "";
  if (!fact->value) return context.text("fact.state." + std::string(value_state_text(fact->state)));
  std::string words = plain(*fact->value, *fact, context.language);
  const FactDefinition* definition = find_fact_definition(name);
  if (definition != nullptr && !definition->unit.empty()) words += " " + std::string(definition->unit);
  return fact->estimated ? context.text("page.fact.estimated", {{"value", words}}) : words;
}

void write_for_people(const Context& context, const ReportDifference& difference) {
  if (difference.empty()) context.out << context.text("cli.report.same") << "\n";
  const auto change = [&](const std::string& what, const std::string& before, const std::string& after) {
    context.out << what << "\n  - " << before << "\n  + " << after << "\n";
  };
  for (const TextChange& text : difference.texts) change(std::string(text.part), text.before, text.after);
  for (const FactChange& fact : difference.facts) {
    change(context.text("fact." + fact.name + ".label"), fact_words(context, fact.name, fact.before),
           fact_words(context, fact.name, fact.after));
  }
}

// The facts of one side, as reports write them.
void write_side(JsonWriter& out, const ReportDifference& difference, std::optional<Fact> FactChange::* side) {
  FactSheet facts;
  for (const FactChange& change : difference.facts) {
    // They were in the vocabulary when they were read, so they are accepted again.
    if (change.*side) static_cast<void>(facts.set(change.name, *(change.*side)));
  }
  write_facts(out, facts);
}

std::string difference_json(const ReportDifference& difference) {
  JsonWriter out;
  out.begin_object().key("texts").begin_array();
  for (const TextChange& text : difference.texts)
    out.begin_object().member("part", text.part).member("before", text.before).member("after", text.after).end_object();
  out.end_array().key("facts_before");
  write_side(out, difference, &FactChange::before);
  out.key("facts_after");
  write_side(out, difference, &FactChange::after);
  return out.end_object().take();
}

Result<ReportDifference> read_difference(const Context& context, const ServerAccess& server,
                                         const VersionsCompared& compared) {
  TRY(const Client client, Client::open(context, server));
  TRY(const Json report, client.get("/api/v1/reports/" + url_encoded(compared.report)));
  const std::int64_t newest = report->root().integer_at("version").value_or(1);
  const std::int64_t to = compared.to == 0 ? newest : compared.to;
  const std::int64_t from = compared.from == 0 ? to - 1 : compared.from;
  TRY(const ReportDraft before, content_of(report->root(), from));
  TRY(const ReportDraft after, content_of(report->root(), to));
  return difference_between(before, after);
}

}  // namespace

ExitCode run_report_difference(const Context& context, const ServerAccess& server, const VersionsCompared& compared) {
  const auto difference = read_difference(context, server, compared);
  if (!difference.ok()) return fail(context, difference.error());
  if (!context.json) {
    write_for_people(context, *difference);
    return ExitCode::Done;
  }
  const auto document = parse_json(difference_json(*difference));
  if (!document.ok()) return fail(context, document.error());
  context.out << json_line("hinomi.report-difference.v1", (*document)->root()) << "\n";
  return ExitCode::Done;
}

}  // namespace hinomi::app
