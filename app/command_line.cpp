#include "app/command_line.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>
#include <iostream>

#include "app/command_tree.h"
#include "app/commands/commands.h"
#include "app/demo.h"
#include "app/hunt_command.h"
#include "app/operation.h"
#include "app/rules_command.h"
#include "app/serve.h"

namespace hinomi::app {
namespace {

std::atomic<bool> interrupted{false};

class CommandLine : public CommandTree {
 public:
  CommandLine(const Catalogue& catalogue, Language language) : CommandTree(catalogue, language) {
    add_server_commands();
    add_report();
    add_draft();
    add_handover();
    add_release();
    add_review();
    add_pointer();
    add_token();
    add_exchange();
    add_hunt();
    add_verify();
    add_operation();
  }

 private:
  void add_server_commands() {
    CLI::App* serve = command(root(), "serve", [this](const Context& context) { return run_serve(context, serve_); });
    serve->parse_complete_callback([this] { log_lines(); });
    needed(serve, "--data", serve_.data, "data");
    option(serve, "--listen", serve_.listen, "listen");
    option(serve, "--certificate", serve_.certificate, "certificate");
    option(serve, "--key", serve_.key, "key");
    option(serve, "--public-url", serve_.public_url, "public_url");
    option(serve, "--config", serve_.config, "config");
    option(serve, "--ready-file", serve_.ready_file, "ready_file");
    CLI::App* demo = command(root(), "demo", [this](const Context& context) { return run_demo(context, demo_); });
    needed(demo, "--data", demo_.data, "data");
    option(demo, "--port", demo_.port, "port");
    flag(demo, "--once", demo_.once, "once");
    flag(demo, "--seed-only", demo_.seed_only, "seed_only");
    flag(demo, "--fresh", demo_.fresh, "fresh");
    option(demo, "--shared", demo_.shared, "shared");
    option(demo, "--through", demo_.through, "through");
  }

  void add_report_words(CLI::App* to) {
    option(to, "--file", report_.file, "report_file");
    option(to, "--kind", report_.kind, "kind");
    option(to, "--scope", report_.scope, "scope");
    option(to, "--title", report_.title, "title");
    option(to, "--summary", report_.summary, "summary");
    option(to, "--contact", report_.contact, "contact");
    option(to, "--technical-text", report_.technical_text, "technical_text");
    option(to, "--indicator", report_.indicators, "indicator");
    option(to, "--technique", report_.techniques, "technique");
    option(to, "--cve", report_.cves, "cve");
    flag(to, "--preconsent", report_.technical_preconsent, "preconsent");
    option(to, "facts", report_.facts, "facts");
    option(to, "--evidence", report_.evidence, "evidence");
  }

  void add_form_words(CLI::App* to) {
    needed(to, "report", form_.report, "report");
    needed(to, "form", form_.form, "form");
    option(to, "--duty", form_.duty, "duty");
    option(to, "--stage", form_.stage, "stage");
  }

  void add_report() {
    CLI::App* report = group("report");
    CLI::App* filed =
        remote(report, "new", [this](const Context& context) { return run_report_new(context, server_, report_); });
    add_report_words(filed);
    CLI::App* check = remote(
        report, "check", [this](const Context& context) { return run_report_check(context, server_, report_, as_); });
    add_report_words(check);
    option(check, "--as", as_, "as_recipient");
    CLI::App* add = remote(
        report, "add", [this](const Context& context) { return run_report_add(context, server_, subject_, report_); });
    needed(add, "report", subject_, "report");
    add_report_words(add);
    add_list(report, run_report_list);
    add_on_one(report, "show", "report", run_report_show);
    add_on_one(report, "duties", "report", run_report_duties);
    add_on_one(report, "readers", "report", run_report_readers);
    CLI::App* recipients = remote(report, "recipients", [this](const Context& context) {
      return run_report_recipients(context, server_, subject_, as_);
    });
    needed(recipients, "report", subject_, "report");
    option(recipients, "--as", as_, "as_recipient");
    add_on_one(report, "deliveries", "report", run_report_deliveries);
    add_on_one(report, "forms", "report", run_report_forms);
    CLI::App* form =
        remote(report, "form", [this](const Context& context) { return run_report_form(context, server_, form_); });
    add_form_words(form);
    option(form, "--version", form_.version, "form_report_version");
    form->add_option("--format", form_.format, text("cli.option.form_format"))->check(CLI::IsMember({"pdf", "xlsx"}));
    option(form, "-o,--output", form_.output, "output");
    flag(form, "--blank", form_.blank, "form_blank");
    CLI::App* read =
        remote(report, "read", [this](const Context& context) { return run_report_read(context, server_, reading_); });
    needed(read, "file", reading_.file, "form_file");
    flag(read, "--confirm", reading_.confirm, "reading_confirm");
    option(read, "--take", reading_.take, "reading_take");
    option(read, "--for-org", reading_.for_org, "for_org");
    add_submissions(report);
    CLI::App* compared = remote(
        report, "diff", [this](const Context& context) { return run_report_difference(context, server_, compared_); });
    needed(compared, "report", compared_.report, "report");
    option(compared, "--from", compared_.from, "from_version");
    option(compared, "--to", compared_.to, "to_version");
  }

