// hinomi token: one's own API tokens. A new one goes into a file that only its owner reads, never to the terminal.
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "app/commands/presence_prompt.h"
#include "base/text.h"

namespace hinomi::app {
namespace {

constexpr const char* kTokens = "/api/v1/account/tokens";

Result<std::vector<Json>> get_tokens(const Context& context, const ServerAccess& server) {
  TRY(const Client client, Client::open(context, server));
  TRY(Json tokens, client.get(kTokens));
  std::vector<Json> pages;
  pages.push_back(std::move(tokens));
  return pages;
}

std::string scopes_of(JsonView token) {
  std::string all;
  const auto scopes = token.find("scopes");
  if (!scopes) return all;
  for (const JsonView scope : *scopes) all += (all.empty() ? "" : ",") + std::string(scope.string().value_or(""));
  return all;
}

Result<std::string> wish(const Context& context, const Client& client, const TokenWords& words) {
  JsonWriter body;
  body.begin_object().member("name", words.name).key("scopes").begin_array();
  for (const std::string_view scope : split(words.scopes, ',')) body.string(trimmed(scope));
  const Instant end = context.machine.clock.now() + std::chrono::hours(24) * words.days;
  body.end_array().member("expires_at", to_rfc3339(end));
  TRY(const std::string proof, ask_presence(context, client, "account.token"));
  return body.key("step_up").raw(proof).end_object().take();
}

// The token's id; its secret is in the file.
Result<Json> issue(const Context& context, const ServerAccess& server, const TokenWords& words) {
  if (context.machine.files.exists(words.output))
    return conflict("backup.exists", "There is a file named " + words.output + " already.");
  TRY(const Client client, Client::open(context, server));
  TRY(const std::string body, wish(context, client, words));
  TRY(const Json issued, client.post(kTokens, body));
  const SecretText secret(text_at(issued->root(), "token"));
  TRY_OK(context.machine.files.replace(words.output, secret.expose() + "\n"));
  JsonWriter shown;
  shown.begin_object().member("id", text_at(issued->root(), "id")).member("name", words.name);
  shown.member("expires_at", text_at(issued->root(), "expires_at")).member("file", words.output).end_object();
  return parse_json(shown.text());
}

Status end(const Context& context, const ServerAccess& server, const std::string& token) {
  TRY(const Client client, Client::open(context, server));
  TRY(const std::string proof, presence_alone(context, client, "account.sessions"));
  return client.remove(std::string(kTokens) + "/" + url_encoded(token), proof);
}

}  // namespace

ExitCode run_token_list(const Context& context, const ServerAccess& server) {
  return show_rows(context, "hinomi.token.v1", get_tokens(context, server), [&](JsonView token) {
    context.out << text_at(token, "id") << "  " << text_at(token, "name") << "  " << scopes_of(token) << "  "
                << time_at(context, token, "last_used_at") << "  " << time_at(context, token, "expires_at") << "\n";
  });
}

ExitCode run_token_issue(const Context& context, const ServerAccess& server, const TokenWords& words) {
  return show(context, "hinomi.token-issued.v1", issue(context, server, words), [&](JsonView token) {
    context.out << text_at(token, "id") << "  " << text_at(token, "file") << "  "
                << time_at(context, token, "expires_at") << "\n";
  });
}

ExitCode run_token_end(const Context& context, const ServerAccess& server, const std::string& token) {
  const Status ended = end(context, server, token);
  return ended.ok() ? ExitCode::Done : fail(context, ended.error());
}

}  // namespace hinomi::app
