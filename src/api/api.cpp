#include "api/api.h"

#include <exception>

#include "api/problem.h"
#include "api/recorded_first.h"
#include "api/session_cookie.h"
#include "api/stream.h"
#include "base/text.h"
#include "flow/attempts.h"
#include "flow/directory.h"
#include "flow/read_record.h"

namespace hinomi::api {
namespace {

// UX §7.3: nothing from elsewhere, nothing inline.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src "
    "'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types "
    "hinomi";

// With the headers that every answer has.
HttpResponse furnished(const Visit& visit, HttpResponse response) {
  response.headers.set("X-Request-Id", visit.id);
  response.headers.set("Content-Security-Policy", std::string(kContentSecurityPolicy));
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("Referrer-Policy", "no-referrer");
  response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.set("Cross-Origin-Resource-Policy", "same-origin");
  response.headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
  if (visit.request.tls) response.headers.set("Strict-Transport-Security", "max-age=31536000");
  if (!response.headers.has("Cache-Control")) response.headers.set("Cache-Control", "no-store");
  return response;
}

Format format_of_path(std::string_view path) {
  if (path.starts_with("/api/") || path.starts_with("/health/")) return Format::Json;
  if (path.starts_with("/taxii2")) return Format::Taxii;
  return Format::Page;
}

Language language_of(const HttpRequest& request) {
  if (const auto chosen = cookie_value(request, "hinomi_lang")) return parse_language(*chosen);
  const auto header = request.headers.find("Accept-Language");
  return header ? parse_language(trimmed(*header)) : Language::Japanese;
}

bool is_write(Method method) { return method != Method::Get && method != Method::Head && method != Method::Options; }

// Segment by segment; "{name}" takes one, "{rest}" at the end takes all that is left.
bool matches(std::string_view pattern, std::string_view path, std::map<std::string, std::string, std::less<>>& values) {
  for (;;) {
    const auto pattern_end = pattern.find('/', 1);
    const auto path_end = path.find('/', 1);
    const auto wanted = pattern.substr(0, pattern_end);
    if (wanted == "/{rest}") return path.size() > 1 && (values["rest"] = path.substr(1), true);
    const auto segment = path.substr(0, path_end);
    if (wanted.starts_with("/{")) {
      if (segment.size() < 2) return false;
      values[std::string(wanted.substr(2, wanted.size() - 3))] = segment.substr(1);
    } else if (wanted != segment) {
      return false;
    }
    const bool last = pattern_end == std::string_view::npos;
    if (last || path_end == std::string_view::npos) return last && path_end == std::string_view::npos;
    pattern.remove_prefix(pattern_end);
    path.remove_prefix(path_end);
  }
}

bool has_media_type(const HttpRequest& request, std::string_view wanted) {
  const auto type = request.headers.find("Content-Type");
  return type && lower_ascii(trimmed(split(*type, ';').front())) == wanted;
}

// A long answer leaves in pieces, as fast as its reader takes them: each piece is held to the rights of its moment.
void hold_to_rights(const flow::Platform& platform, const flow::Caller& caller, HttpResponse& response) {
  const std::size_t length = response.shared_body ? response.shared_body->size() : response.body.size();
  if (length <= kPieceBytes) return;
  response.may_leave = [&platform, caller] { return flow::still_entitled(platform, caller).ok(); };
}

Status check_media_type(const Route& route, const HttpRequest& request) {
  const bool takes_lists = route.pattern == "/api/v1/directory/changes";
  if (takes_lists && (has_media_type(request, "text/csv") || has_media_type(request, kWorkbookMediaType))) return {};
  if (route.pattern == kWorkbookForm || route.pattern == kFormReadingForm) {
    if (request.body.empty() || has_media_type(request, "multipart/form-data")) return {};
    return invalid("http.media_type", "Send the body as multipart/form-data.", "Content-Type");
  }
  const bool takes_files = route.pattern == "/api/v1/imports" || route.pattern == kFormReading;
  const bool wants_json = route.format == Format::Json && is_write(route.method) && !takes_files;
  if (wants_json && !request.body.empty() && !has_media_type(request, "application/json")) {
    return invalid("http.media_type", "Send the body as application/json.", "Content-Type");
  }
  const bool wants_form = route.format == Format::Page && is_write(route.method);
  if (wants_form && !request.body.empty() && !has_media_type(request, "application/x-www-form-urlencoded")) {
    return invalid("http.media_type", "Send the body as application/x-www-form-urlencoded.", "Content-Type");
  }
  return {};
}

}  // namespace

namespace {

// Half of what may wait for an answer unless configured otherwise: a flood from one network does not close the door for
// everybody else.
constexpr std::uint32_t kMostSendings = 100;

}  // namespace

std::vector<Route> all_routes() {
  std::vector<Route> routes;
  for (const auto table : {system_routes(), rest_routes(), taxii_routes(), page_routes()})
    routes.insert(routes.end(), table.begin(), table.end());
  return routes;
}

Api::Api(ApiParts parts)
    : parts_(std::move(parts)),
      routes_(all_routes()),
      streams_(std::make_unique<StreamHub>(parts_.platform)),
      sendings_(parts_.platform.random, kMostSendings) {}

Api::~Api() = default;

void Api::close_streams() { streams_->close(); }

Api::Found Api::find(Method method, std::string_view path) const {
  Found found;
  found.format = format_of_path(path);
  const Method wanted = method == Method::Head ? Method::Get : method;
  for (const Route& route : routes_) {
    std::map<std::string, std::string, std::less<>> values;
    if (!matches(route.pattern, path, values)) continue;
    found.path_known = true;
    found.format = route.format;
    if (route.method != wanted) continue;
    found.route = &route;
    found.values = std::move(values);
    return found;
  }
  return found;
}

std::uint64_t Api::body_limit(const RequestHead& head) const {
  // What has no route is still read a little, so that it gets its 404 or 405 and not a remark about its size.
  constexpr std::uint64_t kUnrouted = 64 << 10;
  const Found found = find(head.method, head.path);
  return found.route == nullptr ? kUnrouted : found.route->body_limit;
}

Result<HttpResponse> Api::answer(const Route& route, Visit& visit) {
  // Also where nobody is signed in yet: another site must not sign anybody in here under an account of its own.
  if (is_write(route.method) && uses_cookie(visit.request) && !same_origin(visit.request))
    return forbidden("csrf.missing", "This write did not come from our own page.");
  TRY(visit.caller, identify(*this, visit.request));
  if (route.access == Access::SignedIn) {
    if (!visit.caller)
      return forbidden("signin.needed", "Sign in first: the session or token is missing, ended or unknown.");
    if (is_write(route.method) && uses_cookie(visit.request)) TRY_OK(check_csrf(*this, visit.who(), visit.request));
  }
  TRY_OK(check_media_type(route, visit.request));
  // Not on what everybody may use: a new account that stays unnamed there must leave nothing of its own.
  if (visit.caller && route.access == Access::SignedIn) TRY_OK(flow::slow_down_the_new(platform(), visit.who()));
  Result<HttpResponse> answered = route.handler(*this, visit);
  // An error tells something of what was read for it, so the record comes first whatever the answer is.
  if (!visit.caller) return answered;
  TRY(visit.recording, flow::record_reads(platform(), visit.who()));
  // What everybody may see is nobody's to lose; and a handler that ends or replaces the session itself says so to the
  // browser and shows nothing beside.
  if (route.access == Access::Public || (answered.ok() && answered->headers.has("Set-Cookie"))) return answered;
  visit.shows_protected = true;
  if (!visit.recording) TRY_OK(flow::still_entitled(platform(), visit.who()));
  if (answered.ok()) hold_to_rights(platform(), visit.who(), *answered);
  return answered;
}

HttpResponse Api::begin(const HttpRequest& request) {
  const Found found = find(request.method, request.path);
  Bytes id(8);
  platform().random.fill(id);
  Visit visit{request, found.values, std::nullopt, language_of(request), to_hex(id)};
  Result<HttpResponse> answered = not_found();
  if (found.route != nullptr) {
    answered = answer(*found.route, visit);
  } else if (found.path_known) {
    answered = invalid("http.method", "This address does not take this method.");
  }
  HttpResponse response =
      answered.ok() ? furnished(visit, std::move(*answered)) : explained(visit, found.format, answered.error());
  if (visit.recording) response.before = recorded_first(*this, std::move(visit), found.format);
  return response;
}

HttpResponse Api::explained(const Visit& visit, Format format, const Error& error) const {
  if (error.kind == ErrorKind::Internal)
    platform().log.error("request_failed", {{"request", visit.id}, {"detail", error.detail}});
  if (format == Format::Taxii) return furnished(visit, taxii_error(error));
  if (format == Format::Page) return furnished(visit, error_page(*this, visit, error));
  return furnished(visit, problem(catalogue(), visit.language, error));
}

namespace {

constexpr std::chrono::seconds kOwnPatience{1};

Error own_running() {
  return unavailable("work.own_running",
                     "An earlier file or print of yours is still being worked on. Ask again when it has come.");
}

}  // namespace

Status Api::count_sending(const HttpRequest& request) const {
  if (sendings_.admit(flow::network_of(request.remote_address), platform().clock.now())) return {};
  return unavailable("unnamed.too_often",
                     "Too much was sent from this network in this hour. Wait for the next hour, or call.");
}

Result<std::string> Api::print(const Visit& visit, const print::Document& document) const {
  const auto turn = turns_.take(visit.who().principal.person, kOwnPatience);
  return turn.is_taken() ? parts_.printer.print(document) : own_running();
}

Result<std::vector<Table>> Api::read_workbook(const Visit& visit, std::string_view bytes) const {
  const auto turn = turns_.take(visit.who().principal.person, kOwnPatience);
  return turn.is_taken() ? parts_.importer.read_workbook(bytes) : own_running();
}

Result<ReceivedFile> Api::read_received(const Visit& visit, std::string_view bytes) const {
  const auto turn = turns_.take(visit.who().principal.person, kOwnPatience);
  return turn.is_taken() ? parts_.importer.read_received(bytes) : own_running();
}

Result<Importer::Outcome> Api::import_file(const Visit& visit, std::string_view source, std::string_view file,
                                           std::string_view bytes) const {
  const auto turn = turns_.take(visit.who().principal.person, kOwnPatience);
  return turn.is_taken() ? parts_.importer.import_file(visit.who(), source, file, bytes) : own_running();
}

HttpResponse Api::refuse(const Refusal& refusal) const {
  Error error{ErrorKind::Invalid, refusal.code, refusal.detail, {}};
  const Format format = refusal.head == nullptr ? Format::Json : format_of_path(refusal.head->target);
  HttpResponse response =
      format == Format::Taxii ? taxii_error(error) : problem(catalogue(), Language::Japanese, error);
  response.status = refusal.status;
  if (format == Format::Taxii || format == Format::Json) {
    // The status stands in the body too; the general mapping does not know the server's own refusals.
    const std::string general = std::to_string(status_of(error));
    const auto at = response.body.find(general);
    if (at != std::string::npos) response.body.replace(at, general.size(), std::to_string(refusal.status));
  }
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("X-Content-Type-Options", "nosniff");
  return response;
}

}  // namespace hinomi::api
