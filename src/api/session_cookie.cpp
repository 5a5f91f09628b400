#include "api/session_cookie.h"

#include "base/text.h"
#include "flow/session.h"
#include "formats/multipart.h"

namespace hinomi::api {
namespace {

constexpr std::string_view kPlainName = "hinomi_session";
constexpr std::string_view kHostName = "__Host-hinomi_session";

std::string_view sign_in_cookie_name(const RequestHead& request) {
  return request.tls ? "__Host-hinomi_signin" : "hinomi_signin";
}

std::string_view cookie_name(const RequestHead& request) { return request.tls ? kHostName : kPlainName; }

// The token of "Bearer x", or the password of "Basic user:x".
Result<std::optional<SecretText>> token_of(const HttpRequest& request) {
  const auto header = request.headers.find("Authorization");
  if (!header) return std::optional<SecretText>();
  const Error malformed = forbidden("signin.needed", "The Authorization header is not understood; use Bearer TOKEN.");
  const std::string_view value = trimmed(*header);
  if (starts_with_ignoring_case(value, "Bearer "))
    return std::optional(SecretText(std::string(trimmed(value.substr(7)))));
  if (!starts_with_ignoring_case(value, "Basic ")) return malformed;
  const auto decoded = from_base64(trimmed(value.substr(6)));
  if (!decoded.ok()) return malformed;
  const std::string_view pair = as_text(*decoded);
  const auto colon = pair.find(':');
  if (colon == std::string_view::npos) return malformed;
  return std::optional(SecretText(std::string(pair.substr(colon + 1))));
}

// A browser shows its certificate to whoever makes it ask, so one counts only for what is no browser: those say where
// a request comes from.
bool may_use_certificate(const HttpRequest& request) {
  return request.peer_certificate && !request.headers.has("Origin") && !request.headers.has("Sec-Fetch-Site") &&
         !request.headers.has("Referer");
}

// The proof in a header, or in the field `csrf` of either kind of form.
std::string shown_proof(const HttpRequest& request) {
  if (const auto header = request.headers.find("X-CSRF-Token")) return std::string(*header);
  const auto type = request.headers.find("Content-Type").value_or("");
  if (!starts_with_ignoring_case(type, "multipart/")) return form_value(request.body, "csrf").value_or("");
  const auto parts = read_form_parts(type, request.body);
  return parts.ok() ? std::string(part_named(*parts, "csrf").value_or("")) : std::string();
}

}  // namespace

bool same_origin(const HttpRequest& request) {
  const auto origin = request.headers.find("Origin");
  // Absent: not a browser's cross-site request. "null": what a browser says of every form on a page with our
  // Referrer-Policy (Fetch, "append a request Origin header"); Sec-Fetch-Site then tells, and the token decides.
  if (!origin || *origin == "null")
    return request.headers.find("Sec-Fetch-Site").value_or("same-origin") == "same-origin";
  const std::string own = std::string(request.tls ? "https://" : "http://") + request.host;
  return lower_ascii(*origin) == lower_ascii(own);
}

std::optional<std::string> cookie_value(const HttpRequest& request, std::string_view name) {
  for (const auto header : request.headers.find_all("Cookie")) {
    for (const auto part : split(header, ';')) {
      const auto pair = trimmed(part);
      if (pair.starts_with(name) && pair.substr(name.size()).starts_with('='))
        return std::string(pair.substr(name.size() + 1));
    }
  }
  return std::nullopt;
}

bool uses_cookie(const HttpRequest& request) {
  return !request.headers.has("Authorization") && cookie_value(request, cookie_name(request)).has_value();
}

Result<std::optional<flow::Caller>> identify(const Api& api, const HttpRequest& request) {
  TRY(const auto token, token_of(request));
  if (token) {
    TRY(flow::Caller caller, flow::caller_of_token(api.platform(), *token, request.remote_address));
    return std::optional(std::move(caller));
  }
  const auto cookie = cookie_value(request, cookie_name(request));
  if (!cookie) {
    if (!may_use_certificate(request)) return std::optional<flow::Caller>();
    return flow::caller_of_certificate(api.platform(), *request.peer_certificate);
  }
  auto caller = flow::caller_of_cookie(api.platform(), SecretText(*cookie));
  // An ended cookie is nobody: public pages must still open with it.
  if (!caller.ok() && caller.error().code == "signin.needed") return std::optional<flow::Caller>();
  if (!caller.ok()) return caller.error();
  return std::optional(std::move(*caller));
}

std::string csrf_token(const Api& api, const flow::Caller& caller) {
  const auto& key = api.parts().cookie_key.expose();
  return to_base64url(hmac_sha256(key, caller.session));
}

Status check_csrf(const Api& api, const flow::Caller& caller, const HttpRequest& request) {
  const Error missing =
      forbidden("csrf.missing", "This write did not come from our own page. Reload the page and try again.");
  if (!same_origin(request)) return missing;
  if (!equal_in_constant_time(as_bytes(shown_proof(request)), as_bytes(csrf_token(api, caller)))) return missing;
  return {};
}

std::string session_cookie(const HttpRequest& request, const SecretText& secret) {
  const std::string secure = request.tls ? "; Secure" : "";
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(flow::kBrowserSession).count();
  return std::string(cookie_name(request)) + "=" + secret.expose() +
         "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(seconds) + secure;
}

std::string sign_in_cookie(const HttpRequest& request, const std::string& holder) {
  return std::string(sign_in_cookie_name(request)) + "=" + holder + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=300" +
         (request.tls ? "; Secure" : "");
}

std::optional<std::string> sign_in_holder(const HttpRequest& request) {
  return cookie_value(request, sign_in_cookie_name(request));
}

std::string language_cookie(Language language) {
  return "hinomi_lang=" + std::string(language_tag(language)) + "; Path=/; SameSite=Lax; Max-Age=31536000";
}

void sign_off(const HttpRequest& request, HttpResponse& response) {
  response.headers.add("Set-Cookie", std::string(cookie_name(request)) +
                                         "=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0" +
                                         (request.tls ? "; Secure" : ""));
  response.headers.set("Clear-Site-Data", "\"storage\"");
}

std::vector<std::string> form_values(std::string_view body, std::string_view name) {
  std::vector<std::string> values;
  for (const auto pair : split(body, '&')) {
    const auto equals = pair.find('=');
    const auto key = url_decoded(pair.substr(0, equals), Plus::IsSpace);
    if (!key.ok() || *key != name) continue;
    auto value = url_decoded(equals == std::string_view::npos ? "" : pair.substr(equals + 1), Plus::IsSpace);
    if (value.ok() && is_utf8(*value)) values.push_back(std::move(*value));
  }
  return values;
}

std::optional<std::string> form_value(std::string_view body, std::string_view name) {
  auto values = form_values(body, name);
  if (values.empty()) return std::nullopt;
  return std::move(values.front());
}

}  // namespace hinomi::api
