#include "net/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <vector>

#include "base/text.h"
#include "net/socket_address.h"

namespace hinomi {
namespace {

constexpr int kMaxRedirects = 3;
constexpr std::size_t kMaxUrlBytes = 8 * 1024;
constexpr std::size_t kMaxHeadBytes = 256 * 1024;
constexpr std::size_t kMaxIdleHandles = 8;
constexpr long kSilenceSeconds = 45;

struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct FreeText {
  void operator()(char* text) const { curl_free(text); }
};
using Handle = std::unique_ptr<CURL, FreeHandle>;
using HeaderList = std::unique_ptr<curl_slist, FreeList>;
using Url = std::unique_ptr<CURLU, FreeUrl>;

std::optional<std::string> url_part(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK) return std::nullopt;
  const std::unique_ptr<char, FreeText> owned(text);
  return std::string(text);
}

Error bad_url() {
  return invalid("fetch.url", "The URL must be http or https, without user name and password.", "url");
}

Status check_url(CURLU* url) {
  const auto scheme = url_part(url, CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") return bad_url();
  if (url_part(url, CURLUPART_USER) || url_part(url, CURLUPART_PASSWORD)) return bad_url();
  return {};
}

// The same parsed object is checked and fetched: no second parser can read another host out of the text.
Result<Url> parse_url(const std::string& text) {
  Url url(curl_url());
  if (!url || text.size() > kMaxUrlBytes || text.find('\0') != std::string::npos ||
      curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
    return bad_url();
  }
  TRY_OK(check_url(url.get()));
  return url;
}

std::string origin_of(CURLU* url) {
  return url_part(url, CURLUPART_SCHEME).value_or("") + "://" +
         lower_ascii(url_part(url, CURLUPART_HOST).value_or("")) + ":" +
         url_part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT).value_or("");
}

// One request on the wire; libcurl's callbacks write into it.
struct Transfer {
  Transfer(const AddressPolicy& may_reach, std::uint64_t most_body_bytes)
      : addresses(may_reach), max_body_bytes(most_body_bytes) {}

  const AddressPolicy& addresses;
  std::uint64_t max_body_bytes;
  const std::function<bool(std::string_view)>* chunk = nullptr;  // streaming

  ClientResponse response;
  CURL* handle = nullptr;
  std::uint64_t body_bytes = 0;
  std::size_t head_bytes = 0;
  bool address_forbidden = false;
  bool too_large = false;
  bool ended_by_caller = false;
  std::chrono::microseconds took{};
};

curl_socket_t open_socket(void* context, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(context);
  const auto peer = to_endpoint(&address->addr, address->addrlen);
  // One forbidden address among several condemns the name.
  if (!peer || transfer.address_forbidden || !transfer.addresses.allows(*peer)) {
    transfer.address_forbidden = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void take_header(Transfer& transfer, std::string_view line) {
  // A new status line starts a new answer; what came before was a 1xx.
  if (line.starts_with("HTTP/")) transfer.response.headers = {};
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return;
  transfer.response.headers.add(std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1))));
}

std::size_t receive_header(char* bytes, std::size_t, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  transfer.head_bytes += count;
  if (transfer.head_bytes > kMaxHeadBytes) {
    transfer.too_large = true;
    return 0;
  }
  take_header(transfer, {bytes, count});
  return count;
}

bool is_success(CURL* handle) {
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  return status / 100 == 2;
}

std::size_t receive_body(char* bytes, std::size_t, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  transfer.body_bytes += count;
  if (transfer.body_bytes > transfer.max_body_bytes) {
    transfer.too_large = true;
    return 0;
  }
  if (transfer.chunk == nullptr) {
    transfer.response.body.append(bytes, count);
  } else if (is_success(transfer.handle) && !(*transfer.chunk)({bytes, count})) {
    transfer.ended_by_caller = true;
    return 0;
  }
  return count;
}

