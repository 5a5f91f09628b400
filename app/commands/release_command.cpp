// hinomi release, sighting and case: what the community shares, what was seen of it, what was collected.
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "base/text.h"

namespace hinomi::app {
namespace {

Result<Json> get_one(const Context& context, const ServerAccess& server, const std::string& path) {
  TRY(const Client client, Client::open(context, server));
  return client.get(path);
}

Result<std::vector<Json>> get_pages(const Context& context, const ServerAccess& server, const std::string& path,
                                    std::size_t limit) {
  TRY(const Client client, Client::open(context, server));
  return read_pages(client, path, limit);
}

std::string release_path(const std::string& release) { return "/api/v1/releases/" + url_encoded(release); }

void write_release_line(const Context& context, JsonView release) {
  context.out << text_at(release, "number") << "  " << text_at(release, "tlp") << "  "
              << word_at(context, release, "state", "cli.state.") << "  " << time_at(context, release, "published_at")
              << "  " << text_at(release, "title") << "\n";
}

void write_paragraph(const Context& context, std::string_view key, const std::string& text) {
  if (!text.empty()) context.out << "\n[" << context.text(key) << "]\n" << text << "\n";
}

void write_release(const Context& context, JsonView release) {
  write_release_line(context, release);
  const auto edition = release.find("edition");
  if (!edition) return;
  context.out << "\n" << text_at(*edition, "body") << "\n";
  for (const std::string_view part : {"implication", "check", "mitigation"}) {
    write_paragraph(context, "cli.edition." + std::string(part), text_at(*edition, part));
  }
  if (const auto indicators = edition->find("indicators")) {
    for (const JsonView indicator : *indicators) context.out << "  " << text_at(indicator, "defanged") << "\n";
  }
}

Result<Json> acknowledge(const Context& context, const ServerAccess& server, const std::string& release) {
  TRY(const Client client, Client::open(context, server));
  TRY(const Json current, client.get(release_path(release)));
  JsonWriter body;
  body.begin_object().member("version", current->root().integer_at("version").value_or(0)).end_object();
  return client.post(release_path(release) + "/acknowledgements", body.text());
}

Result<Json> withdraw(const Context& context, const ServerAccess& server, const std::string& release,
                      const std::string& reason) {
  TRY(const Client client, Client::open(context, server));
  JsonWriter body;
  body.begin_object().member("purpose", "withdrawal").member("reason", reason).end_object();
  return client.post(release_path(release) + "/reviews", body.text());
}

Result<Json> send_sighting(const Context& context, const ServerAccess& server, const SightingWords& words) {
  TRY(const Client client, Client::open(context, server));
  JsonWriter body;
  body.begin_object()
      .member("release", words.release)
      .member("indicator", words.indicator)
      .member("count", words.count);
  body.member("day", words.day.empty() ? day_text(tokyo_day(context.machine.clock.now())) : words.day)
      .member("named", words.named);
  return client.post("/api/v1/sightings", body.end_object().text());
}

void write_case(const Context& context, JsonView row) {
  context.out << text_at(row, "number") << "  " << number_at(row, "score") << "  " << text_at(row, "title") << "\n";
  if (const auto reasons = row.find("reasons")) {
    for (const JsonView reason : *reasons) context.out << "    " << reason.string().value_or("") << "\n";
  }
}

}  // namespace

ExitCode run_release_list(const Context& context, const ServerAccess& server, std::size_t limit) {
  return show_rows(context, "hinomi.release-summary.v1", get_pages(context, server, "/api/v1/releases", limit),
                   [&](JsonView release) { write_release_line(context, release); });
}

ExitCode run_release_show(const Context& context, const ServerAccess& server, const std::string& release) {
  return show(context, "hinomi.release.v1", get_one(context, server, release_path(release)),
              [&](JsonView root) { write_release(context, root); });
}

ExitCode run_release_acknowledge(const Context& context, const ServerAccess& server, const std::string& release) {
  return show(context, "hinomi.release.v1", acknowledge(context, server, release),
              [&](JsonView root) { write_release_line(context, root); });
}

ExitCode run_release_withdraw(const Context& context, const ServerAccess& server, const std::string& release,
                              const std::string& reason) {
  return show(context, "hinomi.review.v1", withdraw(context, server, release, reason), [&](JsonView root) {
    context.out << context.text("cli.release.withdrawing", {{"review", text_at(root, "id")}}) << "\n";
  });
}

ExitCode run_sighting_send(const Context& context, const ServerAccess& server, const SightingWords& words) {
  return show(context, "hinomi.sighting.v1", send_sighting(context, server, words), [&](JsonView root) {
    context.out << context.text("cli.sighting.sent", {{"id", text_at(root, "id")}}) << "\n";
  });
}

ExitCode run_sighting_list(const Context& context, const ServerAccess& server, const std::string& release) {
  const auto answer = get_one(context, server, release_path(release));
  if (!answer.ok()) return fail(context, answer.error());
  const auto counts = (*answer)->root().find("sightings");
  if (!counts) return ExitCode::Done;
  for (const JsonView count : *counts) {
    if (context.json) {
      context.out << json_line("hinomi.sighting-count.v1", count);
    } else {
      context.out << context.text("cli.sighting.count",
                                  {{"indicator", text_at(count, "indicator")}, {"orgs", number_at(count, "orgs")}})
                  << "\n";
    }
  }
  return ExitCode::Done;
}

ExitCode run_case_list(const Context& context, const ServerAccess& server, std::size_t limit) {
  return show_rows(context, "hinomi.case.v1", get_pages(context, server, "/api/v1/cases", limit),
                   [&](JsonView row) { write_case(context, row); });
}

ExitCode run_case_show(const Context& context, const ServerAccess& server, const std::string& id) {
  return show(context, "hinomi.case.v1", get_one(context, server, "/api/v1/cases/" + url_encoded(id)),
              [&](JsonView row) {
                write_case(context, row);
                const auto items = row.find("items");
                if (!items) return;
                for (const JsonView item : *items)
                  context.out << "  " << text_at(item, "source") << "  " << text_at(item, "title") << "\n";
              });
}

}  // namespace hinomi::app
