// A rule pack as read from its file: law as data. Plain values; linking and evaluation are in rulebook.h and
// assessment.h. The file format is described in docs/guides/rule-packs.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "base/result.h"
#include "base/time.h"
#include "model/fact.h"
#include "model/organisation.h"
#include "model/report.h"
#include "rules/deadline.h"
#include "rules/expression.h"

namespace hinomi::rules {

struct BilingualText {
  std::string ja;
  std::string en;
  [[nodiscard]] const std::string& in(Language language) const { return language == Language::English ? en : ja; }
  bool operator==(const BilingualText&) const = default;
};

// Whether a duty may apply. Never a verdict of law: the word for Fires is 「該当の可能性」. Proposed: the row is no law
// yet; its conditions are not ruled out, and nothing is owed.
enum class Verdict { DoesNot, MayFire, Fires, Proposed };
std::string_view verdict_text(Verdict verdict);  // "does_not", "may_fire", "fires", "proposed"
Result<Verdict> parse_verdict(std::string_view text);

// Statutory: a duty by law. Framework: the voluntary information notice of the 行動計画. Voluntary: a report or
// consultation that nothing asks for. Contractual: by contract. Handling: a duty about how information is kept; it has
// no report and no clock. Proposed: not in force, never an obligation.
enum class Nature { Statutory, Framework, Voluntary, Contractual, Handling, Proposed };
// ①② go named from the operator to the authority; ③④ go through the CEPTOAR secretariat, anonymised as needed.
enum class Route { NamedDirect, SecretariatAnonymised };
// How well the row's content is established: seen in a stored public text, known but not looked up, known to be open.
enum class Confidence { Sourced, FromKnowledge, Open };
std::string_view nature_text(Nature nature);              // "statutory", "framework", "voluntary" …
std::string_view route_text(Route route);                 // "named_direct", "secretariat_anonymised"
std::string_view confidence_text(Confidence confidence);  // "sourced", "from_knowledge", "open"

// One report of a duty: 速報, 詳報, 確報 … Several with one name are the same report under conditions that exclude each
// other.
struct Stage {
  std::string name;  // "prompt", "detailed" …
  BilingualText title;
  DeadlineRule deadline;
  BilingualText house_label;       // says whose target the house target is; present exactly when there is one
  std::optional<Expression> when;  // the stage exists only when this holds
  std::string clock_start;         // a fact of kind Time; empty: the duty's
  std::string after_stage;         // the clock starts with the first submission of this stage of the duty instead
};

// One version of one duty. Versions share the id and never overlap in time.
struct Duty {
  Duty(Expression holder_expression, Expression trigger_expression)
      : holder(std::move(holder_expression)), trigger(std::move(trigger_expression)) {}
  std::string id;
  BilingualText title;
  BilingualText basis;
  std::string law_id;                  // e-Gov law id, where there is one
  std::string law_revision;            // of the text the row was made from
  std::optional<Day> effective_from;   // Asia/Tokyo; the first day of this version
  std::optional<Day> effective_until;  // its last day
  Nature nature = Nature::Statutory;
  int category = 0;  // 情報連絡の区分 1–4 of the 行動計画, or 0
  Expression holder;
  Expression trigger;
  std::string clock_start;  // a fact of kind Time; empty only where no stage counts from it
  std::vector<Stage> stages;
  std::vector<std::string> recipients;  // codes of parties
  std::vector<std::string> copies;      // 同報
  Route route = Route::NamedDirect;
  BilingualText form;
  Confidence confidence = Confidence::Open;
  std::optional<Day> verified_on;  // nothing shows as 未検証
  std::string verified_by;
  std::string provenance;
  std::string file;       // of the pack, for messages
  TextPosition position;  // of the row in it
};

// A flag that follows from other facts. Shown as derived, never written back into a report.
struct Derivation {
  std::string fact;
  Expression when;
  BilingualText note;
  std::string file;
  TextPosition position;
};

// A number that grows by itself while a flag is true: at least the time since the first given instant of `since`.
struct Growth {
  std::string fact;
  std::string while_flag;
  std::vector<std::string> since;
};

struct ExpectedClock {
  std::string duty;
  std::string stage;
  std::optional<Instant> start;
  std::optional<Instant> raw;
  std::optional<Instant> rolled;
  std::optional<Instant> house;
};

// What a pack promises about itself; run by test_pack.
struct Example {
  std::string name;
  OrgAttributes attributes;
  ReportKind kind = ReportKind::Incident;
  FactSheet facts;
  Instant now;
  std::map<std::string, Verdict> verdicts;
  std::vector<ExpectedClock> clocks;
  std::optional<Instant> reevaluate_at;
};

struct Pack {
  std::string id;
  std::string version;
  BilingualText title;
  std::string provenance;
  std::map<std::string, BilingualText, std::less<>> terms;    // fact names, and "fact:word" for choices
  std::map<std::string, BilingualText, std::less<>> parties;  // recipients by code
  std::vector<Derivation> derivations;
  std::vector<Growth> growths;
  std::vector<Duty> duties;
  std::vector<Example> examples;
};

struct PackSource {
  std::string name;  // file name, for messages
  std::string text;  // TOML 1.0
};

// Reads one pack. Unknown keys, missing texts in either language, and anything over the limits (1 MiB, 500 duties,
// 500 examples, 16 stages a duty) are refused; `where` is "file: line L, column C".
Result<Pack> read_pack(const PackSource& source, const Vocabulary& vocabulary);

}  // namespace hinomi::rules
