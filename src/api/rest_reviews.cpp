// Reviews: start, read, edit, preview, consent, approve.
#include "api/present.h"
#include "api/rest.h"
#include "api/step_up_answer.h"
#include "flow/consent.h"
#include "flow/file_report.h"
#include "flow/publish.h"
#include "flow/review.h"
#include "model/json_fields.h"
#include "model/technical_ids.h"

namespace hinomi::api {
namespace {

Result<ReviewId> review_id(const Visit& visit) {
  const auto id = ReviewId::parse(visit.value("id"));
  if (!id.ok()) return not_found();
  return *id;
}

// The desk as its reader sees it now, after whatever has just been done.
Result<HttpResponse> desk_response(const Api& api, const Visit& visit, const ReviewId& id, int status) {
  Visit fresh = visit;
  TRY(fresh.caller, flow::renewed(api.platform(), visit.who()));
  TRY(const flow::ReviewDesk desk, flow::open_desk(api.platform(), fresh.who(), id));
  JsonWriter out;
  write_review(out, api, fresh, desk);
  return json_response(out.take(), status);
}

Status read_texts(JsonView object, std::string_view name, std::vector<std::string>& texts) {
  const auto list = object.find(name);
  if (!list) return {};
  const std::string where = "/edition/" + std::string(name);
  if (!list->is_array() || list->size() > 5000)
    return invalid("edition.list", "A list of at most 5,000 texts is expected.", where);
  for (const JsonView item : *list) {
    const auto text = item.string();
    if (!text) return invalid("edition.list", "Every element is a text.", where);
    texts.emplace_back(*text);
  }
  return {};
}

// Ids only: a free text here would go out without ever being measured.
Result<std::vector<std::string>> read_ids(JsonView object, std::string_view name, TechnicalId kind) {
  std::vector<std::string> texts;
  TRY_OK(read_texts(object, name, texts));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    auto id = read_technical_id(kind, texts[i]);
    if (!id.ok()) return id.error().inside("/edition/" + std::string(name) + "/" + std::to_string(i));
    texts[i] = std::move(*id);
  }
  return texts;
}

Result<Edition> edition_of(JsonView object) {
  TRY([[maybe_unused]] const JsonFields fields, JsonFields::open(object, "/edition",
                                                                 {"kind", "title", "body", "implication", "check",
                                                                  "mitigation", "indicators", "techniques", "cves"}));
  Edition edition;
  if (const auto kind = object.string_at("kind")) {
    TRY(edition.kind, parse_edition_kind(*kind));
  }
  const auto text = [&](std::string_view name) { return std::string(object.string_at(name).value_or("")); };
  edition.title = text("title");
  edition.body = text("body");
  edition.implication = text("implication");
  edition.check = text("check");
  edition.mitigation = text("mitigation");
  std::vector<std::string> indicators;
  TRY_OK(read_texts(object, "indicators", indicators));
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    auto indicator = read_indicator(indicators[i]);
    if (!indicator.ok()) return indicator.error().inside("/edition/indicators/" + std::to_string(i));
    edition.indicators.push_back(std::move(*indicator));
  }
  TRY(edition.techniques, read_ids(object, "techniques", TechnicalId::Technique));
  TRY(edition.cves, read_ids(object, "cves", TechnicalId::Cve));
  return parse_edition(edition_text(edition));  // what could not be read back must not be stored
}

Result<flow::ReviewDecisions> decisions_of(JsonView body) {
  flow::ReviewDecisions decisions;
  if (const auto cleared = body.find("cleared")) {
    for (const JsonView item : *cleared) {
      const auto text = item.string();
      if (!text || text->size() > 2000)
        return invalid("review.cleared", "Every cleared span is a text of at most 2,000 bytes.", "/cleared");
      decisions.cleared.emplace(*text);
    }
  }
  if (const auto pseudonyms = body.find("pseudonyms")) {
    for (const JsonView item : *pseudonyms) decisions.pseudonyms.emplace(item.key(), item.string().value_or(""));
  }
  if (decisions.cleared.size() > 1000 || decisions.pseudonyms.size() > 1000) {
    return too_large("review.decisions", "A review keeps at most 1,000 decisions.", "/cleared");
  }
  return decisions;
}

Result<policy::ReleaseAudience> audience_of_body(JsonView body) {
  const auto text = body.string_at("audience");
  return text ? policy::parse_release_audience(*text) : Result(policy::ReleaseAudience::Members);
}

Result<std::uint32_t> revision_of(JsonView body) {
  const auto revision = body.integer_at("revision");
  if (!revision || *revision < 1 || *revision > INT32_MAX)
    return invalid("review.revision", "Say which revision you mean.", "/revision");
  return static_cast<std::uint32_t>(*revision);
}

}  // namespace

