// How the model looks in JSON (docs/openapi/openapi.json). Each function writes one object; names of people and
// organisations are looked up at the moment of writing, never stored in texts.
#pragma once

#include "api/api.h"
#include "api/cursor.h"
#include "base/json.h"
#include "flow/review.h"

namespace hinomi::api {

void write_named_person(JsonWriter& out, const Directory& directory, const PersonId& person);
void write_org(JsonWriter& out, const Directory& directory, const OrgId& org);
void write_readers(JsonWriter& out, const Directory& directory, const Label& label, Language language);
void write_report_content(JsonWriter& out, const ReportDraft& content);

// The reporter's title, or the first line of the summary.
std::string report_title(const ReportDraft& content);
// "taken_back" where a text that went out lost it.
std::string_view consent_text(const store::Review& review);
// A withdrawal that its originator waits for.
bool is_urgent(const store::Review& review);
std::string_view purpose_text(store::ReviewPurpose purpose);
std::string_view review_state_text(store::ReviewState state);

void write_me(JsonWriter& out, const Api& api, const Visit& visit);
// `reviews` are those of this report in the caller's reach.
void write_report_summary(JsonWriter& out, const Visit& visit, const ReportVersion& report,
                          std::span<const store::Review> reviews);
void write_report_summary_members(JsonWriter& out, const Visit& visit, const ReportVersion& report,
                                  std::span<const store::Review> reviews);
void write_review_summary(JsonWriter& out, const store::Review& review);
void write_review_summary_members(JsonWriter& out, const store::Review& review);
void write_review(JsonWriter& out, const Api& api, const Visit& visit, const flow::ReviewDesk& desk);
void write_edition(JsonWriter& out, const Edition& edition);
struct ReleaseRow {
  const Release& release;
  bool acknowledged = false;
};
void write_release_summary(JsonWriter& out, const ReleaseRow& row);
void write_release_summary_members(JsonWriter& out, const ReleaseRow& row);
void write_case_members(JsonWriter& out, const store::CaseSummary& summary);
void write_case(JsonWriter& out, const store::CaseSummary& summary);

void write_source_health(JsonWriter& out, const store::SourceHealth& health);
// Whether the visitor has confirmed receipt of this very version.
bool is_acknowledged(const Api& api, const Visit& visit, const Release& release);

// {"items":[…],"next":"…"} around rows that `write` prints; `list` names the list the cursor belongs to.
template <class Row, class Write>
std::string listed(const Api& api, const Visit& visit, std::string_view list, const store::Listed<Row>& page,
                   Write write) {
  JsonWriter out;
  out.begin_object().key("items").begin_array();
  for (const Row& row : page.rows) write(out, row);
  out.end_array();
  if (page.next)
    out.member("next", make_cursor(api.parts().cookie_key, {visit.who().principal.person, list}, *page.next));
  out.end_object();
  return out.take();
}

HttpResponse json_response(std::string body, int status = 200);
// `before` and `limit` of the query. Invalid when malformed.
Result<store::Page> page_of(const Api& api, const Visit& visit, std::string_view list);
// Idempotency-Key header with the hash over method, path, query and body.
std::optional<flow::RepeatKey> repeat_key(const HttpRequest& request);
// The body: one JSON object with members named in `known` only, so that no request sets what its route does not offer.
// Any other member is Invalid (json.unknown_field) and named.
Result<std::unique_ptr<const JsonDocument>> json_body(const HttpRequest& request,
                                                      std::initializer_list<std::string_view> known);
// For bodies that a reader of the model refuses unknown members of by itself (parse_report_request).
Result<std::unique_ptr<const JsonDocument>> json_body_for_model(const HttpRequest& request);

}  // namespace hinomi::api
