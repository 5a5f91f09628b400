#include "rules/pack_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "rules/assessment.h"
#include "rules/wording.h"

namespace hinomi::rules {
namespace {

std::string instant_text(const std::optional<Instant>& instant) { return instant ? to_rfc3339(*instant) : "none"; }

// Collects the promises of one example.
class Promises {
 public:
  Promises(const std::string& pack, const std::string& example, PackCheck& check)
      : pack_(pack), example_(example), check_(check) {}

  void expect(std::string subject, std::string expected, std::string found) {
    ++check_.promises;
    if (expected == found) return;
    check_.failures.push_back({pack_, example_, std::move(subject), std::move(expected), std::move(found)});
  }

 private:
  const std::string& pack_;
  const std::string& example_;
  PackCheck& check_;
};

void expect_clock(Promises& promises, const ExpectedClock& expected, const Assessment& assessment) {
  const std::string subject = expected.duty + " " + expected.stage;
  const DutyAssessment* duty = assessment.find(expected.duty);
  const std::vector<StageClock> none;
  const auto& clocks = duty == nullptr ? none : duty->clocks;
  const auto found =
      std::find_if(clocks.begin(), clocks.end(), [&](const StageClock& clock) { return clock.name == expected.stage; });
  promises.expect(subject, "a clock", found == clocks.end() ? "none" : "a clock");
  if (found == clocks.end()) return;
  promises.expect(subject + " start", instant_text(expected.start), instant_text(found->start));
  promises.expect(subject + " raw", instant_text(expected.raw), instant_text(found->due.raw));
  promises.expect(subject + " rolled", instant_text(expected.rolled), instant_text(found->due.rolled));
  promises.expect(subject + " house", instant_text(expected.house), instant_text(found->due.house));
}

void check_example(const Rulebook& book, const Example& example, Promises promises) {
  const Assessment assessment = assess(book, example.attributes, example.kind, example.facts, example.now);
  for (const auto& [id, verdict] : example.verdicts) {
    const DutyAssessment* duty = assessment.find(id);
    promises.expect(id, std::string(verdict_text(verdict)),
                    duty == nullptr ? "no such duty" : std::string(verdict_text(duty->verdict)));
  }
  for (const ExpectedClock& clock : example.clocks) expect_clock(promises, clock, assessment);
  if (example.reevaluate_at) {
    promises.expect("reevaluate_at", instant_text(example.reevaluate_at), instant_text(assessment.reevaluate_at));
  }
}

using Fields = std::vector<std::pair<std::string, std::string>>;  // name and text, in the order of showing
using Rows = std::vector<std::pair<std::string, Fields>>;

std::string both_texts(const BilingualText& text) { return text.ja + " / " + text.en; }
std::string day_or_none(const std::optional<Day>& day) { return day ? day_text(*day) : "none"; }

std::string stage_text(const Stage& stage) {
  const DeadlineRule& rule = stage.deadline;
  std::string text =
      fmt::format("{}: {} {}, {}, first day {}, roll {}, {}, {}, house {} h {} d", both_texts(stage.title),
                  deadline_kind_text(rule.kind), rule.number, deadline_label(rule).en,
                  rule.first_day == FirstDay::Included ? "included" : "excluded", roll_text(rule.roll),
                  rule.zone.text(), work_calendar_text(rule.calendar), rule.house.hours, rule.house.days);
  if (!stage.house_label.ja.empty()) text += ", " + both_texts(stage.house_label);
  if (!rule.hours_fact.empty()) text += ", hours of " + rule.hours_fact;
  if (!stage.clock_start.empty()) text += ", from " + stage.clock_start;
  if (!stage.after_stage.empty()) text += ", after " + stage.after_stage;
  return text;
}

// Stages of one name differ by their condition.
std::string stage_name(const Stage& stage) {
  return "stage " + stage.name + (stage.when ? " when " + stage.when->text() : "");
}

Fields duty_fields(const Duty& duty) {
  Fields fields{{"title", both_texts(duty.title)},
                {"basis", both_texts(duty.basis)},
                {"law", duty.law_id + " " + duty.law_revision},
                {"effective_until", day_or_none(duty.effective_until)},
                {"nature", std::string(nature_text(duty.nature))},
                {"category", std::to_string(duty.category)},
                {"holder", duty.holder.text()},
                {"trigger", duty.trigger.text()},
                {"clock_start", duty.clock_start},
                {"recipients", fmt::format("{}", fmt::join(duty.recipients, ", "))},
                {"copies", fmt::format("{}", fmt::join(duty.copies, ", "))},
                {"route", std::string(route_text(duty.route))},
                {"form", both_texts(duty.form)},
                {"confidence", std::string(confidence_text(duty.confidence))},
                {"verified", day_or_none(duty.verified_on) + " " + duty.verified_by},
                {"provenance", duty.provenance}};
  for (const Stage& stage : duty.stages) fields.emplace_back(stage_name(stage), stage_text(stage));
  return fields;
}

Rows rows_of(const Pack& pack) {
  Rows rows{{"pack " + pack.id, {{"version", pack.version}, {"provenance", pack.provenance}}}};
  for (const Duty& duty : pack.duties) {
    rows.emplace_back(fmt::format("{} from {}", duty.id, day_or_none(duty.effective_from)), duty_fields(duty));
  }
  for (const Derivation& derivation : pack.derivations) {
    rows.push_back({derivation.fact, {{"when", derivation.when.text()}, {"note", both_texts(derivation.note)}}});
  }
  for (const Growth& growth : pack.growths) {
    rows.push_back({"growing " + growth.fact,
                    {{"while", growth.while_flag}, {"since", fmt::format("{}", fmt::join(growth.since, ", "))}}});
  }
  for (const auto& [code, text] : pack.parties) rows.push_back({"party " + code, {{"name", both_texts(text)}}});
  for (const auto& [name, text] : pack.terms) rows.push_back({"term " + name, {{"name", both_texts(text)}}});
  return rows;
}

std::string field_of(const Fields& fields, const std::string& name) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
  return found == fields.end() ? "" : found->second;
}

std::vector<PackDifference> compare_fields(const std::string& subject, const Fields& before, const Fields& after) {
  using Kind = PackDifference::Kind;
  std::vector<PackDifference> differences;
  for (const auto& [name, text] : after) {
    const auto earlier = field_of(before, name);
    if (earlier != text) differences.push_back({Kind::Changed, subject, name, earlier, text});
  }
  for (const auto& [name, text] : before) {
    // Only stages come and go; every other field is always there.
    const bool is_gone =
        std::none_of(after.begin(), after.end(), [&](const auto& field) { return field.first == name; });
    if (is_gone) differences.push_back({Kind::Changed, subject, name, text, ""});
  }
  return differences;
}

}  // namespace

PackCheck check_examples(const Rulebook& book) {
  PackCheck check;
  for (const Pack& pack : book.packs()) {
    for (const Example& example : pack.examples) {
      ++check.examples;
      check_example(book, example, Promises(pack.id, example.name, check));
    }
  }
  return check;
}

std::vector<PackDifference> compare_packs(const Pack& before, const Pack& after) {
  using Kind = PackDifference::Kind;
  std::vector<PackDifference> differences;
  std::map<std::string, Fields> earlier;
  for (auto& [subject, fields] : rows_of(before)) earlier.emplace(subject, std::move(fields));
  for (const auto& [subject, fields] : rows_of(after)) {
    const auto found = earlier.extract(subject);
    if (found.empty()) {
      differences.push_back({Kind::Added, subject, "", "", ""});
    } else {
      const auto changes = compare_fields(subject, found.mapped(), fields);
      differences.insert(differences.end(), changes.begin(), changes.end());
    }
  }
  for (const auto& [subject, fields] : earlier) differences.push_back({Kind::Removed, subject, "", "", ""});
  return differences;
}

}  // namespace hinomi::rules
