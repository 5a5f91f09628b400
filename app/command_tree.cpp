#include "app/command_tree.h"

#include <iostream>

#include "app/suggestion.h"

namespace hinomi::app {
namespace {

CommandNames names_of(const CLI::App& app) {
  CommandNames names{app.get_name(), {}};
  for (const CLI::App* sub : app.get_subcommands(std::function<bool(const CLI::App*)>{}))
    if (!sub->get_name().empty()) names.below.push_back(names_of(*sub));  // an option group has no name
  return names;
}

}  // namespace

CommandTree::CommandTree(const Catalogue& catalogue, Language language)
    : catalogue_(catalogue), language_(language), app_(text("cli.help.hinomi"), "hinomi") {
  app_.set_help_flag("-h,--help", text("cli.help.help"));
  app_.add_flag("--json", json_, text("cli.help.json"));
  app_.add_flag("--quiet", quiet_, text("cli.help.quiet"));
  app_.add_option("--lang", language_word_, text("cli.help.lang"));
  app_.add_option("--server", server_.url, text("cli.help.server"));
  app_.add_option("--token-file", server_.token_file, text("cli.help.token_file"));
  app_.set_version_flag("--version", "hinomi 0.1.0");
  app_.footer(text("cli.example.hinomi"));
  app_.require_subcommand(1);
}

int CommandTree::run(std::span<const char* const> arguments) {
  try {
    app_.parse(static_cast<int>(arguments.size()), arguments.data());
  } catch (const CLI::Success& asked_for_help) {
    return app_.exit(asked_for_help, std::cout, std::cerr);
  } catch (const CLI::ParseError& wrong) {
    explain(wrong, arguments);
    return static_cast<int>(ExitCode::WrongUse);
  }
  return static_cast<int>(run_chosen());
}

Context CommandTree::context() {
  Log& log = logs_ ? static_cast<Log&>(server_log_) : no_log_;
  return {{clock_, random_, log, files_}, catalogue_, language_, json_, quiet_, std::cout, std::cerr};
}

ExitCode CommandTree::run_chosen() {
  const ExitCode code = run_(context());
  std::cout.flush();
  return code;
}

void CommandTree::explain(const CLI::ParseError& wrong, std::span<const char* const> arguments) {
  fail(context(), invalid("cli.usage", wrong.what()));
  if (const auto meant = meant_command(names_of(app_), arguments); meant && !json_) {
    std::cerr << "    " << text("cli.meant", {{"word", *meant}}) << "\n";
  }
}

CLI::App* CommandTree::group(const std::string& name) {
  CLI::App* added = app_.add_subcommand(name, text("cli.help." + name));
  added->set_help_flag("-h,--help", text("cli.help.help"));
  added->require_subcommand(1)->fallthrough();
  if (catalogue_.has("cli.example." + name)) added->footer(text("cli.example." + name));
  return added;
}

CLI::App* CommandTree::command(CLI::App* parent, const std::string& name, Run run) {
  const std::string key = (parent == &app_ ? "" : parent->get_name() + ".") + name;
  CLI::App* added = parent->add_subcommand(name, text("cli.help." + key));
  added->set_help_flag("-h,--help", text("cli.help.help"));
  added->fallthrough();
  if (catalogue_.has("cli.example." + key)) added->footer(text("cli.example." + key));
  added->callback([this, chosen = std::move(run)] { run_ = chosen; });
  return added;
}

CLI::App* CommandTree::remote(CLI::App* parent, const std::string& name, Run run) {
  return command(parent, name, [this, chosen = std::move(run)](const Context& context) {
    if (!server_.url.empty()) return chosen(context);
    fail(context, invalid("cli.server_needed", "Name the server with --server URL."));
    return ExitCode::WrongUse;
  });
}

}  // namespace hinomi::app