  void add_draft() {
    CLI::App* draft = group("draft");
    add_list(draft, run_draft_list);
    add_on_one(draft, "show", "draft", run_draft_show);
    CLI::App* save =
        remote(draft, "save", [this](const Context& context) { return run_draft_save(context, server_, draft_); });
    option(save, "--draft", draft_.draft, "draft");
    option(save, "answers", draft_.answers, "answers");
    add_on_one(draft, "send", "draft", run_draft_send);
    add_on_one(draft, "remove", "draft", run_draft_remove);
  }

  void add_handover() {
    CLI::App* handover =
        remote(root(), "handover", [this](const Context& context) { return run_handover(context, server_, take_); });
    option(handover, "--take", take_, "take_watch");
  }

  void add_submissions(CLI::App* report) {
    add_on_one(report, "submissions", "report", run_report_submissions);
    CLI::App* submitted = remote(report, "submitted", [this](const Context& context) {
      return run_report_submitted(context, server_, form_, submitted_);
    });
    add_form_words(submitted);
    option(submitted, "--version", form_.version, "form_report_version");
    option(submitted, "--to", submitted_.to, "addressee");
    needed(submitted, "--channel", submitted_.channel, "channel");
    option(submitted, "--at", submitted_.at, "sent_at");
    CLI::App* receipt = remote(report, "receipt", [this](const Context& context) {
      return run_report_receipt(context, server_, subject_, receipt_);
    });
    needed(receipt, "report", subject_, "report");
    needed(receipt, "submission", receipt_.submission, "submission");
    needed(receipt, "--channel", receipt_.channel, "channel");
    needed(receipt, "--who", receipt_.who, "who");
    option(receipt, "--at", receipt_.at, "confirmed_at");
    add_copy(report, "sent", run_report_sent);
    add_copy(report, "supplement", run_report_supplement);
  }

  using Copy = ExitCode (*)(const Context&, const ServerAccess&, const CopyWords&);
  void add_copy(CLI::App* report, const std::string& name, Copy run) {
    CLI::App* copy = remote(report, name, [this, run](const Context& context) { return run(context, server_, copy_); });
    needed(copy, "report", copy_.report, "report");
    needed(copy, "submission", copy_.submission, "submission");
    copy->add_option("--format", copy_.format, text("cli.option.copy_format"))->check(CLI::IsMember({"pdf"}));
    option(copy, "-o,--output", copy_.output, "output");
  }

  using OnOne = ExitCode (*)(const Context&, const ServerAccess&, const std::string&);
  CLI::App* add_on_one(CLI::App* parent, const std::string& name, const std::string& subject, OnOne run) {
    CLI::App* added =
        remote(parent, name, [this, run](const Context& context) { return run(context, server_, subject_); });
    needed(added, subject, subject_, subject);
    return added;
  }

  using List = ExitCode (*)(const Context&, const ServerAccess&, std::size_t);
  void add_list(CLI::App* parent, List run, const std::string& name = "list") {
    CLI::App* added =
        remote(parent, name, [this, run](const Context& context) { return run(context, server_, limit_); });
    option(added, "--limit", limit_, "limit");
  }

  void add_release() {
    CLI::App* release = group("release");
    add_list(release, run_release_list);
    add_on_one(release, "show", "release", run_release_show);
    add_on_one(release, "acknowledge", "release", run_release_acknowledge);
    CLI::App* withdraw = remote(release, "withdraw", [this](const Context& context) {
      return run_release_withdraw(context, server_, subject_, reason_);
    });
    needed(withdraw, "release", subject_, "release");
    needed(withdraw, "--reason", reason_, "reason");
    add_relabelling(release);
  }

