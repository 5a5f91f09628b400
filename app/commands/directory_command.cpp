// hinomi admin directory and hinomi directory: people and rights over the API, like any other client of it.
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "app/commands/presence_prompt.h"
#include "base/text.h"
#include "formats/table.h"

namespace hinomi::app {
namespace {

constexpr std::uint64_t kMaxListBytes = std::uint64_t{8} << 20;

std::string change_path(const std::string& id) { return "/api/v1/directory/changes/" + url_encoded(id); }

void write_differences(const Context& context, JsonView change) {
  const auto records = change.find("differences");
  if (!records) return;
  for (const JsonView record : *records) {
    context.out << word_at(context, record, "state", "page.directory.record_state.") << "  "
                << word_at(context, record, "kind", "page.directory.record.") << "  " << text_at(record, "name")
                << "\n";
    const auto fields = record.find("fields");
    if (!fields) continue;
    for (const JsonView field : *fields) {
      context.out << "    " << word_at(context, field, "field", "page.directory.column.") << ": "
                  << text_at(field, "before") << " → " << text_at(field, "after") << "\n";
    }
  }
}

void write_visibility(const Context& context, JsonView change) {
  const auto people = change.find("visibility");
  if (!people) return;
  for (const JsonView one : *people) {
    const auto person = one.find("person");
    const auto gained = one.find("gained");
    const auto lost = one.find("lost");
    if (!person || !gained || !lost) continue;
    context.out << context.text("cli.directory.visible", {{"person", text_at(*person, "name")},
                                                          {"gained_reports", number_at(*gained, "reports")},
                                                          {"gained_releases", number_at(*gained, "releases")},
                                                          {"gained_objects", number_at(*gained, "objects")},
                                                          {"lost_reports", number_at(*lost, "reports")},
                                                          {"lost_releases", number_at(*lost, "releases")},
                                                          {"lost_objects", number_at(*lost, "objects")}})
                << "\n";
  }
}

void write_problems(const Context& context, JsonView draft) {
  const auto problems = draft.find("problems");
  if (!problems) return;
  for (const JsonView problem : *problems) {
    const std::string list = text_at(problem, "list");
    context.err << list << (list.empty() ? "" : " ")
                << context.text("page.directory.row", {{"row", number_at(problem, "row")}}) << " "
                << text_at(problem, "what") << " " << text_at(problem, "detail") << " " << text_at(problem, "do")
                << "\n";
  }
}

void write_change(const Context& context, JsonView change) {
  if (!text_at(change, "id").empty()) {
    context.out << text_at(change, "id") << "  " << word_at(context, change, "state", "page.directory.change.") << "  "
                << time_at(context, change, "proposed_at") << "  " << text_at(change, "note") << "\n";
  }
  write_problems(context, change);
  write_differences(context, change);
  write_visibility(context, change);
  const auto invitations = change.find("invitations");
  if (!invitations) return;
  for (const JsonView issued : *invitations) {
    const auto person = issued.find("person");
    context.out << context.text("cli.directory.invitation",
                                {{"person", person ? text_at(*person, "name") : ""}, {"code", text_at(issued, "code")}})
                << "\n";
  }
}

// The file's own members, whether it is a dry run, and what shows that the person is there.
Result<std::string> as_request(const std::string& content, const std::string& proof) {
  TRY(const auto document, parse_json(content));
  const JsonView rows = document->root();
  if (!rows.is_object()) return invalid("directory.value", "The file holds one JSON object with lists of rows.");
  JsonWriter body;
  body.begin_object().member("dry_run", proof.empty());
  if (!proof.empty()) body.key("step_up").raw(proof);
  for (const JsonView member : rows) {
    if (member.key() != "dry_run" && member.key() != "step_up") body.key(member.key()).raw(member.raw());
  }
  return body.end_object().take();
}

// Proposes with a proof, only looks without one.
Result<Json> send_list(const Client& client, const DirectoryImport& words, const std::string& content,
                       const std::string& proof) {
  const std::string path = "/api/v1/directory/changes";
  if (words.file.ends_with(".json")) {
    TRY(const std::string body, as_request(content, proof));
    return client.post(path, body);
  }
  const bool is_workbook = lower_ascii(words.file).ends_with(".xlsx");
  return client.post_list(path + "?dry_run=" + (proof.empty() ? "true" : "false") +
                              "&complete=" + (words.complete ? "true" : "false") + "&note=" + url_encoded(words.note),
                          {content, is_workbook ? kWorkbookMediaType : "text/csv", proof});
}

Result<Json> import(const Context& context, const ServerAccess& server, const DirectoryImport& words) {
  TRY(const std::string content, context.machine.files.read(words.file, kMaxListBytes));
  TRY(const Client client, Client::open(context, server));
  auto looked = send_list(client, words, content, "");
  if (!looked.ok() || !words.propose) return looked;
  const auto purpose = (*looked)->root().string_at("step_up_purpose");
  if (!purpose) return looked;  // with its problems
  TRY(const std::string proof, ask_presence(context, client, std::string(*purpose)));
  return send_list(client, words, content, proof);
}

ExitCode on_change(const Context& context, const ServerAccess& server, const std::string& path, bool writes) {
  const auto answer = [&]() -> Result<Json> {
    TRY(const Client client, Client::open(context, server));
    return writes ? client.post(path, "{}") : client.get(path);
  }();
  return show(context, "hinomi.directory-change.v1", answer, [&](JsonView change) { write_change(context, change); });
}

Result<Json> agree(const Context& context, const ServerAccess& server, const std::string& id) {
  TRY(const Client client, Client::open(context, server));
  TRY(const std::string proof, presence_for(context, client, change_path(id)));
  return client.post(change_path(id) + "/agreements", proof);
}

}  // namespace

ExitCode run_directory_import(const Context& context, const ServerAccess& server, const DirectoryImport& words) {
  return show(context, "hinomi.directory-change.v1", import(context, server, words),
              [&](JsonView change) { write_change(context, change); });
}

ExitCode run_directory_changes(const Context& context, const ServerAccess& server, std::size_t limit) {
  const auto pages = [&]() -> Result<std::vector<Json>> {
    TRY(const Client client, Client::open(context, server));
    return read_pages(client, "/api/v1/directory/changes", limit);
  }();
  return show_rows(context, "hinomi.directory-change.v1", pages,
                   [&](JsonView change) { write_change(context, change); });
}

ExitCode run_directory_show(const Context& context, const ServerAccess& server, const std::string& id) {
  return on_change(context, server, change_path(id), false);
}
ExitCode run_directory_confirm(const Context& context, const ServerAccess& server, const std::string& id) {
  return show(context, "hinomi.directory-change.v1", agree(context, server, id),
              [&](JsonView change) { write_change(context, change); });
}
ExitCode run_directory_reject(const Context& context, const ServerAccess& server, const std::string& id) {
  return on_change(context, server, change_path(id) + "/rejection", true);
}

ExitCode run_directory_lookup(const Context& context, const ServerAccess& server, const std::string& address) {
  const auto answer = [&]() -> Result<Json> {
    TRY(const Client client, Client::open(context, server));
    JsonWriter body;
    return client.post("/api/v1/directory/lookup", body.begin_object().member("address", address).end_object().take());
  }();
  return show(context, "hinomi.person.v1", answer, [&](JsonView person) {
    const auto org = person.find("org");
    context.out << text_at(person, "name") << " (" << (org ? text_at(*org, "name") : "") << ")\n";
  });
}

}  // namespace hinomi::app
