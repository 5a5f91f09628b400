// Signing in and out, who I am, my notices, the fact vocabulary.
#include <array>

#include "api/present.h"
#include "api/rest.h"
#include "api/session_cookie.h"
#include "flow/directory.h"
#include "flow/file_report.h"
#include "flow/publish.h"
#include "flow/sign_in.h"

namespace hinomi::api {

Result<HttpResponse> get_openapi(Api& api, const Visit&) { return json_response(api.parts().openapi); }

Result<HttpResponse> post_session(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"login", "password", "totp"}));
  const JsonView body = document->root();
  const auto field = [&](std::string_view name) { return std::string(body.string_at(name).value_or("")); };
  TRY(flow::SignedIn signed_in, flow::sign_in(api.platform(), {field("login"), SecretText(field("password")),
                                                               field("totp"), visit.request.remote_address}));
  Visit as_person = visit;
  as_person.caller = std::move(signed_in.caller);
  JsonWriter out;
  write_me(out, api, as_person);
  HttpResponse response = json_response(out.take());
  response.headers.add("Set-Cookie", session_cookie(visit.request, signed_in.secret));
  return response;
}

Result<HttpResponse> delete_session(Api& api, const Visit& visit) {
  TRY_OK(flow::sign_out(api.platform(), visit.who()));
  HttpResponse response;
  response.status = 204;
  sign_off(visit.request, response);
  return response;
}

Result<HttpResponse> get_me(Api& api, const Visit& visit) {
  JsonWriter out;
  write_me(out, api, visit);
  return json_response(out.take());
}

Result<HttpResponse> get_facts(Api& api, const Visit& visit) {
  JsonWriter out;
  out.begin_array();
  for (const FactDefinition& fact : fact_definitions()) {
    const std::string name(fact.name);
    constexpr std::array<std::string_view, 6> kKinds{"flag", "number", "text", "choice", "choices", "time"};
    out.begin_object().member("name", fact.name).member("kind", kKinds.at(static_cast<std::size_t>(fact.kind)));
    if (!fact.unit.empty()) out.member("unit", fact.unit);
    out.member("label", api.text(visit, "fact." + name + ".label")).key("choices").begin_array();
    for (const std::string_view choice : fact.choices) {
      const std::string key = "fact." + name + ".choice." + std::string(choice);
      out.begin_object().member("value", choice).member("label", api.text(visit, key)).end_object();
    }
    out.end_array().member("technical", fact.technical).end_object();
  }
  return json_response(out.end_array().take());
}

namespace {

CursorScope notice_scope(const Visit& visit) { return {visit.who().principal.person, "notices"}; }

// Number, title and address of what a notice points to, as its reader sees it now; nothing when no longer readable.
struct NoticeSubject {
  std::string number;
  std::string title;
  std::string href;
};

std::optional<NoticeSubject> subject_of(const Api& api, const Visit& visit, const store::Notice& notice) {
  const flow::Platform& platform = api.platform();
  if (notice.kind.starts_with("report.")) {
    const auto report = flow::find_report(platform, visit.who(), notice.subject);
    if (!report.ok()) return std::nullopt;
    return NoticeSubject{report->number.text(), report_title(report->content), "/reports/" + notice.subject};
  }
  if (notice.kind.starts_with("release.")) {
    const auto release = flow::find_release(platform, visit.who(), notice.subject);
    if (!release.ok()) return std::nullopt;
    const char* part = notice.kind == "release.relabelling_proposed" ? "/label" : "";
    return NoticeSubject{release->number.text(), release->edition.title, "/releases/" + notice.subject + part};
  }
  if (notice.kind == "directory.proposed") {
    const auto change = flow::find_directory_change(platform, visit.who(), notice.subject);
    if (!change.ok()) return std::nullopt;
    return NoticeSubject{"", change->note, "/directory/changes/" + notice.subject};
  }
  if (notice.kind == "directory.canary") {
    const auto person = PersonId::parse(notice.subject);
    const auto& people = visit.who().directory->persons;
    if (!person.ok() || !people.contains(*person)) return std::nullopt;
    return NoticeSubject{"", people.at(*person).login, "/directory"};
  }
  const auto id = ReviewId::parse(notice.subject);
  if (!id.ok()) return std::nullopt;
  const auto review = platform.store.review(visit.who().reach, *id);
  if (!review.ok()) return std::nullopt;
  return NoticeSubject{review->report_number.text(), review->edition.title, "/share/" + notice.subject + "/review"};
}

}  // namespace

Status write_notices(JsonWriter& out, const Api& api, const Visit& visit) {
  constexpr std::size_t kShown = 50;
  TRY(const auto notices, api.platform().store.notices(visit.who().principal.person, kShown));
  out.begin_array();
  for (const store::Notice& notice : notices) {
    const auto subject = subject_of(api, visit, notice);
    if (!subject) continue;
    // The store counts notices over everybody; its numbers leave sealed, or their gaps would tell of other people's.
    const std::string id = make_cursor(api.parts().cookie_key, notice_scope(visit), notice.id);
    out.begin_object().member("id", id).member("kind", notice.kind).member("subject", notice.subject);
    out.member("number", subject->number).member("title", subject->title).member("at", to_rfc3339(notice.at));
    out.member("href", subject->href).end_object();
  }
  out.end_array();
  return {};
}

Result<HttpResponse> get_notices(Api& api, const Visit& visit) {
  JsonWriter out;
  TRY_OK(write_notices(out, api, visit));
  return json_response(out.take());
}

Result<HttpResponse> delete_notice(Api& api, const Visit& visit) {
  const auto id = read_cursor(api.parts().cookie_key, notice_scope(visit), visit.value("id"));
  if (!id.ok()) return not_found();
  TRY_OK(api.platform().store.clear_notice(visit.who().principal.person, *id));
  HttpResponse response;
  response.status = 204;
  return response;
}

}  // namespace hinomi::api