  void add_relabelling(CLI::App* release) {
    CLI::App* relabel = remote(
        release, "relabel", [this](const Context& context) { return run_release_relabel(context, server_, relabel_); });
    needed(relabel, "release", relabel_.release, "release");
    needed(relabel, "--tlp", relabel_.tlp, "tlp");
    needed(relabel, "--audience", relabel_.audience, "audience");
    option(relabel, "--embargo-until", relabel_.embargo_until, "embargo_until");
    needed(relabel, "--reason", relabel_.reason, "relabel_reason");
    flag(relabel, "--propose", relabel_.propose, "relabel_propose");
    add_on_one(release, "relabellings", "release", run_release_relabellings);
    for (const auto& [name, run] : {std::pair{"relabel-agree", &run_release_relabel_agree},
                                    std::pair{"relabel-refuse", &run_release_relabel_refuse}}) {
      CLI::App* decide = remote(release, name, [this, chosen = run](const Context& context) {
        return chosen(context, server_, relabelling_);
      });
      needed(decide, "release", relabelling_.release, "release");
      needed(decide, "relabelling", relabelling_.relabelling, "relabelling");
    }
  }

  void add_pointer() {
    CLI::App* pointer = group("pointer");
    CLI::App* add =
        remote(pointer, "add", [this](const Context& context) { return run_pointer_add(context, server_, pointer_); });
    needed(add, "--holder", pointer_.holder, "holder");
    needed(add, "--system", pointer_.system, "secrecy_system");
    option(add, "--level", pointer_.level, "secrecy_level");
    needed(add, "--reference", pointer_.reference, "reference");
    needed(add, "--contact", pointer_.contact, "pointer_contact");
    needed(add, "--dated", pointer_.dated, "dated");
    option(add, "--expires", pointer_.expires, "expires");
    option(add, "--audience", pointer_.audience, "pointer_audience");
    flag(add, "--needs-clearance", pointer_.needs_clearance, "needs_clearance");
    flag(add, "--post", pointer_.post, "post_pointer");
    add_list(pointer, run_pointer_list);
    add_on_one(pointer, "show", "pointer", run_pointer_show);
    add_on_one(pointer, "end", "pointer", run_pointer_end);
    remote(pointer, "unread", [this](const Context& context) { return run_pointer_unread(context, server_); });
    add_on_one(pointer, "end-unread", "pointer", run_pointer_end_unread);
  }

  void add_review() {
    CLI::App* review = group("review");
    CLI::App* start = remote(review, "start", [this](const Context& context) {
      return run_review_start(context, server_, subject_, audience_);
    });
    needed(start, "report", subject_, "report");
    option(start, "--audience", audience_, "audience");
    add_list(review, run_review_list);
    add_on_one(review, "show", "review", run_review_show);
    CLI::App* edit = remote(review, "edit", [this](const Context& context) {
      return run_review_edit(context, server_, subject_, change_);
    });
    needed(edit, "review", subject_, "review");
    flag(edit, "--use-proposal", change_.use_proposal, "use_proposal");
    option(edit, "--file", change_.file, "edition_file");
    option(edit, "--tlp", change_.tlp, "tlp");
    option(edit, "--audience", change_.audience, "audience");
    CLI::App* approve = remote(review, "approve", [this](const Context& context) {
      return run_review_approve(context, server_, subject_, revision_);
    });
    needed(approve, "review", subject_, "review");
    option(approve, "--revision", revision_, "revision");
    CLI::App* consent = remote(review, "consent", [this](const Context& context) {
      return run_review_consent(context, server_, subject_, consent_);
    });
    needed(consent, "review", subject_, "review");
    flag(consent, "--refuse", consent_.refuse, "refuse");
    flag(consent, "--take-back", consent_.take_back, "take_back");
    option(consent, "--revision", consent_.revision, "consent_revision");
  }

  void add_token() {
    CLI::App* token = group("token");
    remote(token, "list", [this](const Context& context) { return run_token_list(context, server_); });
    CLI::App* issue = remote(token, "issue",
                             [this](const Context& context) { return run_token_issue(context, server_, new_token_); });
    needed(issue, "--name", new_token_.name, "new_token_name");
    needed(issue, "-o,--output", new_token_.output, "token_file_new");
    option(issue, "--scopes", new_token_.scopes, "scopes");
    option(issue, "--days", new_token_.days, "days");
    add_on_one(token, "end", "token", run_token_end);
    CLI::App* certificate = group("certificate");
    remote(certificate, "list", [this](const Context& context) { return run_certificate_list(context, server_); });
    add_on_one(certificate, "end", "certificate_id", run_certificate_end);
  }

