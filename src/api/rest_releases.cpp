// Releases, receipts, entitled indicators and sightings.
#include <algorithm>
#include <charconv>

#include "api/present.h"
#include "api/rest.h"
#include "flow/publish.h"
#include "flow/sighting.h"
#include "policy/permit.h"

namespace hinomi::api {
namespace {

namespace action = policy::action;

Status write_sightings(JsonWriter& out, const Api& api, const Visit& visit, const Release& release) {
  TRY(const auto counts, flow::visible_sightings(api.platform(), visit.who(), release.id));
  out.key("sightings").begin_array();
  for (const store::SightingCount& count : counts) {
    out.begin_object()
        .member("indicator", count.indicator)
        .member("orgs", static_cast<std::int64_t>(count.orgs))
        .end_object();
  }
  out.end_array();
  return {};
}

Status write_versions(JsonWriter& out, const Api& api, const Visit& visit, const Release& release) {
  TRY(const auto versions, api.platform().store.release_versions(visit.who().reach, release.id));
  out.key("versions").begin_array();
  for (const Release& version : versions) {
    out.begin_object()
        .member("version", static_cast<std::int64_t>(version.version))
        .member("state", release_state_text(version.state));
    out.member("published_at", to_rfc3339(version.published_at)).member("reason", version.reason).end_object();
  }
  out.end_array();
  return {};
}

// Who was given a release is its publisher's to know: others are told the readers it was published for.
const Label& readers_to_tell(const flow::Caller& caller, const Release& release) {
  const bool publisher = policy::permit<action::EditReview>(caller.principal, {}).ok();
  return publisher ? release.label : published_label(release);
}

Result<std::string> release_json(const Api& api, const Visit& visit, const Release& release) {
  const flow::Caller& caller = visit.who();
  JsonWriter out;
  out.begin_object();
  write_release_summary_members(out, {release, is_acknowledged(api, visit, release)});
  out.key("edition");
  write_edition(out, release.edition);
  out.member("reason", release.reason).key("readers");
  write_readers(out, *caller.directory, readers_to_tell(caller, release), visit.language);
  out.key("signature")
      .begin_object()
      .member("key_id", release.key_id)
      .member("value", to_base64(release.signature))
      .end_object();
  out.member("signed_text", release_signed_text(release));
  TRY_OK(write_versions(out, api, visit, release));
  TRY_OK(write_sightings(out, api, visit, release));
  out.key("abilities").begin_object().member("acknowledge", !is_acknowledged(api, visit, release));
  out.member("sight", policy::permit<action::SendSighting>(caller.principal, {release.id}).ok());
  out.member("amend",
             policy::permit<action::EditReview>(caller.principal, {}).ok() && release.state != ReleaseState::Withdrawn);
  return out.end_object().end_object().take();
}

Result<std::int64_t> number_parameter(const Visit& visit, std::string_view name, std::int64_t otherwise) {
  const auto text = visit.request.parameter(name);
  if (!text) return otherwise;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size())
    return invalid("page.limit", "A whole number is expected.", std::string(name));
  return value;
}

}  // namespace

Result<HttpResponse> get_releases(Api& api, const Visit& visit) {
  TRY(const store::Page page, page_of(api, visit, "releases"));
  TRY(const auto releases, api.platform().store.releases(visit.who().reach, page));
  return json_response(listed(api, visit, "releases", releases, [&](JsonWriter& out, const Release& release) {
    write_release_summary(out, {release, is_acknowledged(api, visit, release)});
  }));
}

Result<HttpResponse> get_release(Api& api, const Visit& visit) {
  TRY(const Release release, flow::find_release(api.platform(), visit.who(), visit.value("id")));
  TRY(std::string body, release_json(api, visit, release));
  return json_response(std::move(body));
}

Result<HttpResponse> post_release_acknowledgement(Api& api, const Visit& visit) {
  TRY(const Release release, flow::find_release(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto document, json_body(visit.request, {"version"}));
  const auto version = document->root().integer_at("version");
  if (!version || *version != release.version)
    return conflict("release.moved_on", "There is a newer version. Read it, then confirm.");
  TRY(const auto permit, policy::permit<action::Acknowledge>(visit.who().principal, {release.id}));
  TRY_OK(api.platform().store.acknowledge(permit, release.version,
                                          flow::alongside(api.platform(), visit.who(), std::nullopt)));
  TRY(std::string body, release_json(api, visit, release));
  return json_response(std::move(body));
}

Result<HttpResponse> get_release_receipts(Api& api, const Visit& visit) {
  TRY(const Release release, flow::find_release(api.platform(), visit.who(), visit.value("id")));
  // Who has confirmed and who has not is the secretariat's to follow up; among members silence would speak.
  TRY_OK(policy::permit<action::EditReview>(visit.who().principal, {}));
  TRY(const auto receipts, api.platform().store.receipts(visit.who().reach, release.id));
  JsonWriter out;
  out.begin_object().key("items").begin_array();
  for (const store::Receipt& receipt : receipts) {
    const auto org = visit.who().directory->orgs.find(receipt.org);
    out.begin_object().member("org", org == visit.who().directory->orgs.end() ? "" : org->second.name);
    out.member("version", static_cast<std::int64_t>(receipt.version)).member("at", to_rfc3339(receipt.at)).end_object();
  }
  return json_response(out.end_array().end_object().take());
}

Result<HttpResponse> get_indicators(Api& api, const Visit& visit) {
  const CursorScope scope{visit.who().principal.person, "indicators"};
  store::Position after;
  if (const auto cursor = visit.request.parameter("after")) {
    TRY(after, read_position_cursor(api.parts().cookie_key, scope, *cursor));
  }
  TRY(const std::int64_t limit, number_parameter(visit, "limit", 1000));
  if (limit < 1 || limit > 10'000) return invalid("page.limit", "The limit is a number from 1 to 10,000.", "limit");
  TRY(const auto rows, api.platform().store.indicators(visit.who().reach, after, static_cast<std::size_t>(limit)));
  JsonWriter out;
  out.begin_object().key("items").begin_array();
  for (const store::EntitledIndicator& row : rows) {
    out.begin_object()
        .member("id", row.id)
        .member("type", indicator_type_text(row.indicator.type))
        .member("value", row.indicator.value);
    out.member("release", row.release.text()).member("tlp", tlp_text(row.tlp)).end_object();
  }
  out.end_array();
  if (static_cast<std::int64_t>(rows.size()) == limit)
    out.member("next", make_position_cursor(api.parts().cookie_key, scope, rows.back().position));
  return json_response(out.end_object().take());
}

Result<HttpResponse> post_sighting(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"release", "indicator", "count", "day", "named"}));
  const JsonView body = document->root();
  const auto text = [&](std::string_view name) { return std::string(body.string_at(name).value_or("")); };
  auto day = parse_day(text("day"));
  if (!day.ok()) return day.error().inside("/day");
  const flow::SightingDraft draft{text("release"), text("indicator"), text("count"), *day,
                                  body.boolean_at("named").value_or(false)};
  TRY(const SightingId id, flow::send_sighting(api.platform(), visit.who(), draft, repeat_key(visit.request)));
  JsonWriter out;
  return json_response(out.begin_object().member("id", id.text()).end_object().take(), 201);
}

}  // namespace hinomi::api
