// hinomi release relabel and its siblings: other readers for a release, by two people of the desk.
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "app/commands/presence_prompt.h"
#include "base/text.h"

namespace hinomi::app {
namespace {

constexpr std::string_view kSchema = "hinomi.relabelling.v1";

std::string relabellings_path(const std::string& release) {
  return "/api/v1/releases/" + url_encoded(release) + "/relabellings";
}

std::string names(JsonView list) {
  std::string all;
  for (const JsonView one : list) all.append(all.empty() ? "" : ", ").append(one.string().value_or(""));
  return all;
}

void write_label(const Context& context, JsonView object, std::string_view name) {
  const auto label = object.find(name);
  if (!label) return;
  context.out << text_at(*label, "tlp") << " " << word_at(context, *label, "audience", "page.relabel.audience.") << " "
              << time_at(context, *label, "embargo_until");
}

void write_effect(const Context& context, JsonView relabelling) {
  const auto effect = relabelling.find("effect");
  if (!effect) return;
  for (const std::string_view part : {"gain", "lose", "remain"}) {
    const auto group = effect->find(part);
    const auto orgs = group ? group->find("orgs") : std::nullopt;
    if (!orgs) continue;
    context.out << "    "
                << context.text("cli.relabel." + std::string(part),
                                {{"people", number_at(*group, "people")}, {"orgs", names(*orgs)}})
                << "\n";
  }
  const auto given = effect->find("given");
  if (given && given->size() > 0)
    context.out << "    " << context.text("cli.relabel.given", {{"orgs", names(*given)}}) << "\n";
  if (effect->boolean_at("marking_stays").value_or(false))
    context.out << "    " << context.text("page.relabel.marking") << "\n";
}

void write_relabelling(const Context& context, JsonView relabelling) {
  context.out << text_at(relabelling, "id") << "  " << word_at(context, relabelling, "state", "page.relabel.state.")
              << "  ";
  write_label(context, relabelling, "from");
  context.out << " → ";
  write_label(context, relabelling, "to");
  context.out << "  " << text_at(relabelling, "reason") << "\n";
  write_effect(context, relabelling);
}

Result<Json> propose(const Context& context, const ServerAccess& server, const RelabelWords& words) {
  TRY(const Client client, Client::open(context, server));
  const auto body = [&](bool dry_run) {
    JsonWriter out;
    out.begin_object().member("tlp", words.tlp).member("audience", words.audience);
    out.member("embargo_until", words.embargo_until).member("reason", words.reason).member("dry_run", dry_run);
    return out;
  };
  const std::string path = relabellings_path(words.release);
  auto looked = client.post(path, body(true).end_object().take());
  if (!looked.ok() || !words.propose) return looked;
  // Presence is shown for exactly this move.
  TRY(const std::string proof, ask_presence(context, client, text_at((*looked)->root(), "step_up_purpose")));
  return client.post(path, body(false).key("step_up").raw(proof).end_object().take());
}

Result<Json> agree(const Context& context, const ServerAccess& server, const RelabellingNamed& named) {
  TRY(const Client client, Client::open(context, server));
  const std::string path = relabellings_path(named.release) + "/" + url_encoded(named.relabelling);
  TRY(const std::string proof, presence_for(context, client, path));
  return client.post(path + "/agreement", proof);
}

Result<Json> refuse(const Context& context, const ServerAccess& server, const RelabellingNamed& named) {
  TRY(const Client client, Client::open(context, server));
  return client.post(relabellings_path(named.release) + "/" + url_encoded(named.relabelling) + "/rejection", "{}");
}

}  // namespace

ExitCode run_release_relabel(const Context& context, const ServerAccess& server, const RelabelWords& words) {
  return show(context, kSchema, propose(context, server, words),
              [&](JsonView relabelling) { write_relabelling(context, relabelling); });
}

ExitCode run_release_relabellings(const Context& context, const ServerAccess& server, const std::string& release) {
  const auto answer = [&]() -> Result<Json> {
    TRY(const Client client, Client::open(context, server));
    return client.get(relabellings_path(release));
  }();
  return show(context, kSchema, answer, [&](JsonView root) {
    const auto items = root.find("items");
    if (!items) return;
    for (const JsonView relabelling : *items) write_relabelling(context, relabelling);
  });
}

ExitCode run_release_relabel_agree(const Context& context, const ServerAccess& server, const RelabellingNamed& named) {
  return show(context, kSchema, agree(context, server, named),
              [&](JsonView relabelling) { write_relabelling(context, relabelling); });
}

ExitCode run_release_relabel_refuse(const Context& context, const ServerAccess& server, const RelabellingNamed& named) {
  return show(context, kSchema, refuse(context, server, named),
              [&](JsonView relabelling) { write_relabelling(context, relabelling); });
}

}  // namespace hinomi::app
