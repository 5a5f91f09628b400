// hinomi unnamed: reports without a name, for the secretariat.
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "app/commands/presence_prompt.h"
#include "base/text.h"

namespace hinomi::app {
namespace {

constexpr std::string_view kSchema = "hinomi.unnamed.v1";

std::string unnamed_path(const std::string& id) { return "/api/v1/unnamed/" + url_encoded(id); }

void write_row(const Context& context, JsonView report) {
  context.out << text_at(report, "id") << "  " << word_at(context, report, "state", "page.unnamed.state.") << "  "
              << time_at(context, report, "received_at") << "  " << text_at(report, "title") << "\n";
}

void write_talk(const Context& context, JsonView report) {
  const auto talk = report.find("talk");
  if (!talk) return;
  for (const JsonView entry : *talk) {
    const auto by = entry.find("by");
    context.out << "  " << word_at(context, entry, "side", "page.code.side.") << "  " << time_at(context, entry, "at")
                << "  " << (by ? text_at(*by, "name") : "") << "\n    " << text_at(entry, "text") << "\n";
  }
}

void write_openings(const Context& context, JsonView report) {
  const auto left = report.boolean_at("identity_left");
  if (left) context.out << context.text(*left ? "page.unnamed.identity.left" : "page.unnamed.identity.none") << "\n";
  const auto identity = report.find("identity");
  if (identity) context.out << "  " << text_at(*identity, "name") << "  " << text_at(*identity, "contact") << "\n";
  const auto openings = report.find("openings");
  if (!openings) return;
  for (const JsonView opening : *openings) {
    context.out << "  " << text_at(opening, "id") << "  " << word_at(context, opening, "state", "page.unnamed.opening.")
                << "  " << text_at(opening, "reason") << "\n";
  }
}

void write_report(const Context& context, JsonView report) {
  write_row(context, report);
  const auto story = report.find("story");
  if (story) context.out << text_at(*story, "text") << "\n";
  write_talk(context, report);
  write_openings(context, report);
}

ExitCode show_report(const Context& context, const Result<Json>& answer) {
  return show(context, kSchema, answer, [&](JsonView report) { write_report(context, report); });
}

// Proposes, agrees or refuses, by which of the three was said.
Result<Json> on_identity(const Context& context, const ServerAccess& server, const UnnamedWords& words) {
  const int said = !words.reason.empty() + !words.agree.empty() + !words.refuse.empty();
  if (said != 1) {
    return invalid("unnamed.reason",
                   "Say exactly one: --reason to propose, --agree or --refuse with the request's id.");
  }
  TRY(const Client client, Client::open(context, server));
  const std::string path = unnamed_path(words.unnamed) + "/identity";
  if (!words.refuse.empty()) return client.post(path + "/" + url_encoded(words.refuse) + "/rejection", "{}");
  if (!words.agree.empty()) {
    TRY(const std::string proof, presence_alone(context, client, "unnamed.identity.agree " + words.agree));
    return client.post(path + "/" + url_encoded(words.agree) + "/agreement", proof);
  }
  TRY(const std::string proof, ask_presence(context, client, "unnamed.identity " + words.unnamed));
  JsonWriter body;
  body.begin_object().member("reason", words.reason).key("step_up").raw(proof);
  return client.post(path, body.end_object().take());
}

Result<Json> file(const Context& context, const ServerAccess& server, const UnnamedWords& words) {
  TRY(const Client client, Client::open(context, server));
  JsonWriter body;
  body.begin_object().member("scope", words.scope).end_object();
  return client.post(unnamed_path(words.unnamed) + "/report", body.take());
}

}  // namespace

ExitCode run_unnamed_list(const Context& context, const ServerAccess& server, std::size_t limit) {
  const auto pages = [&]() -> Result<std::vector<Json>> {
    TRY(const Client client, Client::open(context, server));
    return read_pages(client, "/api/v1/unnamed", limit);
  }();
  return show_rows(context, kSchema, pages, [&](JsonView report) { write_row(context, report); });
}

ExitCode run_unnamed_show(const Context& context, const ServerAccess& server, const std::string& id) {
  return show_report(context, [&]() -> Result<Json> {
    TRY(const Client client, Client::open(context, server));
    return client.get(unnamed_path(id));
  }());
}

ExitCode run_unnamed_close(const Context& context, const ServerAccess& server, const std::string& id) {
  return show_report(context, [&]() -> Result<Json> {
    TRY(const Client client, Client::open(context, server));
    return client.post(unnamed_path(id) + "/close", "{}");
  }());
}

ExitCode run_unnamed_answer(const Context& context, const ServerAccess& server, const UnnamedWords& words) {
  return show_report(context, [&]() -> Result<Json> {
    TRY(const Client client, Client::open(context, server));
    JsonWriter body;
    body.begin_object().member("text", words.text).end_object();
    return client.post(unnamed_path(words.unnamed) + "/answers", body.take());
  }());
}

ExitCode run_unnamed_file(const Context& context, const ServerAccess& server, const UnnamedWords& words) {
  return show(context, kSchema, file(context, server, words), [&](JsonView filed) {
    context.out << text_at(filed, "number") << "  " << text_at(filed, "report") << "\n";
  });
}

ExitCode run_unnamed_open_identity(const Context& context, const ServerAccess& server, const UnnamedWords& words) {
  return show_report(context, on_identity(context, server, words));
}

}  // namespace hinomi::app