Result<HttpResponse> post_report_review(Api& api, const Visit& visit) {
  TRY(const ReportVersion report, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto document, json_body(visit.request, {"audience", "kind"}));
  flow::ReviewStart start;
  TRY(start.audience, audience_of_body(document->root()));
  if (const auto kind = document->root().string_at("kind")) {
    TRY(start.kind, parse_edition_kind(*kind));
  }
  TRY(const store::Review review,
      flow::start_review(api.platform(), visit.who(), report.report, start, repeat_key(visit.request)));
  return desk_response(api, visit, review.id, 201);
}

Result<HttpResponse> post_release_review(Api& api, const Visit& visit) {
  TRY(const Release release, flow::find_release(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto document, json_body(visit.request, {"purpose", "reason"}));
  flow::AmendmentStart start;
  start.release = release.id;
  const auto purpose = document->root().string_at("purpose");
  if (!purpose || (*purpose != "correction" && *purpose != "withdrawal")) {
    return invalid("review.purpose", "The purpose is correction or withdrawal.", "/purpose");
  }
  start.purpose = *purpose == "withdrawal" ? store::ReviewPurpose::Withdrawal : store::ReviewPurpose::Correction;
  start.reason = document->root().string_at("reason").value_or("");
  TRY(const store::Review review, flow::start_amendment(api.platform(), visit.who(), start, repeat_key(visit.request)));
  return desk_response(api, visit, review.id, 201);
}

Result<HttpResponse> get_reviews(Api& api, const Visit& visit) {
  TRY(const store::Page page, page_of(api, visit, "reviews"));
  TRY(const auto reviews, api.platform().store.reviews(visit.who().reach, page));
  return json_response(listed(api, visit, "reviews", reviews,
                              [](JsonWriter& out, const store::Review& review) { write_review_summary(out, review); }));
}

Result<HttpResponse> get_review(Api& api, const Visit& visit) {
  TRY(const ReviewId id, review_id(visit));
  return desk_response(api, visit, id, 200);
}

Result<HttpResponse> put_review(Api& api, const Visit& visit) {
  TRY(const ReviewId id, review_id(visit));
  TRY(const auto document,
      json_body(visit.request, {"revision", "edition", "tlp", "audience", "cleared", "pseudonyms"}));
  const JsonView body = document->root();
  const auto edition = body.find("edition");
  if (!edition || !edition->is_object()) return invalid("review.edition", "The edition is an object.", "/edition");
  flow::ReviewEdit edit;
  TRY(edit.based_on, revision_of(body));
  TRY(edit.edition, edition_of(*edition));
  TRY(edit.audience, audience_of_body(body));
  if (const auto tlp = body.string_at("tlp")) {
    TRY(edit.tlp, parse_tlp(*tlp));
  }
  TRY(edit.decisions, decisions_of(body));
  TRY([[maybe_unused]] const store::Review review,
      flow::edit_review(api.platform(), visit.who(), id, edit, repeat_key(visit.request)));
  return desk_response(api, visit, id, 200);
}

Result<HttpResponse> get_review_preview(Api& api, const Visit& visit) {
  TRY(const ReviewId id, review_id(visit));
  TRY(const store::Review review, api.platform().store.review(visit.who().reach, id));
  JsonWriter out;
  write_edition(out, review.edition);
  return json_response(out.take());
}

Result<HttpResponse> post_review_consent(Api& api, const Visit& visit) {
  TRY(const ReviewId id, review_id(visit));
  TRY(const auto document, json_body(visit.request, {"consent", "revision", "step_up"}));
  flow::ConsentAct act;
  auto answer = flow::parse_consent_answer(document->root().string_at("consent").value_or(""));
  if (!answer.ok()) return answer.error().inside("/consent");
  act.answer = *answer;
  TRY(act.revision, revision_of(document->root()));
  TRY(act.step_up, step_up_answer(visit, document->root()));
  TRY([[maybe_unused]] const store::Review review,
      flow::answer_consent(api.platform(), visit.who(), id, act, repeat_key(visit.request)));
  return desk_response(api, visit, id, 200);
}

Result<HttpResponse> post_review_approval(Api& api, const Visit& visit) {
  TRY(const ReviewId id, review_id(visit));
  TRY(const auto document, json_body(visit.request, {"revision", "step_up"}));
  TRY(const std::uint32_t revision, revision_of(document->root()));
  TRY(flow::StepUpAnswer answer, step_up_answer(visit, document->root()));
  TRY([[maybe_unused]] const store::Review review,
      flow::approve_review(api.platform(), visit.who(), id, {revision, std::move(answer)}, repeat_key(visit.request)));
  return desk_response(api, visit, id, 200);
}

}  // namespace hinomi::api
