#include "app/operation.h"

#include <ostream>

#include "app/commands/commands.h"
#include "base/json.h"
#include "base/text.h"
#include "flow/sign_in.h"
#include "model/fact.h"
#include "model/report.h"
#include "policy/permit.h"
#include "rules/assessment.h"
#include "rules/pack_check.h"

namespace hinomi::app {
namespace {

// One line a finding: OK or NG, and what to do about it.
class Findings {
 public:
  explicit Findings(const Context& context) : context_(context) {}

  void add(std::string_view what, const Status& status) {
    bad_ = bad_ || !status.ok();
    if (context_.json) {
      JsonWriter line;
      line.begin_object().member("schema", "hinomi.finding.v1").member("check", what).member("ok", status.ok());
      if (!status.ok()) line.member("code", status.error().code).member("detail", status.error().detail);
      context_.out << line.end_object().text() << "\n";
      return;
    }
    context_.out << (status.ok() ? "OK  " : "NG  ") << context_.text("cli.doctor." + std::string(what)) << "\n";
    if (!status.ok()) context_.out << "    " << status.error().detail << "\n";
  }
  [[nodiscard]] ExitCode exit_code() const { return bad_ ? ExitCode::Failed : ExitCode::Done; }

 private:
  const Context& context_;
  bool bad_ = false;
};

Status check_there(const Context& context, const std::string& data) {
  if (context.machine.files.exists(data + "/hinomi.db")) return {};
  return invalid("doctor.no_database", "There is no database in this directory; see --data.", data);
}

Status check_integrity(const Installation& installation) {
  TRY(const std::string found, installation.store().check_integrity());
  if (found != "ok") return internal("The database is damaged: " + found + ". Restore the last backup.");
  return {};
}

Status check_settings(const Installation& installation) {
  TRY([[maybe_unused]] const auto settings, installation.store().settings());
  return {};
}

Status check_rules(const Installation& installation) {
  const rules::PackCheck check = rules::check_examples(*installation.platform().rulebook);
  if (!check.failures.empty()) return internal("A rule pack breaks its own example: " + check.failures.front().example);
  return {};
}

Result<SecretText> issue_token(const Context& context, const TokenRequest& request) {
  TRY_OK(check_there(context, request.data));
  TRY(const auto installation, Installation::open(context.machine, request.data, HashCost::Interactive));
  const auto directory = installation->store().directory();
  for (const auto& [id, person] : directory->persons) {
    if (person.login != request.login) continue;
    TRY(flow::IssuedToken issued, flow::make_token(installation->platform(), id, {.name = request.name}));
    return std::move(issued.secret);
  }
  return not_found();
}

Result<std::string> explained(const Context& context, const std::string& file) {
  TRY(const Json document, read_json_input(context, file));
  const JsonView root = document->root();
  TRY(const ReportKind kind, parse_report_kind(root.string_at("kind").value_or("incident")));
  FactSheet facts;
  if (const auto given = root.find("facts")) {
    TRY(facts, parse_facts(*given));
  }
  OrgAttributes organisation;
  for (const std::string_view name : split(root.string_at("licenses").value_or("gtd"), ',')) {
    TRY(const License license, parse_license(name));
    organisation.licenses.insert(license);
  }
  organisation.ci_operator = root.boolean_at("ci_operator").value_or(true);
  TRY(const auto rulebook, embedded_rulebook());
  const rules::Assessment assessment = rules::assess(*rulebook, organisation, kind, facts, context.machine.clock.now());
  if (!context.json) return rules::explain_text(assessment, context.language);
  JsonWriter out;
  rules::write_assessment(out, assessment, context.language);
  return out.take() + "\n";
}

}  // namespace

ExitCode run_doctor(const Context& context, const std::string& data) {
  Findings findings(context);
  const Status there = check_there(context, data);
  findings.add("directory", there);
  if (!there.ok()) return findings.exit_code();
  const auto installation = Installation::open(context.machine, data, HashCost::Interactive);
  findings.add("opens", installation.ok() ? Status() : Status(installation.error()));  // keys, lock, schema and ledger
  if (!installation.ok()) return findings.exit_code();
  findings.add("settings", check_settings(**installation));
  findings.add("integrity", check_integrity(**installation));
  findings.add("rules", check_rules(**installation));
  return findings.exit_code();
}

ExitCode run_migrate(const Context& context, const std::string& data) {
  if (const Status there = check_there(context, data); !there.ok()) return fail(context, there.error());
  const auto installation = Installation::open(context.machine, data, HashCost::Interactive);
  if (!installation.ok()) return fail(context, installation.error());
  if (!context.quiet) context.err << context.text("cli.migrate.done") << "\n";
  return ExitCode::Done;
}

ExitCode run_public_key(const Context& context, const std::string& data) {
  if (const Status there = check_there(context, data); !there.ok()) return fail(context, there.error());
  const auto installation = Installation::open(context.machine, data, HashCost::Interactive);
  if (!installation.ok()) return fail(context, installation.error());
  context.out << to_hex((*installation)->signing_key().public_key()) << "\n";
  return ExitCode::Done;
}

ExitCode run_issue_token(const Context& context, const TokenRequest& request) {
  if (context.machine.files.exists(request.output)) {
    return fail(context, conflict("backup.exists", "There is a file named " + request.output + " already."));
  }
  const auto token = issue_token(context, request);
  if (!token.ok()) return fail(context, token.error());
  const Status written = context.machine.files.replace(request.output, token->expose() + "\n");
  return written.ok() ? ExitCode::Done : fail(context, written.error());
}

ExitCode run_clearance_register(const Context& context, const std::string& data, bool on) {
  if (const Status there = check_there(context, data); !there.ok()) return fail(context, there.error());
  const auto installation = Installation::open(context.machine, data, HashCost::Interactive);
  if (!installation.ok()) return fail(context, installation.error());
  const Status kept = (*installation)->store().keep_clearance_register(policy::MachineRoom::local_operator(), on);
  return kept.ok() ? ExitCode::Done : fail(context, kept.error());
}

ExitCode run_rules_test(const Context& context) {
  const auto rulebook = embedded_rulebook();
  if (!rulebook.ok()) return fail(context, rulebook.error());
  const rules::PackCheck check = rules::check_examples(**rulebook);
  for (const rules::ExampleFailure& failure : check.failures) {
    context.out << "NG  " << failure.pack << " " << failure.example << " " << failure.subject << ": "
                << failure.expected << " / " << failure.found << "\n";
  }
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
  return check.failures.empty() ? ExitCode::Done : ExitCode::Failed;
}

ExitCode run_rules_explain(const Context& context, const std::string& file) {
  const auto text = explained(context, file);
  if (!text.ok()) return fail(context, text.error());
  context.out << *text;
  return ExitCode::Done;
}

}  // namespace hinomi::app
