// Duties and clocks as the API shows them.
#include "api/rest.h"
#include "base/json.h"
#include "rules/assessment.h"

namespace hinomi::api {
namespace {

std::string_view deadline_kind(const rules::DeadlineRule& rule) {
  switch (rule.kind) {
    case rules::DeadlineKind::Hours: return "hours";
    case rules::DeadlineKind::Days: return "days";
    case rules::DeadlineKind::Promptly: return "promptly";
  }
  return "promptly";
}

std::string_view clock_state(const rules::StageClock& clock) {
  if (!clock.start) return "not_started";
  return clock.deadline.kind == rules::DeadlineKind::Promptly ? "promptly" : "running";
}

void write_clock(JsonWriter& out, const rules::StageClock& clock, const rules::Duty* duty, Language language) {
  out.begin_object().member("stage", clock.name).member("title", clock.title.in(language));
  out.member("kind", deadline_kind(clock.deadline)).member("state", clock_state(clock));
  if (duty != nullptr) out.member("start_fact", duty->clock_start);
  if (clock.start) out.member("start", to_rfc3339(*clock.start));
  if (clock.due.raw) out.member("raw", to_rfc3339(*clock.due.raw));
  if (clock.due.rolled) out.member("rolled", to_rfc3339(*clock.due.rolled));
  if (clock.due.house) out.member("house_target", to_rfc3339(*clock.due.house));
  out.end_object();
}

void write_reason(JsonWriter& out, const rules::Reason& reason, Language language) {
  out.begin_object();
  if (!reason.name.empty()) out.member("fact", reason.name);
  if (reason.state) out.member("state", value_state_text(*reason.state));
  out.member("text", reason.text.in(language)).end_object();
}

void write_duty(JsonWriter& out, const rules::DutyAssessment& assessed, const rules::Rulebook& book, Language language) {
  const rules::Duty* duty = assessed.duty;
  out.begin_object().member("id", assessed.id).member("title", duty != nullptr ? duty->title.in(language) : assessed.id);
  out.member("basis", duty != nullptr ? duty->basis.in(language) : "").member("verdict", verdict_text(assessed.verdict));
  out.member("summary", assessed.summary.in(language)).key("reasons").begin_array();
  for (const rules::Reason& reason : assessed.reasons) write_reason(out, reason, language);
  out.end_array().key("missing").begin_array();
  for (const std::string& name : assessed.missing) out.string(name);
  out.end_array().key("clocks").begin_array();
  for (const rules::StageClock& clock : assessed.clocks) write_clock(out, clock, duty, language);
  out.end_array().key("recipients").begin_array();
  if (duty != nullptr) {
    for (const std::string& code : duty->recipients) out.string(book.party(code).in(language));
  }
  out.end_array();
  if (duty != nullptr) {
    out.member("route", route_text(duty->route)).member("nature", nature_text(duty->nature)).member("form", duty->form.in(language));
    out.member("confidence", confidence_text(duty->confidence));
    if (duty->verified_on) out.member("verified_on", day_text(*duty->verified_on));
  }
  out.member("verified", duty != nullptr && duty->verified_on.has_value()).end_object();
}

}  // namespace

void write_assessment_for(JsonWriter& out, const Visit& visit, const rules::Assessment& assessment) {
  out.begin_object().member("assessed_at", to_rfc3339(assessment.now));
  if (assessment.reevaluate_at) out.member("reevaluate_at", to_rfc3339(*assessment.reevaluate_at));
  out.key("duties").begin_array();
  for (const rules::DutyAssessment& duty : assessment.duties) write_duty(out, duty, *assessment.book, visit.language);
  out.end_array().key("derived").begin_array();
  for (const rules::DerivedFact& fact : assessment.derived) {
    const std::string_view state = fact.truth == rules::Truth::True ? "true" : fact.truth == rules::Truth::False ? "false" : "unknown";
    out.begin_object().member("fact", fact.name).member("state", state).member("text", fact.note.in(visit.language)).end_object();
  }
  out.end_array().end_object();
}

}  // namespace hinomi::api
