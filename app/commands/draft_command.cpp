// hinomi draft: reports that are not sent yet. A draft that was begun in the browser is sent from here and the other
// way round; either way one report is filed.
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "base/random.h"
#include "base/text.h"
#include "model/draft.h"

namespace hinomi::app {
namespace {

constexpr std::string_view kSchema = "hinomi.draft.v1";

std::string draft_path(const std::string& id) { return "/api/v1/drafts/" + url_encoded(id); }

void write_draft(const Context& context, JsonView draft) {
  const std::string title = text_at(draft, "title");
  context.out << text_at(draft, "id") << "  " << time_at(context, draft, "saved_at") << "  "
              << (title.empty() ? context.text("page.draft.untitled") : title) << "\n";
  const auto fields = draft.find("fields");
  if (!fields) return;
  for (const JsonView field : *fields) context.out << "  " << field.key() << "=" << field.string().value_or("") << "\n";
}

Result<TypedFields> typed_over(TypedFields fields, const std::vector<std::string>& answers) {
  for (const std::string& answer : answers) {
    const auto equals = answer.find('=');
    if (equals == std::string::npos) return invalid("draft.field", "An answer is written name=text.", answer);
    fields[answer.substr(0, equals)] = answer.substr(equals + 1);
  }
  TRY_OK(check_typed_fields(fields));
  return fields;
}

std::string saving_body(std::int64_t revision, const TypedFields& fields) {
  JsonWriter body;
  body.begin_object().member("revision", revision);
  return body.key("fields").raw(typed_fields_text(fields)).end_object().take();
}

Result<Json> save(const Context& context, const ServerAccess& server, const DraftWords& words) {
  TRY(const Client client, Client::open(context, server));
  if (words.draft.empty()) {
    TRY(const TypedFields fields, typed_over({}, words.answers));
    return client.put(draft_path(DraftId::random(context.machine.random).text()), saving_body(0, fields));
  }
  TRY(const Json current, client.get(draft_path(words.draft)));
  const auto stored = current->root().find("fields");
  const auto revision = current->root().integer_at("revision");
  if (!stored || !revision) return invalid("client.answer", "The server's draft has no answers.");
  TRY(TypedFields before, parse_typed_fields(*stored));
  TRY(const TypedFields fields, typed_over(std::move(before), words.answers));
  return client.put(draft_path(words.draft), saving_body(*revision, fields));
}

Result<Json> send(const Context& context, const ServerAccess& server, const std::string& id) {
  TRY(const Client client, Client::open(context, server));
  const auto current = client.get(draft_path(id));
  // Sent before: the server says what became of it.
  const std::int64_t revision = current.ok() ? (*current)->root().integer_at("revision").value_or(1) : 1;
  if (!current.ok() && current.error().kind != ErrorKind::NotFound) return current.error();
  JsonWriter body;
  body.begin_object().member("revision", revision).end_object();
  return client.post(draft_path(id) + "/filing", body.text());
}

Result<Json> get(const Context& context, const ServerAccess& server, const std::string& path) {
  TRY(const Client client, Client::open(context, server));
  return client.get(path);
}

}  // namespace

ExitCode run_draft_list(const Context& context, const ServerAccess& server, std::size_t limit) {
  const auto pages = [&]() -> Result<std::vector<Json>> {
    TRY(const Client client, Client::open(context, server));
    return read_pages(client, "/api/v1/drafts", limit);
  }();
  return show_rows(context, kSchema, pages, [&](JsonView draft) { write_draft(context, draft); });
}

ExitCode run_draft_show(const Context& context, const ServerAccess& server, const std::string& draft) {
  return show(context, kSchema, get(context, server, draft_path(draft)),
              [&](JsonView shown) { write_draft(context, shown); });
}

ExitCode run_draft_save(const Context& context, const ServerAccess& server, const DraftWords& words) {
  return show(context, kSchema, save(context, server, words), [&](JsonView draft) { write_draft(context, draft); });
}

ExitCode run_draft_send(const Context& context, const ServerAccess& server, const std::string& draft) {
  return show(context, "hinomi.report.v1", send(context, server, draft), [&](JsonView report) {
    context.out << text_at(report, "number") << "  " << time_at(context, report, "filed_at") << "\n  "
                << text_at(report, "title") << "\n";
  });
}

ExitCode run_draft_remove(const Context& context, const ServerAccess& server, const std::string& draft) {
  const Status removed = [&]() -> Status {
    TRY(const Client client, Client::open(context, server));
    return client.remove(draft_path(draft), "");
  }();
  return removed.ok() ? ExitCode::Done : fail(context, removed.error());
}

}  // namespace hinomi::app
