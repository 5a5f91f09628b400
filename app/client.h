// The command line's way to a server: REST with a bearer token from a file. Nothing here that any other client of the
// API could not do. Safe on any thread; every call blocks.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "app/context.h"
#include "base/json.h"
#include "base/secret.h"
#include "net/http_client.h"

namespace hinomi::app {

struct ServerAccess {
  std::string url;         // https://isac.example; http only on loopback
  std::string token_file;  // one line; empty: no token is sent
};

using Json = std::unique_ptr<const JsonDocument>;

class Client {
 public:
  // Resolves the server's name. Invalid "client.server" for what is no server address, "client.plain_http" where the
  // token would travel unencrypted; Unavailable "client.unknown_host".
  static Result<Client> open(const Context& context, const ServerAccess& access);

  // A path with its query, e.g. "/api/v1/reports?limit=5". A problem document becomes the Error it was made from;
  // Invalid "client.answer" when the other side is no Hinomi server.
  [[nodiscard]] Result<Json> get(const std::string& path) const;
  // A list as CSV or workbook, and where it is written: {"totp":…} as flow/step_up.h asks for it.
  struct List {
    std::string content;
    std::string_view media_type;
    std::string step_up{};
  };
  // Every write carries a fresh Idempotency-Key.
  [[nodiscard]] Result<Json> post(const std::string& path, const std::string& json) const;
  [[nodiscard]] Result<Json> put(const std::string& path, const std::string& json) const;
  [[nodiscard]] Result<Json> post_list(const std::string& path, const List& list) const;
  [[nodiscard]] Status remove(const std::string& path, const std::string& json) const;
  [[nodiscard]] Result<Json> post_file(const std::string& path, const std::string& content) const;
  [[nodiscard]] Result<std::string> get_file(const std::string& path) const;
  // Any status, as it came.
  [[nodiscard]] Result<ClientResponse> get_as_is(const std::string& path, std::string_view accept) const;

 private:
  struct Outgoing {
    Method method = Method::Get;
    std::string path{};
    std::string body{};
    std::string_view content_type = "application/json";
    std::string_view accept = "application/json";
    std::string step_up{};  // beside a file
  };
  Client(const Context& context, std::string base_url) : context_(&context), base_url_(std::move(base_url)) {}
  [[nodiscard]] Result<ClientResponse> send(const Outgoing& outgoing) const;
  [[nodiscard]] Result<Json> send_for_json(const Outgoing& outgoing) const;

  const Context* context_;
  std::string base_url_;
  SecretText token_;
  std::unique_ptr<HttpClient> http_;
};

// Every row of a paged list, at most `limit` of them.
Result<std::vector<Json>> read_pages(const Client& client, const std::string& path, std::size_t limit);

}  // namespace hinomi::app
