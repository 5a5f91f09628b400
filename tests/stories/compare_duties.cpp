#include "stories/compare_duties.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace hinomi::stories {
namespace {

using rules::Assessment;
using rules::DutyAssessment;
using rules::StageClock;
using rules::Verdict;

std::string text_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Fires: return "fires";
    case Verdict::MayFire: return "may fire";
    case Verdict::DoesNot: return "does not fire";
    case Verdict::Proposed: return "proposed";
  }
  return "";
}

// Collects what differs in one step.
class Step {
 public:
  Step(std::size_t number, const StoryStep& said, std::vector<Difference>& all)
      : said_(said), number_(number), all_(all) {}

  [[nodiscard]] const Expectation& expect() const { return said_.expect; }
  void compare(std::string subject, std::string expected, std::string found) {
    if (expected != found) all_.push_back({number_, std::move(subject), std::move(expected), std::move(found)});
  }

 private:
  const StoryStep& said_;
  std::size_t number_;
  std::vector<Difference>& all_;
};

std::string expected_verdict(const Expectation& expect, const std::string& duty) {
  if (expect.fires.contains(duty)) return "fires";
  if (expect.proposed.contains(duty)) return "proposed";
  const bool open =
      std::any_of(expect.may.begin(), expect.may.end(), [&](const OpenDuty& each) { return each.duty == duty; });
  return open ? "may fire" : "does not fire";
}

void compare_verdicts(Step& step, const Assessment& assessment) {
  for (const DutyAssessment& duty : assessment.duties) {
    step.compare(duty.id, expected_verdict(step.expect(), duty.id), text_of(duty.verdict));
  }
  for (const OpenDuty& open : step.expect().may) {
    const DutyAssessment* duty = assessment.find(open.duty);
    if (duty == nullptr || duty->verdict != Verdict::MayFire) continue;
    for (const std::string& fact : open.missing) {
      const bool named = std::find(duty->missing.begin(), duty->missing.end(), fact) != duty->missing.end();
      if (!named) {
        step.compare(open.duty + " is missing", fact, fmt::format("{}", fmt::join(duty->missing, ", ")));
      }
    }
  }
}

bool is_stage(const StageClock& clock, const std::string& stage) { return stage.empty() || clock.name == stage; }

// The instant as the story writes it: a moment, or the last day of a term in the rule's own civil days.
std::string found_term(const std::optional<Instant>& due, const std::optional<Term>& expected,
                       const rules::Zone& zone) {
  if (!due) return "none";
  const Day day = zone.day_of(*due);
  const bool ends_the_day = zone.end_of(day) == *due;
  const bool asks_for_a_day = expected && std::holds_alternative<Day>(*expected);
  return asks_for_a_day && ends_the_day ? day_text(day) : tokyo_text(*due);
}

std::string term_or_none(const std::optional<Term>& term) { return term ? term_text(*term) : "none"; }

std::string shape_of(const ExpectedClock& clock) {
  if (clock.promptly) return "promptly, without a number";
  return clock.raw ? "a date" : "waits for " + clock.waits_for;
}

const std::string& start_of(const StageClock& clock) {
  return clock.start_stage.empty() ? clock.start_fact : clock.start_stage;
}

std::string shape_of(const StageClock& clock) {
  if (clock.due.raw) return "a date";
  if (clock.deadline.kind == rules::DeadlineKind::Promptly) return "promptly, without a number";
  if (clock.deadline.kind == rules::DeadlineKind::None) return "no term";
  return "waits for " + start_of(clock);
}

void compare_house(Step& step, const std::string& subject, const ExpectedClock& expected, const StageClock& found) {
  if (expected.house) {
    step.compare(subject + " house target", term_or_none(expected.house),
                 found_term(found.due.house, expected.house, found.deadline.zone));
  }
  if (!expected.house_from || !expected.house_to) return;
  const auto day = found.due.house ? std::optional(tokyo_day(*found.due.house)) : std::nullopt;
  const bool within = day && *expected.house_from <= *day && *day <= *expected.house_to;
  const auto band = fmt::format("from {} to {}", day_text(*expected.house_from), day_text(*expected.house_to));
  step.compare(subject + " house target", band, within ? band : day ? day_text(*day) : "none");
}

