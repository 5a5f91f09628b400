#include "app/context.h"

#include <cstdlib>
#include <ostream>

#include "api/problem.h"
#include "base/json.h"

namespace hinomi::app {

ExitCode exit_code_of(const Error& error) {
  if (error.code == "signin.too_many") return ExitCode::Unavailable;
  switch (error.kind) {
    case ErrorKind::Forbidden: return ExitCode::NotAllowed;
    case ErrorKind::Unavailable: return ExitCode::Unavailable;
    default: return ExitCode::Failed;
  }
}

ExitCode fail(const Context& context, const Error& error) {
  const api::Explanation explanation = api::explain(context.catalogue, context.language, error);
  if (context.json) {
    JsonWriter line;
    line.begin_object().member("schema", "hinomi.error.v1").member("code", error.code).member("what", explanation.what);
    line.member("why", explanation.why).member("do", explanation.what_to_do).member("detail", error.detail);
    if (!error.where.empty()) line.member("where", error.where);
    context.err << line.end_object().text() << "\n";
    return exit_code_of(error);
  }
  context.err << "NG  " << explanation.what << " (" << context.text("cli.what") << ")\n";
  context.err << "    " << explanation.why << " (" << context.text("cli.why") << ")\n";
  if (!error.detail.empty())
    context.err << "    " << (error.where.empty() ? "" : error.where + ": ") << error.detail << "\n";
  context.err << "    " << explanation.what_to_do << " (" << context.text("cli.do") << ")\n";
  return exit_code_of(error);
}

Language chosen_language(std::span<const char* const> arguments) {
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string_view word = arguments[i];
    if (word.starts_with("--lang=")) return parse_language(word.substr(7));
    if (word == "--lang" && i + 1 < arguments.size()) return parse_language(arguments[i + 1]);
  }
  for (const char* name : {"HINOMI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread starts
    if (value != nullptr && *value != '\0') return parse_language(value);
  }
  return Language::Japanese;
}

}  // namespace hinomi::app