bool is_own_field(std::string_view name) {
  const std::string lower = lower_ascii(name);
  return lower == "host" || lower == "content-length" || lower == "transfer-encoding" || lower == "connection";
}

Result<HeaderList> header_list(const Headers& headers) {
  HeaderList list;
  const auto append = [&list](const std::string& line) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer != nullptr) {
      static_cast<void>(list.release());
      list.reset(longer);
    }
  };
  for (const Header& header : headers) {
    if (!is_token(header.name) || !is_field_value(header.value) || is_own_field(header.name)) {
      return invalid("fetch.request", "A header field of the request cannot be sent.", header.name);
    }
    append(header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
  }
  // libcurl adds these by itself unless told not to.
  append("Expect:");
  if (!headers.has("Content-Type")) append("Content-Type:");
  return list;
}

void set_method(CURL* handle, const ClientRequest& request) {
  if (request.method == Method::Get) {
    curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L);
    return;
  }
  if (request.method == Method::Head) {
    curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    return;
  }
  if (request.method == Method::Post || request.method == Method::Put || request.method == Method::Patch ||
      !request.body.empty()) {
    curl_easy_setopt(handle, CURLOPT_POST, 1L);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.c_str());
  }
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, std::string(method_text(request.method)).c_str());
}

void set_boundaries(CURL* handle, const ClientOptions& options) {
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  // An empty proxy and a wildcard exception: the environment's settings are not read.
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options.authority_file.empty()) {
    curl_easy_setopt(handle, CURLOPT_CAINFO, options.authority_file.c_str());
    curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
  }
  curl_easy_setopt(handle, CURLOPT_USERAGENT, options.user_agent.c_str());
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
}

void set_callbacks(CURL* handle, Transfer& transfer) {
  transfer.handle = handle;
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, receive_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, receive_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
}

Error transfer_error(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return unavailable("fetch.timeout", "The other side did not answer in time.");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CIPHER:
      return unavailable("fetch.tls", std::string("TLS failed: ") + curl_easy_strerror(code) + ".");
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL: return bad_url();
    default:
      return unavailable("fetch.unreachable", std::string("The fetch failed: ") + curl_easy_strerror(code) + ".");
  }
}

Status outcome_of(CURLcode code, const Transfer& transfer) {
  if (transfer.address_forbidden) {
    return forbidden("fetch.address_forbidden", "The URL leads to an address that must not be fetched.");
  }
  if (transfer.too_large) return too_large("fetch.too_large", "The answer is larger than allowed.");
  if (code == CURLE_OK || transfer.ended_by_caller) return {};
  return transfer_error(code);
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Headers for_another_origin(const Headers& headers) {
  Headers kept;
  for (const std::string_view name : {"Accept", "Accept-Language"}) {
    if (const auto value = headers.find(name)) kept.add(std::string(name), std::string(*value));
  }
  return kept;
}

// Moves `url` to where the answer points; false when it points nowhere.
Result<bool> follow(CURLU* url, const ClientResponse& response) {
  const auto location = response.headers.find("Location");
  if (!location || !is_redirect(response.status)) return false;
  const bool was_https = url_part(url, CURLUPART_SCHEME) == "https";
  if (location->size() > kMaxUrlBytes ||
      curl_url_set(url, CURLUPART_URL, std::string(*location).c_str(), 0) != CURLUE_OK) {
    return bad_url().inside("redirect");
  }
  if (const Status checked = check_url(url); !checked.ok()) return checked.error().inside("redirect");
  if (was_https && url_part(url, CURLUPART_SCHEME) == "http") return bad_url().inside("redirect");
  return true;
}

void note_outcome(Transfer& transfer, CURLU* url) {
  long status = 0;
  curl_off_t microseconds = 0;
  curl_easy_getinfo(transfer.handle, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(transfer.handle, CURLINFO_TOTAL_TIME_T, &microseconds);
  transfer.response.status = static_cast<int>(status);
  transfer.response.url = url_part(url, CURLUPART_URL).value_or("");
  transfer.took = std::chrono::microseconds(microseconds);
}

class CurlClient final : public HttpClient {
 public:
  explicit CurlClient(ClientOptions options) : options_(std::move(options)) {}

  Result<ClientResponse> send(const ClientRequest& request) override;
  Result<ClientResponse> stream(const ClientRequest& request,
                                const std::function<bool(std::string_view)>& chunk) override;

 private:
  Result<ClientResponse> perform(const ClientRequest& request, CURLU* url, Transfer& transfer);
  Handle borrow();
  void give_back(Handle handle);

  const ClientOptions options_;
  std::mutex mutex_;
  std::vector<Handle> idle_;  // with their open connections
};

Handle CurlClient::borrow() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      Handle handle = std::move(idle_.back());
      idle_.pop_back();
      return handle;
    }
  }
  return Handle(curl_easy_init());
}

