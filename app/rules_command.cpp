#include "app/rules_command.h"

#include <algorithm>
#include <ostream>

#include "app/commands/commands.h"
#include "app/installation.h"
#include "base/files.h"
#include "base/json.h"
#include "base/text.h"
#include "model/fact.h"
#include "model/report.h"
#include "rules/assessment.h"
#include "rules/pack_check.h"

namespace hinomi::app {
namespace {

constexpr std::uint64_t kMaxPackBytes = 1 << 20;

Result<rules::PackSource> pack_file(const Context& context, const std::string& path) {
  TRY(std::string text, context.machine.files.read(path, kMaxPackBytes));
  return rules::PackSource{path, std::move(text)};
}

// The built-in packs, with the files in the place of those of their id.
Result<std::shared_ptr<const rules::Rulebook>> rulebook_with(const Context& context,
                                                             const std::vector<std::string>& files) {
  const auto vocabulary = rules::Vocabulary::standard();
  std::vector<rules::Pack> packs;
  for (const std::string& path : files) {
    TRY(const rules::PackSource source, pack_file(context, path));
    TRY(rules::Pack pack, rules::read_pack(source, vocabulary));
    packs.push_back(std::move(pack));
  }
  for (const rules::PackSource& source : embedded_rule_packs()) {
    TRY(rules::Pack pack, rules::read_pack(source, vocabulary));
    if (std::ranges::find(packs, pack.id, &rules::Pack::id) == packs.end()) packs.push_back(std::move(pack));
  }
  return rules::Rulebook::link(std::move(packs));
}

Result<OrgAttributes> organisation_of(JsonView root) {
  OrgAttributes organisation;
  for (const std::string_view name : split(root.string_at("licenses").value_or("gtd"), ',')) {
    if (name.empty()) continue;
    TRY(const License license, parse_license(name));
    organisation.licenses.insert(license);
  }
  for (const std::string_view name : split(root.string_at("abroad").value_or(""), ',')) {
    if (name.empty()) continue;
    TRY(const AbroadRegime regime, parse_abroad_regime(name));
    organisation.abroad.insert(regime);
  }
  organisation.ci_operator = root.boolean_at("ci_operator").value_or(true);
  organisation.keizai = root.boolean_at("keizai").value_or(false);
  organisation.special = root.boolean_at("special").value_or(false);
  organisation.hoan_cert = root.boolean_at("hoan_cert").value_or(false);
  organisation.listed = root.boolean_at("listed").value_or(false);
  organisation.personal_data = root.boolean_at("personal_data").value_or(false);
  return organisation;
}

bool has_stage(const rules::Rulebook& book, std::string_view duty, std::string_view stage) {
  const rules::DutyLine* line = book.find_line(duty);
  return line != nullptr && std::ranges::any_of(line->versions, [&](const rules::Duty& version) {
           return std::ranges::find(version.stages, stage, &rules::Stage::name) != version.stages.end();
         });
}

Result<rules::FirstSubmissions> submitted_of(JsonView root, const rules::Rulebook& book) {
  rules::FirstSubmissions submitted;
  const auto duties = root.find("submitted");
  if (!duties) return submitted;
  for (const JsonView duty : *duties) {
    for (const JsonView stage : duty) {
      if (!has_stage(book, duty.key(), stage.key())) {
        return invalid("rules.stage_unknown", "No pack has this stage of this duty.",
                       "/submitted/" + std::string(duty.key()) + "/" + std::string(stage.key()));
      }
      TRY(const Instant at, parse_rfc3339(stage.string().value_or("")));
      submitted.emplace(std::pair(std::string(duty.key()), std::string(stage.key())), at);
    }
  }
  return submitted;
}

Result<std::string> explained(const Context& context, const std::string& file) {
  TRY(const Json document, read_json_input(context, file));
  const JsonView root = document->root();
  TRY(const ReportKind kind, parse_report_kind(root.string_at("kind").value_or("incident")));
  FactSheet facts;
  if (const auto given = root.find("facts")) {
    TRY(facts, parse_facts(*given));
  }
  TRY(const OrgAttributes organisation, organisation_of(root));
  TRY(const auto rulebook, embedded_rulebook());
  TRY(const rules::FirstSubmissions submitted, submitted_of(root, *rulebook));
  const rules::Assessment assessment =
      rules::assess(*rulebook, organisation, kind, facts, context.machine.clock.now(), submitted);
  if (!context.json) return rules::explain_text(assessment, context.language);
  JsonWriter out;
  rules::write_assessment(out, assessment, context.language);
  return out.take() + "\n";
}

void write_failure(const Context& context, const rules::ExampleFailure& failure) {
  if (context.json) {
    JsonWriter line;
    line.begin_object().member("schema", "hinomi.rules-test-failure.v1").member("pack", failure.pack);
    line.member("example", failure.example).member("subject", failure.subject);
    line.member("expected", failure.expected).member("found", failure.found);
    context.out << line.end_object().text() << "\n";
    return;
  }
  context.out << "NG  " << failure.pack << " " << failure.example << " " << failure.subject << ": " << failure.expected
              << " / " << failure.found << "\n";
}

void write_check(const Context& context, const rules::PackCheck& check) {
  for (const rules::ExampleFailure& failure : check.failures) write_failure(context, failure);
  if (context.json) {
    JsonWriter line;
    line.begin_object()
        .member("schema", "hinomi.rules-test.v1")
        .member("examples", static_cast<std::int64_t>(check.examples));
    line.member("promises", static_cast<std::int64_t>(check.promises))
        .member("failures", static_cast<std::int64_t>(check.failures.size()));
    context.out << line.end_object().text() << "\n";
  } else if (!context.quiet) {
    context.err << context.text("cli.rules.tested", {{"examples", std::to_string(check.examples)},
                                                     {"failures", std::to_string(check.failures.size())}})
                << "\n";
  }
}

std::string_view kind_text(rules::PackDifference::Kind kind) {
  switch (kind) {
    case rules::PackDifference::Kind::Added: return "added";
    case rules::PackDifference::Kind::Removed: return "removed";
    case rules::PackDifference::Kind::Changed: return "changed";
  }
  return "changed";
}

void write_difference(const Context& context, const rules::PackDifference& difference) {
  const auto kind = kind_text(difference.kind);
  if (context.json) {
    JsonWriter line;
    line.begin_object().member("schema", "hinomi.rules-diff.v1").member("kind", kind);
    line.member("subject", difference.subject).member("field", difference.field);
    line.member("before", difference.before).member("after", difference.after);
    context.out << line.end_object().text() << "\n";
    return;
  }
  context.out << context.text("cli.rules." + std::string(kind)) << "  " << difference.subject;
  if (difference.kind == rules::PackDifference::Kind::Changed) {
    context.out << "  " << difference.field << "\n    - " << difference.before << "\n    + " << difference.after;
  }
  context.out << "\n";
}

}  // namespace

ExitCode run_rules_test(const Context& context, const std::vector<std::string>& files) {
  const auto rulebook = rulebook_with(context, files);
  if (!rulebook.ok()) return fail(context, rulebook.error());
  const rules::PackCheck check = rules::check_examples(**rulebook);
  write_check(context, check);
  return check.failures.empty() ? ExitCode::Done : ExitCode::Failed;
}

ExitCode run_rules_diff(const Context& context, const std::string& before, const std::string& after) {
  const auto vocabulary = rules::Vocabulary::standard();
  std::vector<rules::Pack> packs;
  for (const std::string& path : {before, after}) {
    const auto source = pack_file(context, path);
    if (!source.ok()) return fail(context, source.error());
    auto pack = rules::read_pack(*source, vocabulary);
    if (!pack.ok()) return fail(context, pack.error());
    packs.push_back(std::move(*pack));
  }
  const auto differences = rules::compare_packs(packs.front(), packs.back());
  for (const rules::PackDifference& difference : differences) write_difference(context, difference);
  if (differences.empty() && !context.quiet && !context.json) context.err << context.text("cli.rules.same") << "\n";
  return ExitCode::Done;
}

ExitCode run_rules_explain(const Context& context, const std::string& file) {
  const auto text = explained(context, file);
  if (!text.ok()) return fail(context, text.error());
  context.out << *text;
  return ExitCode::Done;
}

}  // namespace hinomi::app
