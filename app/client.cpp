#include "app/client.h"

#include <netdb.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace hinomi::app {
namespace {

constexpr std::uint64_t kMaxTokenBytes = 4096;
constexpr std::uint64_t kMaxAnswerBytes = std::uint64_t{256} << 20;

struct ServerAddress {
  bool tls = true;
  std::string host;  // without brackets
  unsigned short port = 0;
  std::string base_url;
};

Error bad_server(const std::string& url) {
  return invalid("client.server", "A server is written as https://host or https://host:port.", url);
}

Result<unsigned short> read_port(std::string_view digits, const std::string& url) {
  unsigned short port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size() || port == 0) return bad_server(url);
  return port;
}

Result<ServerAddress> parse_server(const std::string& url) {
  ServerAddress address;
  std::string_view rest = url;
  address.tls = rest.starts_with("https://");
  if (!address.tls && !rest.starts_with("http://")) return bad_server(url);
  rest.remove_prefix(address.tls ? 8 : 7);
  while (rest.ends_with('/')) rest.remove_suffix(1);
  if (rest.empty() || rest.find_first_of("/?#@ ") != std::string_view::npos) return bad_server(url);
  address.base_url = std::string(address.tls ? "https://" : "http://") + std::string(rest);
  address.port = address.tls ? 443 : 80;
  const std::size_t host_end = rest.starts_with('[') ? rest.find(']') + 1 : rest.find(':');
  const std::string_view host = rest.substr(0, host_end);
  if (host_end < rest.size()) {
    if (rest[host_end] != ':') return bad_server(url);
    TRY(address.port, read_port(rest.substr(host_end + 1), url));
  }
  address.host = host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
  if (address.host.empty()) return bad_server(url);
  return address;
}

struct FreeAddresses {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

// The person named this server, so its addresses may be reached wherever they lie.
Result<std::vector<Endpoint>> resolve(const ServerAddress& server) {
  if (server.host == "localhost") {  // always loopback, whatever a resolver says (RFC 6761 §6.3)
    TRY(const IpAddress v6, IpAddress::parse("::1"));
    return std::vector<Endpoint>{{IpAddress::from_v4({127, 0, 0, 1}), server.port}, {v6, server.port}};
  }
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(server.host.c_str(), nullptr, &hints, &found) != 0) {
    return unavailable("client.unknown_host", "The name '" + server.host + "' leads to no address.");
  }
  const std::unique_ptr<addrinfo, FreeAddresses> list(found);
  std::vector<Endpoint> endpoints;
  for (const addrinfo* each = list.get(); each != nullptr; each = each->ai_next) {
    char text[NI_MAXHOST];
    if (getnameinfo(each->ai_addr, each->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0) continue;
    if (auto address = IpAddress::parse(text); address.ok()) endpoints.push_back({*address, server.port});
  }
  return endpoints;
}

bool is_loopback(const Endpoint& endpoint) {
  const std::string text = endpoint.address.text();
  return text == "::1" || text.starts_with("127.");
}

ErrorKind kind_of_status(int status) {
  switch (status) {
    case 401:
    case 403: return ErrorKind::Forbidden;
    case 404: return ErrorKind::NotFound;
    case 409: return ErrorKind::Conflict;
    case 413: return ErrorKind::TooLarge;
    case 429:
    case 502:
    case 503:
    case 504: return ErrorKind::Unavailable;
    default: return status >= 500 ? ErrorKind::Internal : ErrorKind::Invalid;
  }
}

Error error_of(const ClientResponse& response) {
  Error error{kind_of_status(response.status),
              "client.answer",
              "The server answered with status " + std::to_string(response.status) + ".",
              {}};
  const auto problem = parse_json(response.body);
  if (!problem.ok()) return error;
  const JsonView root = (*problem)->root();
  if (const auto code = root.string_at("code")) error.code = *code;
  if (const auto detail = root.string_at("detail")) error.detail = *detail;
  if (const auto where = root.string_at("where")) error.where = *where;
  return error;
}

}  // namespace

