// The review desk as JSON: the original with what identifies in it, the edition as it stands, who could still be meant.
#include <algorithm>

#include "api/present.h"
#include "api/problem.h"
#include "flow/consent.h"
#include "policy/labelling.h"
#include "policy/permit.h"

namespace hinomi::api {
namespace {

namespace action = policy::action;

// Length in UTF-16 units: what a browser counts in. Characters above U+FFFF (four bytes in UTF-8) take two.
std::int64_t utf16_length(std::string_view text) {
  std::int64_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) continue;
    units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

std::string_view confidence_text(double confidence) {
  return confidence >= 0.9 ? "certain" : confidence >= 0.6 ? "likely" : "doubtful";
}

void write_span(JsonWriter& out, const Api& api, const Visit& visit, const anonymity::FieldProposal& field,
                const anonymity::Span& span) {
  const std::string_view source = field.source;
  const std::int64_t begin = utf16_length(source.substr(0, span.begin));
  const auto decided = field.decisions.find(span.id);
  out.begin_object().member("id", static_cast<std::int64_t>(span.id)).member("field", field.field);
  out.member("begin", begin).member("end", begin + utf16_length(span.text)).member("text", span.text);
  out.member("class", anonymity::span_class_text(span.span_class)).member("rule", span.rule);
  out.member("confidence", confidence_text(span.confidence)).member("side", anonymity::side_text(span.side));
  out.member("reason", api.text(visit, span.reason_key)).member("flagged", span.flagged).key("steps").begin_array();
  for (const anonymity::Step& step : span.steps) {
    out.begin_object().member("key", step.key).member("text", step.replacement).member("loss", step.loss).end_object();
  }
  out.end_array()
      .member("chosen", static_cast<std::int64_t>(decided == field.decisions.end() ? span.proposed : decided->second))
      .end_object();
}

void write_original(JsonWriter& out, const anonymity::Proposal& proposal) {
  out.begin_object();
  for (const anonymity::FieldProposal& field : proposal.fields) out.member(field.field, field.source);
  out.end_object();
}

void write_spans(JsonWriter& out, const Api& api, const Visit& visit, const anonymity::Proposal& proposal) {
  out.begin_array();
  for (const anonymity::FieldProposal& field : proposal.fields) {
    for (const anonymity::Span& span : field.findings.spans) write_span(out, api, visit, field, span);
  }
  out.end_array();
}

// One line a kind of watcher: the least of it.
void write_audiences(JsonWriter& out, const anonymity::Measure& measure) {
  out.begin_array();
  for (const auto watcher :
       {anonymity::Watcher::Outsider, anonymity::Watcher::Reader, anonymity::Watcher::ColludingReaders}) {
    std::optional<std::size_t> least;
    for (const anonymity::AudienceCount& count : measure.audiences) {
      if (count.watcher == watcher) least = std::min(least.value_or(count.members), count.members);
    }
    if (!least) continue;
    out.begin_object()
        .member("audience", anonymity::watcher_text(watcher))
        .member("k", static_cast<std::int64_t>(*least))
        .end_object();
  }
  out.end_array();
}

void write_found(JsonWriter& out, std::string_view name, const std::vector<anonymity::FoundInField>& found) {
  out.key(name).begin_array();
  for (const anonymity::FoundInField& item : found) out.string(item.span.text);
  out.end_array();
}

void write_measure_for_desk(JsonWriter& out, const anonymity::Measure& measure) {
  out.begin_object()
      .member("reached", measure.is_releasable())
      .member("k", static_cast<std::int64_t>(measure.count.smallest));
  out.member("required", static_cast<std::int64_t>(measure.count.required)).key("audiences");
  write_audiences(out, measure);
  out.key("telling").begin_array();
  for (const anonymity::Telling& telling : measure.telling) {
    out.begin_object().member("attribute", anonymity::attribute_text(telling.statement.attribute));
    out.member("value", telling.statement.value).member("drop", static_cast<std::int64_t>(telling.drop)).end_object();
  }
  out.end_array();
  write_found(out, "identifiers", measure.identifiers);
  write_found(out, "questions", measure.questions);
  out.key("held").begin_array();
  for (const Indicator& indicator : measure.held) out.string(indicator.value);
  out.end_array().end_object();
}

void write_proposal_for_desk(JsonWriter& out, const anonymity::Proposal& proposal) {
  out.begin_object().key("edition");
  write_edition(out, proposal.edition);
  out.member("technical_only", proposal.is_technical_only()).key("changes").begin_array();
  for (const anonymity::Generalisation& change : proposal.generalisations) {
    out.begin_object()
        .member("from", change.from)
        .member("to", change.to)
        .member("step", change.step)
        .member("loss", change.loss)
        .end_object();
  }
  out.end_array().key("pseudonyms").begin_object();
  for (const auto& [entity, letter] : proposal.pseudonyms) out.member(entity, letter);
  out.end_object().member("k", static_cast<std::int64_t>(proposal.story.smallest)).member("loss", proposal.loss);
  out.member("exact", proposal.exact).end_object();
}

void write_approvals(JsonWriter& out, const Visit& visit, const store::Review& review) {
  out.begin_array();
  for (const store::Approval& approval : review.approvals) {
    out.begin_object().key("person");
    write_named_person(out, *visit.who().directory, approval.person);
    out.member("at", to_rfc3339(approval.at)).end_object();
  }
  out.end_array();
}

void write_review_abilities(JsonWriter& out, const Visit& visit, const store::Review& review) {
  std::vector<PersonId> approved;
  for (const store::Approval& approval : review.approvals) approved.push_back(approval.person);
  const policy::Principal& who = visit.who().principal;
  const bool is_open = review.state == store::ReviewState::Open;
  out.begin_object().member("edit", is_open && policy::permit<action::EditReview>(who, {review.id}).ok());
  out.member("approve",
             is_open && policy::allows<action::ApproveRelease>(who, {review.id, review.revision, approved}).ok());
  const flow::ConsentAbilities consent = flow::consent_abilities(who, review);
  out.member("consent", consent.answer).member("take_consent_back", consent.take_back);
  out.member("give_consent_again", consent.give_again).end_object();
}

}  // namespace

void write_review(JsonWriter& out, const Api& api, const Visit& visit, const flow::ReviewDesk& desk) {
  const store::Review& review = desk.review;
  const Directory& directory = *visit.who().directory;
  out.begin_object();
  write_review_summary_members(out, review);
  out.key("original");
  write_original(out, desk.proposal);
  out.key("edition");
  write_edition(out, review.edition);
  out.key("spans");
  write_spans(out, api, visit, desk.proposal);
  out.key("measure");
  write_measure_for_desk(out, desk.measure);
  out.key("proposal");
  write_proposal_for_desk(out, desk.proposal);
  out.key("readers");
  write_readers(out, directory, desk.will_read, visit.language);
  out.member("audience", policy::release_audience_text(policy::audience_of(directory, review.release_label)));
  out.member("tlp", tlp_text(review.release_label.tlp)).key("approved_by");
  write_approvals(out, visit, review);
  out.key("cleared").begin_array();
  for (const std::string& text : flow::read_decisions(review.decisions).cleared) out.string(text);
  out.end_array();
  if (!review.reason.empty()) out.member("reason", review.reason);
  if (desk.refusal) {
    out.member("refusal", explain(api.catalogue(), visit.language, *desk.refusal).what);
    out.member("refusal_code", desk.refusal->code).member("refusal_detail", desk.refusal->detail);
  }
  out.key("abilities");
  write_review_abilities(out, visit, review);
  out.end_object();
}

}  // namespace hinomi::api
