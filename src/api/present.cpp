#include "api/present.h"

#include <algorithm>
#include <charconv>

#include "api/session_cookie.h"
#include "base/text.h"
#include "model/json_fields.h"
#include "policy/permit.h"
#include "policy/readers.h"

namespace hinomi::api {
namespace {

namespace action = policy::action;

void write_texts(JsonWriter& out, std::string_view name, const std::vector<std::string>& texts) {
  out.key(name).begin_array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
}

void write_named(JsonWriter& out, std::string_view id, const std::string& name, const std::string& name_en) {
  out.begin_object().member("id", id).member("name", name).member("name_en", name_en).end_object();
}

std::string_view report_state(std::span<const store::Review> reviews) {
  std::string_view state = "received";
  for (const store::Review& review : reviews) {
    if (review.purpose != store::ReviewPurpose::Release) continue;
    if (review.state == store::ReviewState::Published) return "shared";
    if (review.state == store::ReviewState::Open) state = "in_review";
  }
  return state;
}

std::string first_line(const std::string& text) {
  const std::string line(trimmed(text.substr(0, text.find('\n'))));
  constexpr std::size_t kTitleBytes = 120;
  if (line.size() <= kTitleBytes) return line;
  std::size_t end = kTitleBytes;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;  // never inside a character
  return line.substr(0, end) + "…";
}

}  // namespace

std::string report_title(const ReportDraft& content) {
  return content.title.empty() ? first_line(content.summary) : content.title;
}

std::string_view consent_text(const store::Review& review) {
  const bool after_publication =
      review.state == store::ReviewState::Published || review.purpose == store::ReviewPurpose::Withdrawal;
  switch (review.consent) {
    case store::ConsentState::Missing: return "missing";
    case store::ConsentState::Given: return "given";
    case store::ConsentState::Refused: return after_publication ? "taken_back" : "refused";
  }
  return "missing";
}

bool is_urgent(const store::Review& review) {
  return review.state == store::ReviewState::Open && review.purpose == store::ReviewPurpose::Withdrawal &&
         review.consent == store::ConsentState::Refused;
}

std::string_view purpose_text(store::ReviewPurpose purpose) {
  switch (purpose) {
    case store::ReviewPurpose::Release: return "release";
    case store::ReviewPurpose::Correction: return "correction";
    case store::ReviewPurpose::Withdrawal: return "withdrawal";
  }
  return "release";
}

std::string_view review_state_text(store::ReviewState state) {
  switch (state) {
    case store::ReviewState::Open: return "open";
    case store::ReviewState::Published: return "published";
    case store::ReviewState::Abandoned: return "abandoned";
  }
  return "open";
}

void write_named_person(JsonWriter& out, const Directory& directory, const PersonId& person) {
  const auto found = directory.persons.find(person);
  if (found == directory.persons.end()) return write_named(out, person.text(), "", "");
  write_named(out, person.text(), found->second.name, found->second.name_en);
}

void write_org(JsonWriter& out, const Directory& directory, const OrgId& org) {
  const auto found = directory.orgs.find(org);
  if (found == directory.orgs.end()) return write_named(out, org.text(), "", "");
  out.begin_object()
      .member("id", org.text())
      .member("name", found->second.name)
      .member("name_en", found->second.name_en);
  out.member("kind", org_kind_text(found->second.kind)).end_object();
}

void write_readers(JsonWriter& out, const Directory& directory, const Label& label, Language language) {
  const policy::Readers readers = policy::readers_of(directory, label);
  out.begin_object().member("tlp", tlp_text(label.tlp)).member("everyone", label.audience.is_everyone());
  out.key("orgs").begin_array();
  for (const OrgId& id : readers.orgs) {
    const Organisation& org = directory.orgs.at(id);
    out.string(language == Language::English ? org.name_en : org.name);
  }
  out.end_array().member("people", static_cast<std::int64_t>(readers.people.size())).end_object();
}

void write_report_content(JsonWriter& out, const ReportDraft& content) {
  out.begin_object().member("kind", report_kind_text(content.kind)).member("scope", share_scope_text(content.scope));
  out.member("title", content.title).member("summary", content.summary).member("contact", content.contact);
  out.key("facts");
  write_facts(out, content.facts);
  out.key("technical").begin_object().member("text", content.technical.text);
  out.key("indicators").begin_array();
  for (const Indicator& indicator : content.technical.indicators) out.string(indicator.value);
  out.end_array();
  write_texts(out, "techniques", content.technical.techniques);
  write_texts(out, "cves", content.technical.cves);
  out.end_object().member("technical_preconsent", content.technical_preconsent).end_object();
}

void write_me(JsonWriter& out, const Api& api, const Visit& visit) {
  const flow::Caller& caller = visit.who();
  const policy::Principal& who = caller.principal;
  out.begin_object().key("person");
  write_named_person(out, *caller.directory, who.person);
  out.key("org");
  write_org(out, *caller.directory, who.org);
  out.key("roles").begin_array();
  for (const Role role : who.roles) out.string(role_text(role));
  out.end_array().member("language", language_tag(visit.language)).member("csrf", csrf_token(api, caller));
  out.key("abilities").begin_object();
  out.member("report", policy::permit<action::FileReport>(who, {who.org}).ok());
  out.member("review", policy::permit<action::EditReview>(who, {}).ok());
  out.member("consent", policy::allows<action::ConsentToRelease>(who, {{}, who.org, 0}).ok());
  out.member("import", policy::permit<action::ImportSources>(who, {}).ok());
  out.member("administer", policy::permit<action::Administer>(who, {}).ok());
  out.end_object().end_object();
}

void write_report_summary_members(JsonWriter& out, const Visit& visit, const ReportVersion& report,
                                  std::span<const store::Review> reviews) {
  out.member("id", report.report.text()).member("number", report.number.text());
  out.member("kind", report_kind_text(report.content.kind)).member("title", report_title(report.content));
  out.member("version", static_cast<std::int64_t>(report.version)).member("filed_at", to_rfc3339(report.filed_at));
  out.key("org");
  write_org(out, *visit.who().directory, report.org);
  out.member("scope", share_scope_text(report.content.scope)).member("state", report_state(reviews));
}

void write_report_summary(JsonWriter& out, const Visit& visit, const ReportVersion& report,
                          std::span<const store::Review> reviews) {
  out.begin_object();
  write_report_summary_members(out, visit, report, reviews);
  out.end_object();
}

void write_review_summary_members(JsonWriter& out, const store::Review& review) {
  out.member("id", review.id.text()).member("purpose", purpose_text(review.purpose));
  out.member("report_id", review.report.text()).member("report_number", review.report_number.text());
  out.member("title", review.edition.title).member("state", review_state_text(review.state));
  out.member("revision", static_cast<std::int64_t>(review.revision)).member("consent", consent_text(review));
  out.member("approvals", static_cast<std::int64_t>(review.approvals.size()))
      .member("edited_at", to_rfc3339(review.edited_at))
      .member("urgent", is_urgent(review));
  if (review.release) out.member("release_id", review.release->text());
}

void write_review_summary(JsonWriter& out, const store::Review& review) {
  out.begin_object();
  write_review_summary_members(out, review);
  out.end_object();
}

void write_edition(JsonWriter& out, const Edition& edition) {
  out.begin_object()
      .member("kind", edition_kind_text(edition.kind))
      .member("title", edition.title)
      .member("body", edition.body);
  out.member("implication", edition.implication)
      .member("check", edition.check)
      .member("mitigation", edition.mitigation);
  out.key("indicators").begin_array();
  for (const Indicator& indicator : edition.indicators) {
    out.begin_object().member("type", indicator_type_text(indicator.type)).member("value", indicator.value);
    out.member("defanged", defanged(indicator)).end_object();
  }
  out.end_array();
  write_texts(out, "techniques", edition.techniques);
  write_texts(out, "cves", edition.cves);
  out.end_object();
}

void write_release_summary_members(JsonWriter& out, const ReleaseRow& row) {
  const Release& release = row.release;
  out.member("id", release.id.text()).member("number", release.number.text());
  out.member("version", static_cast<std::int64_t>(release.version)).member("state", release_state_text(release.state));
  out.member("tlp", tlp_text(release.label.tlp)).member("title", release.edition.title);
  out.member("published_at", to_rfc3339(release.published_at)).member("acknowledged", row.acknowledged);
  out.member("indicators", static_cast<std::int64_t>(release.edition.indicators.size()));
}

void write_release_summary(JsonWriter& out, const ReleaseRow& row) {
  out.begin_object();
  write_release_summary_members(out, row);
  out.end_object();
}

void write_case_members(JsonWriter& out, const store::CaseSummary& summary) {
  out.member("id", summary.id.text()).member("number", summary.number.text()).member("title", summary.title);
  out.member("score", summary.score);
  write_texts(out, "reasons", summary.reasons);
  out.member("sources", static_cast<std::int64_t>(summary.sources))
      .member("changed_at", to_rfc3339(summary.changed_at));
}

void write_case(JsonWriter& out, const store::CaseSummary& summary) {
  out.begin_object();
  write_case_members(out, summary);
  out.end_object();
}

void write_source_health(JsonWriter& out, const store::SourceHealth& health) {
  out.begin_object().member("source", health.source).member("last_run", to_rfc3339(health.last_run));
  if (health.last_success) out.member("last_success", to_rfc3339(*health.last_success));
  out.member("items", health.items)
      .member("problems", health.problems)
      .member("last_problem", health.last_problem)
      .end_object();
}

bool is_acknowledged(const Api& api, const Visit& visit, const Release& release) {
  return api.platform().store.has_acknowledged(visit.who().reach, release.id, release.version).value_or(false);
}

HttpResponse json_response(std::string body, int status) {
  HttpResponse response;
  response.status = status;
  response.headers.add("Content-Type", "application/json");
  response.body = std::move(body);
  return response;
}

Result<store::Page> page_of(const Api& api, const Visit& visit, std::string_view list) {
  store::Page page;
  if (const auto before = visit.request.parameter("before")) {
    TRY(page.before, read_cursor(api.parts().cookie_key, {visit.who().principal.person, list}, *before));
  }
  if (const auto limit = visit.request.parameter("limit")) {
    const auto [end, error] = std::from_chars(limit->data(), limit->data() + limit->size(), page.limit);
    if (error != std::errc() || end != limit->data() + limit->size() || page.limit == 0 || page.limit > 200) {
      return invalid("page.limit", "The limit is a number from 1 to 200.", "limit");
    }
  }
  return page;
}

std::optional<flow::RepeatKey> repeat_key(const HttpRequest& request) {
  const auto key = request.headers.find("Idempotency-Key");
  if (!key) return std::nullopt;
  return flow::RepeatKey{std::string(*key), sha256(request.method_text + " " + request.target + "\n" + request.body)};
}

Result<std::unique_ptr<const JsonDocument>> json_body(const HttpRequest& request,
                                                      std::initializer_list<std::string_view> known) {
  TRY(auto document, json_body_for_model(request));
  TRY([[maybe_unused]] const JsonFields fields, JsonFields::open(document->root(), "", known));
  return std::move(document);
}

Result<std::unique_ptr<const JsonDocument>> json_body_for_model(const HttpRequest& request) {
  TRY(auto document, parse_json(request.body, {.max_bytes = std::size_t{4} << 20, .max_depth = 16}));
  if (!document->root().is_object()) return invalid("json.object", "The body is one JSON object.");
  return std::move(document);
}

}  // namespace hinomi::api
