// Plain HTTP values: what a handler receives and what it gives back. No socket, no library type.
// Values own their bytes; a response may share an immutable body or hand over an event source.
// Safe on any thread.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace hinomi {

class EventSource;    // net/event_source.h
class BeforeLeaving;  // below

enum class Method { Get, Head, Post, Put, Delete, Options, Patch, Other };

// Methods are case-sensitive (RFC 9110 §9.1): "get" is Other.
Method parse_method(std::string_view text);
std::string_view method_text(Method method);  // "GET" …; "OTHER" for Other
// The standard phrase, e.g. "Not Found"; "Unknown" for a status outside the registry.
std::string_view status_phrase(int status);

// RFC 9110 §5.6.2: what a field name or method may consist of.
bool is_token(std::string_view text);
// No control characters but HTAB: nothing in it can end the line (response splitting).
bool is_field_value(std::string_view text);

struct Header {
  std::string name;
  std::string value;
};

// In order of arrival. Names are compared without case (RFC 9110 §5.1).
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> headers) : headers_(headers) {}

  void add(std::string name, std::string value) { headers_.push_back({std::move(name), std::move(value)}); }
  // Replaces every header of that name by this one.
  void set(std::string_view name, std::string value);
  void remove(std::string_view name);
  // The first value; empty optional when there is none. The view lives as long as this object is unchanged.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> find_all(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return find(name).has_value(); }

  [[nodiscard]] auto begin() const { return headers_.begin(); }
  [[nodiscard]] auto end() const { return headers_.end(); }
  [[nodiscard]] std::size_t size() const { return headers_.size(); }
  void reserve(std::size_t count) { headers_.reserve(count); }

 private:
  std::vector<Header> headers_;
};

struct QueryParameter {
  std::string name;
  std::string value;
};

// Everything before the body. What cannot be read in exactly one way never gets this far.
struct RequestHead {
  Method method = Method::Other;
  std::string method_text;  // as sent
  std::string target;       // as sent, e.g. "/taxii2/api/?limit=3"
  // Percent-decoded once, valid UTF-8; no empty, "." or ".." segment, no control character, no backslash, no slash
  // that was encoded. Begins with '/' (or is "*" for OPTIONS *); a trailing slash is kept.
  std::string path;
  std::vector<QueryParameter> query;  // decoded, in order, duplicates kept; '+' is a space
  std::string host;                   // of the Host field, as sent; empty only for HTTP/1.0
  Headers headers;
  std::string remote_address;                                    // numeric, IPv4-mapped addresses as IPv4
  std::optional<std::array<std::uint8_t, 32>> peer_certificate;  // SHA-256 of the client's, whose key it proved to hold
  bool tls = false;

  // The first query value of that name.
  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
};

struct HttpRequest : RequestHead {
  std::string body;
};

// Content-Length, Connection and Transfer-Encoding are the server's: it drops them when a handler sets them.
struct HttpResponse {
  int status = 200;
  Headers headers;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // when set: sent instead of `body`, without a copy
  std::shared_ptr<EventSource> stream;             // when set: text/event-stream until either side ends it
  bool close = false;                              // end the connection after this answer
  // When set: asked on the connection's loop before each piece of at most kPieceBytes leaves; false ends the connection
  // at once, in the middle of the answer. Must be quick.
  std::function<bool()> may_leave{};
  // When set: the answer waits for it, and no worker does.
  std::shared_ptr<BeforeLeaving> before{};
};
inline constexpr std::size_t kPieceBytes = 64 << 10;

// What must have happened before an answer leaves. Safe on any thread.
class BeforeLeaving {
 public:
  virtual ~BeforeLeaving() = default;
  // Calls `wake` once when it has happened or cannot happen any more, at once when that is past, from any thread; not
  // after forget() has returned.
  virtual void on_settled(std::function<void()> wake) = 0;
  virtual void forget() = 0;
  // For how long the answer may wait.
  [[nodiscard]] virtual std::chrono::milliseconds patience() const = 0;
  // Blocks until it is settled, no longer than the patience.
  virtual void wait() = 0;
  // Once, when it is settled or patience has ended: what leaves instead of the answer. Nothing: the answer may leave.
  // Must be quick; called on the connection's loop.
  virtual std::optional<HttpResponse> instead(const HttpRequest& request) = 0;
};

// The answer to the request as it may leave, after waiting for what must come before: for callers without a connection.
HttpResponse waited_for(HttpResponse response, const HttpRequest& request);

}  // namespace hinomi