  void add_exchange() {
    CLI::App* cases = group("case");
    add_list(cases, run_case_list);
    add_on_one(cases, "show", "case", run_case_show);
    CLI::App* import =
        remote(root(), "import", [this](const Context& context) { return run_import(context, server_, import_); });
    import->add_option("paths", import_.paths, text("cli.option.import_paths"))->required();
    option(import, "--source", import_.source, "source");
    option(import, "--limit", import_.limit, "file_limit");
    CLI::App* exported = group("export");
    CLI::App* bundle = remote(exported, "bundle", [this](const Context& context) {
      return run_export(context, server_, {"/api/v1/bundle", output_});
    });
    needed(bundle, "-o,--output", output_, "output");
  }

  ExitCode hunt(const Context& context) {
    hunt_.server = server_.url;
    hunt_.fail_on = fail_on_hit_ ? FailOn::Hit : FailOn::None;
    hunt_.shows_progress = isatty(STDERR_FILENO) == 1;
    std::signal(SIGINT, [](int) { interrupted = true; });
    HuntPorts ports;
    ports.interrupted = &interrupted;
    ports.fetch_indicators = [&](const std::string& url) {
      return fetch_indicators(context, {url, server_.token_file});
    };
    return run_hunt(context, hunt_, ports);
  }

  void add_hunt() {
    CLI::App* hunt = command(root(), "hunt", [this](const Context& context) { return this->hunt(context); });
    option(hunt, "paths", hunt_.paths, "hunt_paths");
    option(hunt, "--plan", hunt_.plan, "plan");
    option(hunt, "--bundle", hunt_.bundle, "bundle");
    option(hunt, "--ioc", hunt_.list, "ioc");
    option(hunt, "--trust", hunt_.trust, "trust");
    option(hunt, "--save-plan", hunt_.save_plan, "save_plan");
    option(hunt, "--threads", hunt_.threads, "threads");
    hunt->add_option("--fail-on", fail_on_, text("cli.option.fail_on"))->check(CLI::IsMember({"hit", "none"}));
    hunt->parse_complete_callback([this] { fail_on_hit_ = fail_on_ == "hit"; });
    CLI::App* sighting = group("sighting");
    CLI::App* send = remote(sighting, "send",
                            [this](const Context& context) { return run_sighting_send(context, server_, sighting_); });
    needed(send, "--release", sighting_.release, "release");
    needed(send, "--indicator", sighting_.indicator, "indicator_id");
    option(send, "--count", sighting_.count, "count");
    option(send, "--day", sighting_.day, "day");
    flag(send, "--named", sighting_.named, "named");
    add_on_one(sighting, "list", "release", run_sighting_list);
  }

  void add_verify() {
    CLI::App* verify = group("verify");
    // With a server the word names a release there, without one a file.
    CLI::App* release = command(verify, "release", [this](const Context& context) {
      const bool here = server_.url.empty();
      return run_verify_release(context, server_, {here ? subject_ : "", here ? "" : subject_, trust_});
    });
    needed(release, "release", subject_, "verify_release");
    option(release, "--trust", trust_, "trust");
    CLI::App* bundle = command(verify, "bundle",
                               [this](const Context& context) { return run_verify_bundle(context, subject_, trust_); });
    needed(bundle, "file", subject_, "bundle");
    needed(bundle, "--trust", trust_, "trust");
    CLI::App* receipt = command(
        verify, "receipt", [this](const Context& context) { return run_verify_receipt(context, subject_, trust_); });
    needed(receipt, "file", subject_, "receipt");
    needed(receipt, "--trust", trust_, "trust");
  }

  void add_operation() {
    CLI::App* backup =
        command(root(), "backup", [this](const Context& context) { return run_backup(context, data_, output_); });
    needed(backup, "--data", data_, "data");
    needed(backup, "--to", output_, "backup_file");
    CLI::App* restore = command(root(), "restore", [this](const Context& context) {
      return run_restore(context, subject_, verify_only_ ? "" : data_);
    });
    needed(restore, "--from", subject_, "backup_file");
    CLI::Option_group* where = restore->add_option_group("where");
    where->add_option("--data", data_, text("cli.option.data"));
    where->add_flag("--verify", verify_only_, text("cli.option.verify_only"));
    where->require_option(1);
    add_on_data(root(), "doctor", run_doctor);
    add_on_data(root(), "migrate", run_migrate);
    CLI::App* admin = group("admin");
    add_founding(admin);
    add_on_data(admin, "public-key", run_public_key);
    CLI::App* token =
        command(admin, "issue-token", [this](const Context& context) { return run_issue_token(context, token_); });
    needed(token, "--data", token_.data, "data");
    needed(token, "--login", token_.login, "login");
    needed(token, "-o,--output", token_.output, "output");
    option(token, "--name", token_.name, "token_name");
    add_directory(admin);
    CLI::App* clearances = command(admin, "clearance-register", [this](const Context& context) {
      return run_clearance_register(context, data_, register_on_);
    });
    needed(clearances, "--data", data_, "data");
    clearances->add_flag("--on,!--off", register_on_, text("cli.option.register_on"))->required();
    CLI::App* rules = group("rules");
    CLI::App* test = command(rules, "test", [this](const Context& context) { return run_rules_test(context, packs_); });
    test->add_option("packs", packs_, text("cli.option.rule_packs"));
    CLI::App* diff =
        command(rules, "diff", [this](const Context& context) { return run_rules_diff(context, subject_, other_); });
    needed(diff, "old", subject_, "rule_pack_old");
    needed(diff, "new", other_, "rule_pack_new");
    CLI::App* explain =
        command(rules, "explain", [this](const Context& context) { return run_rules_explain(context, subject_); });
    needed(explain, "facts", subject_, "rule_facts");
  }

