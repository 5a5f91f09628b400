// hinomi pointer: where something can be read that the platform must not hold.
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "base/text.h"

namespace hinomi::app {
namespace {

constexpr std::string_view kSchema = "hinomi.pointer.v1";

std::string pointer_path(const std::string& id) { return "/api/v1/pointers/" + url_encoded(id); }

std::string names(JsonView object, std::string_view name) {
  std::string all;
  const auto list = object.find(name);
  if (!list) return all;
  for (const JsonView one : *list) all.append(all.empty() ? "" : ", ").append(one.string().value_or(""));
  return all;
}

void write_pointer(const Context& context, JsonView pointer) {
  context.out << text_at(pointer, "id") << "  " << word_at(context, pointer, "state", "page.pointer.state.") << "  "
              << text_at(pointer, "holder") << "  " << text_at(pointer, "system_text") << "  "
              << text_at(pointer, "level_text") << "\n    " << text_at(pointer, "reference") << "  "
              << text_at(pointer, "dated") << "  " << text_at(pointer, "contact") << "\n";
  const auto readers = pointer.find("readers");
  if (!readers) return;
  context.out << "    "
              << context.text("cli.pointer.readers", {{"orgs", names(*readers, "orgs")},
                                                      {"others", number_at(*readers, "other_orgs")},
                                                      {"people", number_at(*readers, "people")}})
              << "\n";
}

Result<Json> add(const Context& context, const ServerAccess& server, const PointerWords& words) {
  TRY(const Client client, Client::open(context, server));
  JsonWriter body;
  body.begin_object().member("holder", words.holder).member("system", words.system).member("level", words.level);
  body.member("reference", words.reference).member("contact", words.contact).member("dated", words.dated);
  body.member("expires", words.expires).member("audience", words.audience);
  body.member("needs_clearance", words.needs_clearance).member("dry_run", !words.post).end_object();
  return client.post("/api/v1/pointers", body.text());
}

ExitCode on_pointer(const Context& context, const ServerAccess& server, const std::string& path, bool writes) {
  const auto answer = [&]() -> Result<Json> {
    TRY(const Client client, Client::open(context, server));
    return writes ? client.post(path, "{}") : client.get(path);
  }();
  return show(context, kSchema, answer, [&](JsonView pointer) { write_pointer(context, pointer); });
}

}  // namespace

ExitCode run_pointer_add(const Context& context, const ServerAccess& server, const PointerWords& words) {
  return show(context, kSchema, add(context, server, words),
              [&](JsonView pointer) { write_pointer(context, pointer); });
}

ExitCode run_pointer_list(const Context& context, const ServerAccess& server, std::size_t limit) {
  const auto pages = [&]() -> Result<std::vector<Json>> {
    TRY(const Client client, Client::open(context, server));
    return read_pages(client, "/api/v1/pointers", limit);
  }();
  return show_rows(context, kSchema, pages, [&](JsonView pointer) { write_pointer(context, pointer); });
}

ExitCode run_pointer_show(const Context& context, const ServerAccess& server, const std::string& id) {
  return on_pointer(context, server, pointer_path(id), false);
}

ExitCode run_pointer_unread(const Context& context, const ServerAccess& server) {
  const auto answer = [&]() -> Result<Json> {
    TRY(const Client client, Client::open(context, server));
    return client.get("/api/v1/unread-pointers");
  }();
  return show(context, kSchema, answer, [&](JsonView root) {
    const auto items = root.find("items");
    if (!items) return;
    for (const JsonView pointer : *items)
      context.out << context.text("cli.pointer.unread",
                                  {{"id", text_at(pointer, "id")}, {"time", time_at(context, pointer, "made_at")}})
                  << "\n";
  });
}

ExitCode run_pointer_end_unread(const Context& context, const ServerAccess& server, const std::string& id) {
  const auto answer = [&]() -> Result<Json> {
    TRY(const Client client, Client::open(context, server));
    return client.post("/api/v1/unread-pointers/" + url_encoded(id) + "/end", "{}");
  }();
  return show(context, kSchema, answer, [](JsonView) {});
}

ExitCode run_pointer_end(const Context& context, const ServerAccess& server, const std::string& id) {
  return on_pointer(context, server, pointer_path(id) + "/end", true);
}

}  // namespace hinomi::app
