// How a caller shows who it is: cookie, bearer token, or HTTP Basic with the token as password; and the proof that a
// write with a cookie comes from our own pages.
#pragma once

#include <optional>
#include <string>

#include "api/api.h"

namespace hinomi::api {

// The caller of this request, or nothing when it shows no credential at all. A wrong credential is an error.
Result<std::optional<flow::Caller>> identify(const Api& api, const HttpRequest& request);

// True when the request was made with the session cookie rather than with a token.
bool uses_cookie(const HttpRequest& request);

// Ties a form or script to the session it was made in: HMAC over the session's hash.
std::string csrf_token(const Api& api, const flow::Caller& caller);
// Checks X-CSRF-Token or the form field `csrf`, and the Origin header where the browser sends one.
Status check_csrf(const Api& api, const flow::Caller& caller, const HttpRequest& request);

// Whether a browser says that the request comes from a page of ours; true where no browser says anything.
bool same_origin(const HttpRequest& request);

// Set-Cookie values. Over TLS the name carries the __Host- prefix; plain HTTP exists on loopback only.
std::string session_cookie(const HttpRequest& request, const SecretText& secret);
// The cookie ends, and with it the copies of drafts that pages keep in the browser (Clear Site Data, §3.1).
void sign_off(const HttpRequest& request, HttpResponse& response);
std::string language_cookie(Language language);
// What a sign-in with a passkey was begun with: ties its challenge to this browser for five minutes.
std::string sign_in_cookie(const HttpRequest& request, const std::string& holder);
std::optional<std::string> sign_in_holder(const HttpRequest& request);

// One value of an application/x-www-form-urlencoded body; every value of a name with form_values().
std::optional<std::string> form_value(std::string_view body, std::string_view name);
std::vector<std::string> form_values(std::string_view body, std::string_view name);

std::optional<std::string> cookie_value(const HttpRequest& request, std::string_view name);

}  // namespace hinomi::api