Result<Client> Client::open(const Context& context, const ServerAccess& access) {
  TRY(const ServerAddress server, parse_server(access.url));
  ClientOptions options;
  TRY(options.addresses.also_allowed, resolve(server));
  if (!server.tls && !std::ranges::all_of(options.addresses.also_allowed, is_loopback)) {
    return invalid("client.plain_http", "Without TLS the token could be read on the way; use https://.", access.url);
  }
  options.user_agent = "hinomi";
  Client client(context, server.base_url);
  if (!access.token_file.empty()) {
    TRY(const std::string token, context.machine.files.read(access.token_file, kMaxTokenBytes));
    client.token_ = SecretText(std::string(trimmed(token)));
  }
  TRY(client.http_, HttpClient::create(std::move(options)));
  return client;
}

Result<ClientResponse> Client::send(const Outgoing& outgoing) const {
  ClientRequest request;
  request.method = outgoing.method;
  request.url = base_url_ + outgoing.path;
  request.body = outgoing.body;
  request.max_body_bytes = kMaxAnswerBytes;
  request.headers.add("Accept", std::string(outgoing.accept));
  request.headers.add("Accept-Language", std::string(language_tag(context_->language)));
  if (!token_.expose().empty()) request.headers.add("Authorization", "Bearer " + token_.expose());
  if (outgoing.method != Method::Get) {
    request.headers.add("Content-Type", std::string(outgoing.content_type));
    Bytes key(16);
    context_->machine.random.fill(key);
    request.headers.add("Idempotency-Key", to_hex(key));
    if (!outgoing.step_up.empty()) request.headers.add("Hinomi-Step-Up", outgoing.step_up);
  }
  return http_->send(request);
}

Result<Json> Client::send_for_json(const Outgoing& outgoing) const {
  TRY(const ClientResponse response, send(outgoing));
  if (response.status / 100 != 2) return error_of(response);
  auto document = parse_json(response.body, {.max_bytes = kMaxAnswerBytes, .max_depth = 64});
  if (!document.ok())
    return invalid("client.answer", "The answer is not JSON: " + document.error().detail, outgoing.path);
  return std::move(*document);
}

Result<Json> Client::get(const std::string& path) const { return send_for_json({.path = path}); }

Result<Json> Client::post(const std::string& path, const std::string& json) const {
  return send_for_json({.method = Method::Post, .path = path, .body = json});
}

Result<Json> Client::put(const std::string& path, const std::string& json) const {
  return send_for_json({.method = Method::Put, .path = path, .body = json});
}

Result<Json> Client::post_list(const std::string& path, const List& list) const {
  return send_for_json({.method = Method::Post,
                        .path = path,
                        .body = list.content,
                        .content_type = list.media_type,
                        .step_up = list.step_up});
}

Status Client::remove(const std::string& path, const std::string& json) const {
  TRY(const ClientResponse response, send({.method = Method::Delete, .path = path, .body = json}));
  if (response.status / 100 != 2) return error_of(response);
  return {};
}

Result<Json> Client::post_file(const std::string& path, const std::string& content) const {
  return send_for_json(
      {.method = Method::Post, .path = path, .body = content, .content_type = "application/octet-stream"});
}

Result<std::string> Client::get_file(const std::string& path) const {
  TRY(ClientResponse response, send({.path = path, .accept = "*/*"}));
  if (response.status / 100 != 2) return error_of(response);
  return std::move(response.body);
}

Result<ClientResponse> Client::get_as_is(const std::string& path, std::string_view accept) const {
  return send({.path = path, .accept = accept});
}

Result<std::vector<Json>> read_pages(const Client& client, const std::string& path, std::size_t limit) {
  constexpr std::size_t kPage = 200;
  std::vector<Json> pages;
  std::string cursor;
  for (std::size_t rows = 0; rows < limit;) {
    const std::string size = std::to_string(std::min(kPage, limit - rows));
    TRY(Json page, client.get(path + "?limit=" + size + (cursor.empty() ? "" : "&before=" + url_encoded(cursor))));
    const auto items = page->root().find("items");
    rows += items ? items->size() : 0;
    cursor = page->root().string_at("next").value_or("");
    const bool is_last = cursor.empty() || !items || items->size() == 0;
    pages.push_back(std::move(page));
    if (is_last) break;
  }
  return pages;
}

}  // namespace hinomi::app
