// The tree of subcommands and what every one of them has: language, help, --json, --quiet, --server, and the context it
// runs in. A class of commands derives from it and adds its own; one thread.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "app/client.h"
#include "app/context.h"
#include "base/catalogue.h"

namespace hinomi::app {

class CommandTree {
 public:
  // Parses and runs the chosen command; the exit code for the system. A word that is wrong is answered with the one
  // that was probably meant.
  int run(std::span<const char* const> arguments);

 protected:
  using Run = std::function<ExitCode(const Context&)>;

  CommandTree(const Catalogue& catalogue, Language language);
  ~CommandTree() = default;
  CommandTree(const CommandTree&) = delete;
  CommandTree& operator=(const CommandTree&) = delete;

  [[nodiscard]] std::string text(const std::string& key, const Catalogue::Values& values = {}) const {
    return catalogue_.text(language_, key, values);
  }
  CLI::App* root() { return &app_; }
  // Their help is the text cli.help.NAME (of a command inside a group: cli.help.GROUP.NAME), with cli.example.… below
  // it.
  CLI::App* group(const std::string& name);
  CLI::App* command(CLI::App* parent, const std::string& name, Run run);
  // A command over the API: needs --server.
  CLI::App* remote(CLI::App* parent, const std::string& name, Run run);

  // The description is the text cli.option.KEY. A list is given by repeating the option.
  template <class Value>
  void option(CLI::App* to, const std::string& name, Value& value, const std::string& key) {
    CLI::Option* added = to->add_option(name, value, text("cli.option." + key));
    if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
      if (name.starts_with("-")) added->allow_extra_args(false);
    }
  }
  void needed(CLI::App* to, const std::string& name, std::string& value, const std::string& key) {
    to->add_option(name, value, text("cli.option." + key))->required();
  }
  void flag(CLI::App* to, const std::string& name, bool& value, const std::string& key) {
    to->add_flag(name, value, text("cli.option." + key));
  }
  // The command that runs writes log lines to standard error.
  void log_lines() { logs_ = true; }

  ServerAccess server_;

 private:
  [[nodiscard]] Context context();
  ExitCode run_chosen();
  void explain(const CLI::ParseError& wrong, std::span<const char* const> arguments);

  const Catalogue& catalogue_;
  Language language_;
  SystemClock clock_;
  SystemRandom random_;
  SystemFiles files_;
  JsonLinesLog server_log_{clock_};
  NoLog no_log_;
  CLI::App app_;
  Run run_;
  bool json_ = false;
  bool quiet_ = false;
  bool logs_ = false;
  std::string language_word_;
};

}  // namespace hinomi::app
