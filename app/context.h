// What every subcommand receives: the machine, the language, and where to write. Exit codes as people script them.
#pragma once

#include <iosfwd>
#include <span>
#include <string>

#include "app/installation.h"
#include "base/catalogue.h"
#include "base/result.h"

namespace hinomi::app {

// 0 done · 1 failed · 2 wrong use · 3 findings (only with --fail-on) · 4 not allowed · 5 unavailable · 130 interrupted
enum class ExitCode {
  Done = 0,
  Failed = 1,
  WrongUse = 2,
  Findings = 3,
  NotAllowed = 4,
  Unavailable = 5,
  Interrupted = 130
};

struct Context {
  Machine machine;
  const Catalogue& catalogue;
  Language language = Language::Japanese;
  bool json = false;
  bool quiet = false;
  std::ostream& out;  // results
  std::ostream& err;  // everything else

  [[nodiscard]] std::string text(std::string_view key, const Catalogue::Values& values = {}) const {
    return catalogue.text(language, key, values);
  }
};

ExitCode exit_code_of(const Error& error);
// 事象・原因・対処 to err (or one JSON line with --json), and the exit code.
ExitCode fail(const Context& context, const Error& error);

// --lang, or else what the environment says, or else Japanese. The language decides the help texts, so it is needed
// before the parser exists.
Language chosen_language(std::span<const char* const> arguments);

}  // namespace hinomi::app
