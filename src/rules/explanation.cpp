// Assessments as JSON and as terminal text.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "rules/assessment.h"
#include "rules/wording.h"

namespace hinomi::rules {
namespace {

using ChosenLanguage = std::optional<Language>;

void write_instant(JsonWriter& writer, std::string_view name, std::optional<Instant> instant) {
  if (instant) writer.member(name, to_rfc3339(*instant));
}

void write_text(JsonWriter& writer, const BilingualText& text, ChosenLanguage language) {
  if (language) {
    writer.string(text.in(*language));
    return;
  }
  writer.begin_object().member("ja", text.ja).member("en", text.en).end_object();
}
void write_text(JsonWriter& writer, std::string_view name, const BilingualText& text, ChosenLanguage language) {
  write_text(writer.key(name), text, language);
}

void write_names(JsonWriter& writer, std::string_view name, const std::vector<std::string>& names) {
  writer.key(name).begin_array();
  for (const auto& each : names) writer.string(each);
  writer.end_array();
}

// As the API spells a value: plain, without groups or units.
std::string plain_text(const FactValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* instant = std::get_if<Instant>(&value)) return to_rfc3339(*instant);
  return fmt::format("{}", fmt::join(std::get<std::set<std::string>>(value), ","));
}

void write_reason(JsonWriter& writer, const Reason& reason, ChosenLanguage language) {
  writer.begin_object().member("condition", reason.condition).member("truth", truth_text(reason.truth));
  if (!reason.name.empty()) {
    writer.member("fact", reason.name).member("state", reason.state ? value_state_text(*reason.state) : "not_stated");
    if (reason.value) writer.member("value", plain_text(*reason.value));
    writer.member("unit", reason.unit).member("derived", reason.derived).member("at_least", reason.at_least);
  }
  write_names(writer, "duties", reason.duties);
  write_text(writer, "text", reason.text, language);
  writer.end_object();
}

void write_change(JsonWriter& writer, const Change& change) {
  writer.begin_object().member("condition", change.condition).member("becomes", change.becomes);
  writer.member("verdict", verdict_text(change.verdict));
  write_instant(writer, "at", change.at);
  writer.end_object();
}

// What a period of civil days is counted by.
void write_counting(JsonWriter& writer, const DeadlineRule& rule) {
  if (rule.number > 0) writer.member("number", rule.number);
  if (rule.fixed_day) writer.member("day", day_text(*rule.fixed_day));
  if (!rule.hours_fact.empty()) writer.member("hours_fact", rule.hours_fact);
  const bool counts_days =
      rule.kind == DeadlineKind::Days || rule.kind == DeadlineKind::Months || rule.kind == DeadlineKind::BusinessDays;
  if (counts_days) writer.member("first_day", rule.first_day == FirstDay::Included ? "included" : "excluded");
  if (counts_days || rule.roll != Roll::None) {
    writer.member("roll", roll_text(rule.roll));
    writer.member("zone", rule.zone.text()).member("calendar", work_calendar_text(rule.calendar));
  }
}

void write_clock(JsonWriter& writer, const StageClock& clock, ChosenLanguage language) {
  const DeadlineRule& rule = clock.deadline;
  writer.begin_object().member("stage", clock.name);
  write_text(writer, "title", clock.title, language);
  writer.member("kind", deadline_kind_text(rule.kind)).member("state", clock_state_text(clock));
  if (!clock.start_fact.empty()) writer.member("start_fact", clock.start_fact);
  if (!clock.start_stage.empty()) writer.member("start_stage", clock.start_stage);
  write_counting(writer, rule);
  write_text(writer, "deadline", deadline_label(rule), language);
  writer.member("applies", truth_text(clock.applies));
  write_names(writer, "missing", clock.missing);
  write_instant(writer, "start", clock.start);
  write_instant(writer, "raw", clock.due.raw);
  write_instant(writer, "rolled", clock.due.rolled);
  write_instant(writer, "house_target", clock.due.house);
  if (!clock.house_label.ja.empty()) write_text(writer, "house_target_label", clock.house_label, language);
  writer.end_object();
}

void write_parties(JsonWriter& writer, const Rulebook& book, const std::vector<std::string>& codes,
                   ChosenLanguage language) {
  writer.begin_array();
  for (const auto& code : codes) write_text(writer, book.party(code), language);
  writer.end_array();
}

void write_day(JsonWriter& writer, std::string_view name, std::optional<Day> day) {
  if (day) writer.member(name, day_text(*day));
}

// What the row itself says, whatever the facts.
void write_row(JsonWriter& writer, const Rulebook& book, const Duty& duty, ChosenLanguage language) {
  write_text(writer, "title", duty.title, language);
  write_text(writer, "basis", duty.basis, language);
  writer.member("law_id", duty.law_id).member("law_revision", duty.law_revision);
  write_day(writer, "effective_from", duty.effective_from);
  write_day(writer, "effective_until", duty.effective_until);
  writer.member("nature", nature_text(duty.nature)).member("category", duty.category);
  write_text(writer, "nature_label", nature_label(duty.nature), language);
  writer.member("route", route_text(duty.route));
  write_parties(writer.key("recipients"), book, duty.recipients, language);
  write_names(writer, "recipient_codes", duty.recipients);
  write_parties(writer.key("copies"), book, duty.copies, language);
  write_text(writer, "form", duty.form, language);
  writer.member("confidence", confidence_text(duty.confidence));
  writer.member("verified", duty.verified_on.has_value());
  write_day(writer, "verified_on", duty.verified_on);
  write_text(writer, "standing", standing_label(duty), language);
  writer.member("provenance", duty.provenance);
}

void write_duty(JsonWriter& writer, const Rulebook& book, const DutyAssessment& duty, ChosenLanguage language) {
  writer.begin_object().member("id", duty.id).member("verdict", verdict_text(duty.verdict));
  write_text(writer, "label", verdict_label(duty.verdict), language);
  write_text(writer, "summary", duty.summary, language);
  writer.member("in_force", duty.duty != nullptr);
  // Where no version is in force, the newest row still says what the id means.
  write_row(writer, book, duty.duty != nullptr ? *duty.duty : book.find_line(duty.id)->versions.back(), language);
  writer.key("reasons").begin_array();
  for (const Reason& reason : duty.reasons) write_reason(writer, reason, language);
  writer.end_array();
  write_names(writer, "missing", duty.missing);
  writer.key("changes").begin_array();
  for (const Change& change : duty.changes) write_change(writer, change);
  writer.end_array();
  writer.key("clocks").begin_array();
  for (const StageClock& clock : duty.clocks) write_clock(writer, clock, language);
  writer.end_array().end_object();
}

void write_derived(JsonWriter& writer, const DerivedFact& fact, ChosenLanguage language) {
  const bool is_known = fact.truth != Truth::Unknown;
  writer.begin_object().member("fact", fact.name).member("state", is_known ? "given" : "unknown");
  if (is_known) writer.member("value", truth_text(fact.truth));
  if (fact.stated) writer.member("stated", *fact.stated);
  write_text(writer, "note", fact.note, language);
  writer.end_object();
}

struct Phrases {
  std::string_view start, not_started, due, rolled, house, if_stage, recipients, copies, basis, others, again, derived,
      after;
};
constexpr Phrases kJapanese{"起点",       "起点の入力なし", "期限", "閉庁日の繰延べ後",     "組織の目標", "条件付き",
                            "提出先",     "同報",           "根拠", "条件に当たらないもの", "再評価",     "導出",
                            "提出を待つ:"};
constexpr Phrases kEnglish{"start",
                           "start not stated",
                           "due",
                           "after closed days",
                           "house target",
                           "only if",
                           "recipients",
                           "copies",
                           "basis",
                           "Not met",
                           "assess again",
                           "derived",
                           "waits for the submission:"};

std::string clock_line(const StageClock& clock, std::string_view row_start, Language language) {
  const bool english = language == Language::English;
  const Phrases& phrases = english ? kEnglish : kJapanese;
  std::string line = fmt::format("    {}: {}", clock.title.in(language), deadline_label(clock.deadline).in(language));
  if (clock.due.raw) line += fmt::format(" → {} {}", phrases.due, tokyo_text(*clock.due.raw, english));
  if (clock.due.rolled && clock.due.rolled != clock.due.raw) {
    line += fmt::format(" ({} {})", phrases.rolled, tokyo_text(*clock.due.rolled, english));
  }
  if (clock.due.house) {
    line += fmt::format(" [{}: {} {}]", phrases.house, clock.house_label.in(language),
                        tokyo_text(*clock.due.house, english));
  }
  if (!clock.start && !clock.start_stage.empty()) {
    line += fmt::format(" <{} {}>", phrases.after, clock.start_stage);
  } else if (!clock.start_fact.empty() && clock.start_fact != row_start) {
    line += fmt::format(" ({}: {})", phrases.start, clock.start_fact);
  }
  for (const auto& name : clock.missing) line += fmt::format(" <{} {}?>", phrases.if_stage, name);
  return line + "\n";
}

std::string party_names(const Rulebook& book, const std::vector<std::string>& codes, Language language) {
  std::string names;
  for (const auto& code : codes) names += (names.empty() ? "" : " / ") + book.party(code).in(language);
  return names;
}

std::string duty_block(const Rulebook& book, const DutyAssessment& duty, Language language) {
  const bool english = language == Language::English;
  const Phrases& phrases = english ? kEnglish : kJapanese;
  const Duty& row = *duty.duty;
  std::string block =
      fmt::format("{} {} — {} [{}, {}]\n  {}\n  {}: {}\n", duty.id, row.title.in(language),
                  verdict_label(duty.verdict).in(language), nature_label(row.nature).in(language),
                  standing_label(row).in(language), duty.summary.in(language), phrases.basis, row.basis.in(language));
  block += fmt::format("  {}: {}\n", phrases.recipients, party_names(book, row.recipients, language));
  if (!row.copies.empty()) block += fmt::format("  {}: {}\n", phrases.copies, party_names(book, row.copies, language));
  if (duty.clocks.empty()) return block + "\n";
  block += duty.start ? fmt::format("  {}: {} ({})\n", phrases.start, tokyo_text(*duty.start, english), row.clock_start)
                      : fmt::format("  {}: {} ({})\n", phrases.not_started, book.term(row.clock_start).in(language),
                                    row.clock_start);
  for (const StageClock& clock : duty.clocks) block += clock_line(clock, row.clock_start, language);
  return block + "\n";
}

}  // namespace