void CurlClient::give_back(Handle handle) {
  // Nothing of this request, above all no pointer into it, may reach the next one.
  curl_easy_reset(handle.get());
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kMaxIdleHandles) idle_.push_back(std::move(handle));
}

Result<ClientResponse> CurlClient::perform(const ClientRequest& request, CURLU* url, Transfer& transfer) {
  TRY(const HeaderList headers, header_list(request.headers));
  Handle handle = borrow();
  if (!handle) return internal("libcurl cannot make a handle.");
  set_boundaries(handle.get(), options_);
  set_callbacks(handle.get(), transfer);
  set_method(handle.get(), request);
  curl_easy_setopt(handle.get(), CURLOPT_CURLU, url);
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  if (transfer.chunk != nullptr) {
    curl_easy_setopt(handle.get(), CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(handle.get(), CURLOPT_LOW_SPEED_TIME, kSilenceSeconds);
  } else {
    const long milliseconds = static_cast<long>(std::max<std::int64_t>(request.timeout.count(), 1));
    curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT_MS, milliseconds);
  }
  const CURLcode code = curl_easy_perform(handle.get());
  note_outcome(transfer, url);
  give_back(std::move(handle));
  TRY_OK(outcome_of(code, transfer));
  return std::move(transfer.response);
}

Result<ClientResponse> CurlClient::send(const ClientRequest& request) {
  if (request.method == Method::Other) return invalid("fetch.request", "The request has no method this client sends.");
  TRY(const Url url, parse_url(request.url));
  ClientRequest current = request;
  for (int redirects = 0;; ++redirects) {
    Transfer transfer(options_.addresses, request.max_body_bytes);
    TRY(ClientResponse response, perform(current, url.get(), transfer));
    if (request.method != Method::Get && request.method != Method::Head) return response;
    const std::string origin = origin_of(url.get());
    TRY(const bool moved, follow(url.get(), response));
    if (!moved) return response;
    if (redirects == kMaxRedirects) return unavailable("fetch.redirects", "The answer is redirected too often.");
    if (origin_of(url.get()) != origin) current.headers = for_another_origin(current.headers);
    current.timeout -= std::chrono::duration_cast<std::chrono::milliseconds>(transfer.took);
    if (current.timeout.count() <= 0) return transfer_error(CURLE_OPERATION_TIMEDOUT);
  }
}

Result<ClientResponse> CurlClient::stream(const ClientRequest& request,
                                          const std::function<bool(std::string_view)>& chunk) {
  if (request.method != Method::Get) return invalid("fetch.request", "Only GET can be streamed.");
  TRY(const Url url, parse_url(request.url));
  Transfer transfer(options_.addresses, request.max_body_bytes);
  transfer.chunk = &chunk;
  return perform(request, url.get(), transfer);
}

}  // namespace

Result<std::unique_ptr<HttpClient>> HttpClient::create(ClientOptions options) {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (initialised != CURLE_OK) return internal("libcurl cannot be initialised.");
  return std::unique_ptr<HttpClient>(std::make_unique<CurlClient>(std::move(options)));
}

}  // namespace hinomi
