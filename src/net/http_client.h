// HTTP(S) client for collectors, webhooks and peers. The peer's real address is checked when the socket is opened,
// after name resolution and again for each redirect; no proxy, cookie, netrc or environment setting is used. Owns its
// connections; safe on any thread; every call blocks its caller.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "net/address_policy.h"
#include "net/http.h"

namespace hinomi {

struct ClientOptions {
  AddressPolicy addresses;
  std::string user_agent = "Hinomi";
  std::string authority_file;  // PEM of trusted roots; empty: the system's
  std::chrono::milliseconds connect_timeout{10'000};
};

struct ClientRequest {
  Method method = Method::Get;
  std::string url;  // http or https; no user name, no password
  Headers headers;
  std::string body;
  std::uint64_t max_body_bytes = 16U << 20U;  // of the answer, after decompression
  std::chrono::milliseconds timeout{60'000};  // for everything, redirects included
};

struct ClientResponse {
  int status = 0;
  Headers headers;
  std::string body;
  std::string url;  // after redirects
};

class HttpClient {
 public:
  static Result<std::unique_ptr<HttpClient>> create(ClientOptions options);
  virtual ~HttpClient() = default;

  // Any status is an answer, not an error. GET and HEAD follow up to 3 redirects (never https to http; Authorization
  // and Cookie fields stay with the first origin); other methods get the 3xx itself. Errors: Invalid "fetch.url",
  // Forbidden "fetch.address_forbidden", TooLarge "fetch.too_large", Unavailable "fetch.timeout" | "fetch.redirects" |
  // "fetch.unreachable" | "fetch.tls".
  virtual Result<ClientResponse> send(const ClientRequest& request) = 0;

  // Streaming GET, e.g. of server-sent events: `chunk` gets the body as it arrives and returns false to end it.
  // Without a total timeout, but ends as "fetch.timeout" when 45 s pass without a byte; `max_body_bytes` is per stream.
  // Redirects are not followed. Only a 2xx body goes to `chunk`; the answer returned has an empty body.
  virtual Result<ClientResponse> stream(const ClientRequest& request,
                                        const std::function<bool(std::string_view)>& chunk) = 0;
};

}  // namespace hinomi