void write_assessment(JsonWriter& writer, const Assessment& assessment, ChosenLanguage language) {
  writer.begin_object();
  write_instant(writer, "assessed_at", assessment.now);
  write_instant(writer, "reevaluate_at", assessment.reevaluate_at);
  writer.key("packs").begin_array();
  for (const Pack& pack : assessment.book->packs()) {
    writer.begin_object().member("id", pack.id).member("version", pack.version);
    write_text(writer, "title", pack.title, language);
    writer.end_object();
  }
  writer.end_array().key("derived").begin_array();
  for (const DerivedFact& fact : assessment.derived) write_derived(writer, fact, language);
  writer.end_array().key("duties").begin_array();
  for (const DutyAssessment& duty : assessment.duties) write_duty(writer, *assessment.book, duty, language);
  writer.end_array().end_object();
}

std::string explain_text(const Assessment& assessment, Language language) {
  const Phrases& phrases = language == Language::English ? kEnglish : kJapanese;
  std::string text;
  for (const Verdict verdict : {Verdict::Fires, Verdict::MayFire, Verdict::Proposed}) {
    for (const DutyAssessment& duty : assessment.duties) {
      if (duty.verdict == verdict) text += duty_block(*assessment.book, duty, language);
    }
  }
  for (const DerivedFact& fact : assessment.derived) {
    text += fmt::format("{}: {} = {}\n", phrases.derived, fact.name, truth_text(fact.truth));
  }
  if (assessment.reevaluate_at) {
    text +=
        fmt::format("{}: {}\n", phrases.again, tokyo_text(*assessment.reevaluate_at, language == Language::English));
  }
  text += fmt::format("\n{}:\n", phrases.others);
  for (const DutyAssessment& duty : assessment.duties) {
    if (duty.verdict == Verdict::DoesNot) text += fmt::format("  {} {}\n", duty.id, duty.summary.in(language));
  }
  return text;
}

}  // namespace hinomi::rules
