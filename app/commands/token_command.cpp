// hinomi token and hinomi certificate: how one's own programs sign in. A new token goes into a file that only its owner
// reads, never to the terminal.
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "app/commands/presence_prompt.h"
#include "base/text.h"

namespace hinomi::app {
namespace {

constexpr const char* kTokens = "/api/v1/account/tokens";

constexpr const char* kCertificates = "/api/v1/account/certificates";

Result<std::vector<Json>> get_all(const Context& context, const ServerAccess& server, const char* path) {
  TRY(const Client client, Client::open(context, server));
  TRY(Json tokens, client.get(path));
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

Status end(const Context& context, const ServerAccess& server, const std::string& path) {
  TRY(const Client client, Client::open(context, server));
  TRY(const std::string proof, presence_alone(context, client, "account.sessions"));
  return client.remove(path, proof);
}

ExitCode list(const Context& context, std::string_view schema, const Result<std::vector<Json>>& pages) {
  return show_rows(context, schema, pages, [&](JsonView machine) {
    context.out << text_at(machine, "id") << "  " << text_at(machine, "name") << "  " << scopes_of(machine) << "  "
                << time_at(context, machine, "last_used_at") << "  " << time_at(context, machine, "expires_at") << "\n";
  });
}

ExitCode end_one(const Context& context, const ServerAccess& server, const std::string& path) {
  const Status ended = end(context, server, path);
  return ended.ok() ? ExitCode::Done : fail(context, ended.error());
}

}  // namespace

ExitCode run_token_list(const Context& context, const ServerAccess& server) {
  return list(context, "hinomi.token.v1", get_all(context, server, kTokens));
}

ExitCode run_certificate_list(const Context& context, const ServerAccess& server) {
  return list(context, "hinomi.certificate.v1", get_all(context, server, kCertificates));
}

ExitCode run_token_issue(const Context& context, const ServerAccess& server, const TokenWords& words) {
  return show(context, "hinomi.token-issued.v1", issue(context, server, words), [&](JsonView token) {
    context.out << text_at(token, "id") << "  " << text_at(token, "file") << "  "
                << time_at(context, token, "expires_at") << "\n";
  });
}

ExitCode run_token_end(const Context& context, const ServerAccess& server, const std::string& token) {
  return end_one(context, server, std::string(kTokens) + "/" + url_encoded(token));
}

ExitCode run_certificate_end(const Context& context, const ServerAccess& server, const std::string& certificate) {
  return end_one(context, server, std::string(kCertificates) + "/" + url_encoded(certificate));
}

}  // namespace hinomi::app
