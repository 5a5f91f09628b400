#include "api/problem.h"

#include "base/json.h"

namespace hinomi::api {
namespace {

std::string_view general_key(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Invalid: return "invalid";
    case ErrorKind::NotFound: return "not_found";
    case ErrorKind::Forbidden: return "forbidden";
    case ErrorKind::Conflict: return "conflict";
    case ErrorKind::TooLarge: return "too_large";
    case ErrorKind::Unavailable: return "unavailable";
    case ErrorKind::Internal: return "internal";
  }
  return "internal";
}

std::string text_or_general(const Catalogue& catalogue, Language language, const Error& error, std::string_view part) {
  const std::string own = "error." + error.code + "." + std::string(part);
  if (catalogue.has(own)) return catalogue.text(language, own);
  return catalogue.text(language, "error." + std::string(general_key(error.kind)) + "." + std::string(part));
}

// What an internal error says is for the log; a stranger learns only that it happened.
std::string public_detail(const Error& error) { return error.kind == ErrorKind::Internal ? "" : error.detail; }

}  // namespace

int status_of(const Error& error) {
  if (error.code == "signin.needed" || error.code == "signin.refused" || error.code == "signin.token_mistyped")
    return 401;
  if (error.code == "signin.too_many" || error.code == "quarantine.too_many") return 429;
  if (error.code == "directory.too_many_lookups") return 429;
  if (error.code == "http.method") return 405;
  if (error.code == "http.not_acceptable") return 406;
  if (error.code == "http.media_type") return 415;
  switch (error.kind) {
    case ErrorKind::Invalid: return 400;
    case ErrorKind::NotFound: return 404;
    case ErrorKind::Forbidden: return 403;
    case ErrorKind::Conflict: return 409;
    case ErrorKind::TooLarge: return 413;
    case ErrorKind::Unavailable: return 503;
    case ErrorKind::Internal: return 500;
  }
  return 500;
}

Explanation explain(const Catalogue& catalogue, Language language, const Error& error) {
  return {text_or_general(catalogue, language, error, "what"), text_or_general(catalogue, language, error, "why"),
          text_or_general(catalogue, language, error, "do")};
}

HttpResponse problem(const Catalogue& catalogue, Language language, const Error& error) {
  const Explanation explanation = explain(catalogue, language, error);
  const int status = status_of(error);
  JsonWriter body;
  body.begin_object().member("type", "urn:hinomi:problem:" + error.code).member("title", explanation.what);
  body.member("status", status).member("code", error.code);
  if (!public_detail(error).empty()) body.member("detail", public_detail(error));
  body.member("cause", explanation.why).member("action", explanation.what_to_do);
  if (!error.where.empty()) body.member("where", error.where);
  body.end_object();
  HttpResponse response;
  response.status = status;
  response.headers.add("Content-Type", "application/problem+json");
  response.headers.add("Content-Language", std::string(language_tag(language)));
  if (status == 401) response.headers.add("WWW-Authenticate", "Bearer realm=\"hinomi\"");
  response.body = body.take();
  return response;
}

HttpResponse taxii_error(const Error& error) {
  const int status = status_of(error);
  JsonWriter body;
  body.begin_object().member("title", error.code);
  if (!public_detail(error).empty()) body.member("description", public_detail(error));
  body.member("error_code", error.code).member("http_status", std::to_string(status)).end_object();
  HttpResponse response;
  response.status = status;
  response.headers.add("Content-Type", "application/taxii+json;version=2.1");
  if (status == 401) response.headers.add("WWW-Authenticate", "Basic realm=\"hinomi\", Bearer realm=\"hinomi\"");
  response.body = body.take();
  return response;
}

}  // namespace hinomi::api
