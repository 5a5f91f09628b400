#include "anonymity/anonymity.h"

namespace hinomi::anonymity {
namespace {

void write_statement(JsonWriter& writer, const Statement& statement) {
  writer.begin_object()
      .member("attribute", attribute_text(statement.attribute))
      .member("value", statement.value)
      .end_object();
}

void write_step(JsonWriter& writer, const Step& step) {
  writer.begin_object().member("key", step.key).member("replacement", step.replacement).member("loss", step.loss);
  if (step.statement) write_statement(writer.key("statement"), *step.statement);
  writer.end_object();
}

void write_span(JsonWriter& writer, const Span& span) {
  writer.begin_object();
  writer.member("id", std::uint64_t{span.id})
      .member("begin", std::uint64_t{span.begin})
      .member("end", std::uint64_t{span.end});
  writer.member("text", span.text).member("class", span_class_text(span.span_class)).member("rule", span.rule);
  writer.key("confidence").number(span.confidence);
  writer.member("side", side_text(span.side)).member("flagged", span.flagged).member("reason", span.reason_key);
  writer.key("steps").begin_array();
  for (const Step& step : span.steps) write_step(writer, step);
  writer.end_array().member("proposed", std::uint64_t{span.proposed}).end_object();
}

void write_found(JsonWriter& writer, const std::vector<FoundInField>& found) {
  writer.begin_array();
  for (const FoundInField& one : found) {
    writer.begin_object().member("field", one.field).key("span");
    write_span(writer, one.span);
    writer.end_object();
  }
  writer.end_array();
}

void write_count(JsonWriter& writer, const Count& count) {
  writer.begin_object()
      .member("population", std::uint64_t{count.population})
      .member("fitting", std::uint64_t{count.fitting});
  writer.member("smallest", std::uint64_t{count.smallest}).member("required", std::uint64_t{count.required});
  writer.member("joinable", count.joinable).member("enough", count.enough()).end_object();
}

void write_audience(JsonWriter& writer, const AudienceCount& audience) {
  writer.begin_object().member("watcher", watcher_text(audience.watcher));
  if (audience.watcher == Watcher::Reader) writer.member("reader", audience.reader.text());
  writer.member("members", std::uint64_t{audience.members}).end_object();
}

}  // namespace

void write_findings(JsonWriter& writer, const Findings& findings) {
  writer.begin_object().key("spans").begin_array();
  for (const Span& span : findings.spans) write_span(writer, span);
  writer.end_array().end_object();
}

void write_measure(JsonWriter& writer, const Measure& measure) {
  writer.begin_object().member("kind", edition_kind_text(measure.kind)).member("releasable", measure.is_releasable());
  write_count(writer.key("count"), measure.count);
  writer.key("audiences").begin_array();
  for (const AudienceCount& audience : measure.audiences) write_audience(writer, audience);
  writer.end_array().key("telling").begin_array();
  for (const Telling& telling : measure.telling) {
    writer.begin_object().key("statement");
    write_statement(writer, telling.statement);
    writer.member("drop", std::uint64_t{telling.drop}).end_object();
  }
  writer.end_array().key("statements").begin_array();
  for (const Statement& statement : measure.statements) write_statement(writer, statement);
  writer.end_array();
  write_found(writer.key("identifiers"), measure.identifiers);
  write_found(writer.key("questions"), measure.questions);
  writer.key("held").begin_array();
  for (const Indicator& indicator : measure.held) {
    writer.begin_object()
        .member("type", indicator_type_text(indicator.type))
        .member("value", indicator.value)
        .end_object();
  }
  writer.end_array().end_object();
}

void write_proposal(JsonWriter& writer, const Proposal& proposal) {
  writer.begin_object().key("edition").raw(edition_text(proposal.edition));
  writer.member("technical_only", proposal.is_technical_only());
  writer.key("fields").begin_array();
  for (const FieldProposal& field : proposal.fields) {
    writer.begin_object().member("field", field.field).member("source", field.source);
    write_findings(writer.key("findings"), field.findings);
    writer.key("decisions").begin_array();
    for (const auto& [span, step] : field.decisions) writer.integer(static_cast<std::int64_t>(step));
    writer.end_array().end_object();
  }
  writer.end_array();
  write_measure(writer.key("measure"), proposal.measure);
  write_count(writer.key("story"), proposal.story);
  writer.key("generalisations").begin_array();
  for (const Generalisation& change : proposal.generalisations) {
    writer.begin_object().member("from", change.from).member("to", change.to).member("step", change.step);
    writer.member("loss", change.loss).end_object();
  }
  writer.end_array()
      .member("loss", proposal.loss)
      .member("exact", proposal.exact)
      .member("lower_bound", proposal.lower_bound);
  writer.end_object();
}

}  // namespace hinomi::anonymity