void compare_clock(Step& step, const ExpectedClock& expected, const StageClock& found) {
  const std::string subject = fmt::format("{} {}", expected.duty, found.name);
  step.compare(subject, shape_of(expected), shape_of(found));
  if (!expected.from.empty()) step.compare(subject + " starts with", expected.from, start_of(found));
  if (expected.raw) {
    step.compare(subject + " raw", term_or_none(expected.raw),
                 found_term(found.due.raw, expected.raw, found.deadline.zone));
    step.compare(subject + " rolled", term_or_none(expected.rolled),
                 found_term(found.due.rolled, expected.rolled, found.deadline.zone));
  }
  compare_house(step, subject, expected, found);
}

// How far a clock is from what is expected: the closest one is compared, so that a difference names the right stage.
int distance(const ExpectedClock& expected, const StageClock& found) {
  const bool same_shape = shape_of(expected) == shape_of(found);
  const bool same_end = term_or_none(expected.raw) == found_term(found.due.raw, expected.raw, found.deadline.zone);
  return (same_shape ? 0 : 2) + (same_end ? 0 : 1);
}

void compare_clocks_of(Step& step, const DutyAssessment& duty) {
  std::vector<const StageClock*> left;
  for (const StageClock& clock : duty.clocks) {
    if (clock.applies != rules::Truth::False) left.push_back(&clock);
  }
  for (const ExpectedClock& expected : step.expect().clocks) {
    if (expected.duty != duty.id) continue;
    auto best = left.end();
    for (auto each = left.begin(); each != left.end(); ++each) {
      if (!is_stage(**each, expected.stage)) continue;
      if (best == left.end() || distance(expected, **each) < distance(expected, **best)) best = each;
    }
    if (best == left.end()) {
      step.compare(fmt::format("{} {}", duty.id, expected.stage), shape_of(expected), "no such clock");
      continue;
    }
    compare_clock(step, expected, **best);
    left.erase(best);
  }
  for (const StageClock* clock : left) {
    const auto subject = fmt::format("{} {}", duty.id, clock->name);
    if (clock->due.raw) step.compare(subject, "no date", tokyo_text(*clock->due.raw));
  }
}

void compare_step(Step& step, const Story& story, std::size_t count, const Assessment& assessment) {
  compare_verdicts(step, assessment);
  for (const DutyAssessment& duty : assessment.duties) {
    if (step.expect().fires.contains(duty.id) && duty.verdict == Verdict::Fires) compare_clocks_of(step, duty);
  }
  const auto& look = step.expect().look_again;
  step.compare("the next look", look ? tokyo_text(*look) : "none",
               assessment.reevaluate_at ? tokyo_text(*assessment.reevaluate_at) : "none");
  const FactSheet facts = facts_after(story, count);
  for (const auto& [name, fact] : step.expect().kept.all()) {
    const Fact* const now = facts.find(name);
    step.compare(name, "kept", now != nullptr && now->value == fact.value ? "kept" : "changed");
  }
}

// When each stage was first submitted, over the first `count` steps.
rules::FirstSubmissions submitted_after(const Story& story, std::size_t count) {
  rules::FirstSubmissions submitted;
  for (std::size_t i = 0; i < count; ++i) {
    for (const StorySubmission& each : story.steps[i].submits) {
      submitted.emplace(std::pair(each.duty, each.stage), story.steps[i].at);
    }
  }
  return submitted;
}

}  // namespace

std::string difference_text(const Story& story, const Difference& difference) {
  return fmt::format("{}, step {} ({}): {}: expected {}, found {}", story.name, difference.step,
                     tokyo_text(story.steps[difference.step - 1].at), difference.subject, difference.expected,
                     difference.found);
}

Assessment assess_after(const rules::Rulebook& book, const Story& story, std::size_t count) {
  const StoryStep& last = story.steps[count - 1];
  return rules::assess(book, story.organisation.attributes, last.kind, facts_after(story, count), last.at,
                       submitted_after(story, count));
}

std::set<std::string> duties_named(const Story& story) {
  std::set<std::string> names;
  for (const StoryStep& step : story.steps) {
    names.insert(step.expect.fires.begin(), step.expect.fires.end());
    names.insert(step.expect.proposed.begin(), step.expect.proposed.end());
    for (const OpenDuty& each : step.expect.may) names.insert(each.duty);
    for (const ExpectedClock& clock : step.expect.clocks) names.insert(clock.duty);
  }
  return names;
}

std::vector<Difference> compare_duties(const rules::Rulebook& book, const Story& story) {
  std::vector<Difference> all;
  for (std::size_t count = 1; count <= story.steps.size(); ++count) {
    Step step(count, story.steps[count - 1], all);
    compare_step(step, story, count, assess_after(book, story, count));
  }
  return all;
}

}  // namespace hinomi::stories
