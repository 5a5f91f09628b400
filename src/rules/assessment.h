// Which duties a report may touch, why, what is missing, and by when: the answer of the rulebook about one matter.
// Pure: the present comes in as matter.now. Nothing here is a verdict of law; the wording says 「該当の可能性」.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "rules/rulebook.h"

namespace hinomi::rules {

// One condition that decided a verdict, or one that is still open.
struct Reason {
  std::string condition;  // as the rule says it: "outage.lost_kw >= 100000 kW", fired("JP-EBA-R3-*")
  std::string name;       // the fact or op.* asked; empty for fired(…)
  Truth truth = Truth::Unknown;
  std::optional<ValueState> state;  // nothing when nobody has said anything
  std::optional<FactValue> value;
  std::string unit;
  bool derived = false;             // the value follows from other facts or from the time that has passed
  bool at_least = false;            // the value may still turn out higher
  std::vector<std::string> duties;  // fired(…): the duties that made it so
  BilingualText text;
};

// What would turn the verdict: this condition alone becoming true or false.
struct Change {
  std::string condition;
  bool becomes = true;
  Verdict verdict = Verdict::DoesNot;
  std::optional<Instant> at;  // when time alone brings it about
};

// One stage of one duty, with its clock.
struct StageClock {
  std::string name;
  BilingualText title;
  DeadlineRule deadline;
  BilingualText house_label;
  Truth applies = Truth::True;       // Unknown when the stage depends on a fact that is missing
  std::vector<std::string> missing;  // that fact
  std::string start_fact;            // the fact whose instant starts the clock, or
  std::string start_stage;           // the stage whose first submission does
  std::optional<Instant> start;      // nothing: not started, that fact or submission is missing
  Deadlines due;
};
// "not_started", "running" (there is an instant), "promptly", "no_term" (none is known), "term_missing" (the fact that
// says how many hours there are is missing).
std::string_view clock_state_text(const StageClock& clock);
// The term in words: 「24時間以内」, 「直ちに（数値の定めなし）」.
BilingualText term_text(const StageClock& clock);

struct DutyAssessment {
  std::string id;
  Verdict verdict = Verdict::DoesNot;
  const Duty* duty = nullptr;  // the version used, owned by the book; nothing when no version is in force
  std::vector<Reason> reasons;
  std::vector<std::string> missing;  // facts that would decide it, sorted
  std::vector<Change> changes;
  std::optional<Instant> start;    // the start event, where it is given
  std::vector<StageClock> clocks;  // empty for DoesNot and Proposed
  BilingualText summary;           // the reasons as one sentence
};

// A fact that followed from others. Shown, never written back.
struct DerivedFact {
  std::string name;
  Truth truth = Truth::Unknown;
  std::optional<bool> stated;  // differs from truth where the report contradicts the derivation
  BilingualText note;
};

struct Assessment {
  std::shared_ptr<const Rulebook> book;
  Instant now;
  std::vector<DutyAssessment> duties;  // by id
  std::vector<DerivedFact> derived;
  std::optional<Instant> reevaluate_at;  // assess again then: some verdict changes by time alone

  // nullptr when the rulebook has no such duty. The answer lives in the assessment, so a temporary is not asked.
  [[nodiscard]] const DutyAssessment* find(std::string_view id) const&;
  const DutyAssessment* find(std::string_view id) const&& = delete;
  // 情報連絡の区分 that fits best: of the rows with a category, one that fires before one that may, then the lowest
  // number. Nothing when none does either.
  [[nodiscard]] const DutyAssessment* notice_category() const&;
  const DutyAssessment* notice_category() const&& = delete;
};

// When a stage of a duty was first submitted, by duty and stage; stages that have not been are absent.
using FirstSubmissions = std::map<std::pair<std::string, std::string>, Instant>;

// What the facts of one report of an organisation may oblige it to, seen at `now`. Versions of rows are chosen by the
// day of their start event in Asia/Tokyo, or by that of `now` where it is not given. The result keeps the book alive.
Assessment assess(const Rulebook& book, const OrgAttributes& organisation, ReportKind kind, const FactSheet& facts,
                  Instant now, const FirstSubmissions& submitted = {});

// The schema Assessment of docs/openapi, plus packs, changes and the row's own words. Texts are in `language`, or
// {"ja":…,"en":…} without one.
void write_assessment(JsonWriter& writer, const Assessment& assessment, std::optional<Language> language);
// For the terminal: one block a duty, those that fire first; those that do not apply in one line each.
std::string explain_text(const Assessment& assessment, Language language);

}  // namespace hinomi::rules