  void add_founding(CLI::App* admin) {
    CLI::App* init = command(admin, "init", [this](const Context& context) { return run_init(context, init_); });
    needed(init, "--data", init_.data, "data");
    needed(init, "--organisation", init_.organisation, "founding_organisation");
    option(init, "--organisation-en", init_.organisation_en, "founding_organisation_en");
    option(init, "--person", init_.people, "founding_person");
    option(init, "--compartment", init_.compartments, "founding_compartment");
    CLI::App* invite =
        command(admin, "invite", [this](const Context& context) { return run_invite(context, data_, subject_); });
    needed(invite, "--data", data_, "data");
    needed(invite, "--login", subject_, "login");
  }

  void add_directory(CLI::App* admin) {
    CLI::App* changes = admin->add_subcommand("directory", text("cli.help.admin.directory"));
    changes->set_help_flag("-h,--help", text("cli.help.help"));
    changes->require_subcommand(1)->fallthrough();
    CLI::App* import = remote(changes, "import", [this](const Context& context) {
      return run_directory_import(context, server_, directory_);
    });
    needed(import, "file", directory_.file, "directory_file");
    option(import, "--note", directory_.note, "directory_note");
    flag(import, "--complete", directory_.complete, "directory_complete");
    flag(import, "--propose", directory_.propose, "directory_propose");
    add_list(changes, run_directory_changes, "changes");
    add_on_one(changes, "show", "change", run_directory_show);
    add_on_one(changes, "confirm", "change", run_directory_confirm);
    add_on_one(changes, "reject", "change", run_directory_reject);
    CLI::App* form = remote(changes, "template", [this](const Context& context) {
      return run_export(context, server_, {"/api/v1/directory/template", output_});
    });
    needed(form, "-o,--output", output_, "output");
    add_on_one(group("directory"), "lookup", "address", run_directory_lookup);
  }

  using OnData = ExitCode (*)(const Context&, const std::string&);
  void add_on_data(CLI::App* parent, const std::string& name, OnData run) {
    CLI::App* added = command(parent, name, [this, run](const Context& context) { return run(context, data_); });
    needed(added, "--data", data_, "data");
  }

  ServeOptions serve_;
  DemoOptions demo_;
  ReportWords report_;
  DraftWords draft_;
  VersionsCompared compared_;
  ReadingWords reading_;
  FormWords form_;
  SubmissionWords submitted_;
  ReceiptWords receipt_;
  CopyWords copy_;
  ReviewChange change_;
  SightingWords sighting_;
  TokenWords new_token_;
  ImportWords import_;
  DirectoryImport directory_;
  PointerWords pointer_;
  RelabelWords relabel_;
  RelabellingNamed relabelling_;
  bool register_on_ = false;
  InitRequest init_;
  HuntOptions hunt_;
  bool fail_on_hit_ = false;
  std::string fail_on_;
  std::string as_;       // with whose eyes
  std::string take_;     // digest of the memo
  std::string subject_;  // the one thing that most commands are about
  std::string other_;    // what it is compared with
  std::vector<std::string> packs_;
  std::string data_;
  bool verify_only_ = false;
  TokenRequest token_{.data = {}, .login = {}, .name = "command line", .output = {}};
  std::string audience_ = "members";
  std::string reason_, trust_, output_;
  std::int64_t revision_ = 0;
  ConsentWords consent_;
  std::size_t limit_ = 20;
};

}  // namespace

int run_command_line(std::span<const char* const> arguments) {
  const auto catalogue = embedded_catalogue();
  if (!catalogue.ok()) {
    std::cerr << "NG  " << catalogue.error().detail << "\n";
    return static_cast<int>(ExitCode::Failed);
  }
  return CommandLine(*catalogue, chosen_language(arguments)).run(arguments);
}

}  // namespace hinomi::app
