#include "app/operation.h"

#include <ostream>

#include "app/commands/commands.h"
#include "base/json.h"
#include "base/text.h"
#include "flow/sign_in.h"
#include "policy/permit.h"
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

}  // namespace hinomi::app
