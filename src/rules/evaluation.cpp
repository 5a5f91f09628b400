#include "rules/evaluation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace hinomi::rules {
namespace {

using std::chrono::microseconds;

constexpr double kMicrosecondsPerMinute = 60e6;

struct Range {
  double low = 0;
  double high = 0;
};

Truth is_below(const Range& range, double limit) {
  if (range.high < limit) return Truth::True;
  return range.low >= limit ? Truth::False : Truth::Unknown;
}
Truth is_at_most(const Range& range, double limit) {
  if (range.high <= limit) return Truth::True;
  return range.low > limit ? Truth::False : Truth::Unknown;
}
Truth is_equal(const Range& range, double number) {
  if (number < range.low || number > range.high) return Truth::False;
  return range.low == range.high ? Truth::True : Truth::Unknown;
}

// True when it holds for every value the number may still take, false when for none.
Truth compare(const Range& range, Comparison comparison, double number) {
  switch (comparison) {
    case Comparison::Less: return is_below(range, number);
    case Comparison::AtMost: return is_at_most(range, number);
    case Comparison::Equal: return is_equal(range, number);
    case Comparison::NotEqual: return negated(is_equal(range, number));
    case Comparison::AtLeast: return negated(is_below(range, number));
    case Comparison::More: return negated(is_at_most(range, number));
  }
  return Truth::Unknown;
}

Truth judge_number(const Condition& condition, const Reading& reading) {
  const double low = std::get<double>(*reading.value);
  const double high = reading.at_least ? std::numeric_limits<double>::infinity() : low;
  return compare({low, high}, condition.comparison, condition.number);
}

Truth judge_member(const Condition& condition, const FactValue& value) {
  if (const auto* word = std::get_if<std::string>(&value)) {
    if (*word == "unknown") return Truth::Unknown;
    return truth_of(condition.words.contains(*word));
  }
  const auto& words = std::get<std::set<std::string>>(value);
  return truth_of(std::any_of(words.begin(), words.end(),
                              [&condition](const std::string& word) { return condition.words.contains(word); }));
}

Truth judge_value(const Condition& condition, const Reading& reading) {
  switch (condition.kind) {
    case Condition::Kind::Flag: return truth_of(std::get<bool>(*reading.value));
    case Condition::Kind::Number: return judge_number(condition, reading);
    case Condition::Kind::Member: return judge_member(condition, *reading.value);
    case Condition::Kind::NotMember: return negated(judge_member(condition, *reading.value));
    case Condition::Kind::Given:
    case Condition::Kind::Stated:
    case Condition::Kind::Anyone: return Truth::True;
  }
  return Truth::Unknown;
}

bool is_in_force(const Duty& duty, Day day) {
  return (!duty.effective_from || *duty.effective_from <= day) &&
         (!duty.effective_until || day <= *duty.effective_until);
}

bool same_truths(const Evaluation& a, const Evaluation& b) {
  return std::equal(a.outcomes().begin(), a.outcomes().end(), b.outcomes().begin(), b.outcomes().end(),
                    [](const auto& left, const auto& right) { return left.truth == right.truth; });
}

// Instants at which a comparison with a growing fact may turn: when it reaches the number, and just after.
void add_thresholds(const Evaluation& present, std::set<Instant>& instants) {
  for (const auto& [fact, numbers] : present.book().thresholds()) {
    for (const double number : numbers) {
      if (const auto instant = reaches(present, fact, number)) {
        instants.insert(*instant);
        instants.insert(*instant + microseconds(1));
      }
    }
  }
}

// A row without a start event is judged by the version of today, which a new day may replace.
void add_effective_days(const Evaluation& present, std::set<Instant>& instants) {
  for (const DutyLine& line : present.book().lines()) {
    for (const Duty& duty : line.versions) {
      if (present.matter().facts.time(duty.clock_start)) continue;
      if (duty.effective_from) instants.insert(tokyo_midnight(*duty.effective_from));
      if (duty.effective_until) instants.insert(tokyo_midnight(*duty.effective_until + std::chrono::days(1)));
    }
  }
}

}  // namespace

Verdict verdict_of(const Duty* duty, Truth truth) {
  if (truth == Truth::False) return Verdict::DoesNot;
  if (duty != nullptr && duty->nature == Nature::Proposed) return Verdict::Proposed;
  return truth == Truth::True ? Verdict::Fires : Verdict::MayFire;
}

Truth judge(const Condition& condition, const Reading& reading) {
  if (condition.kind == Condition::Kind::Anyone) return Truth::True;
  if (condition.kind == Condition::Kind::Given) return truth_of(reading.state == ValueState::Given);
  if (condition.kind == Condition::Kind::Stated) return truth_of(reading.state.has_value());
  if (reading.state == ValueState::NotApplicable) return truth_of(condition.kind == Condition::Kind::NotMember);
  if (!reading.value) return Truth::Unknown;
  return judge_value(condition, reading);
}

Evaluation::Evaluation(const Rulebook& book, const Matter& matter)
    : book_(book), matter_(matter), outcomes_(book.lines().size()), derivations_(book.derivations().size()) {
  const auto leaves = [this](const ExpressionNode& leaf) { return leaf_truth(leaf); };
  for (const RuleStep& step : book.steps()) {
    if (step.kind == RuleStep::Kind::Duty) {
      judge_line(step.index);
    } else {
      derivations_[step.index] = book.derivations()[step.index].when.evaluate(leaves);
    }
  }
}

void Evaluation::judge_line(std::size_t index) {
  Outcome& outcome = outcomes_[index];
  outcome.duty = version_in_force(book_.lines()[index]);
  if (outcome.duty == nullptr) return;
  const auto leaves = [this](const ExpressionNode& leaf) { return leaf_truth(leaf); };
  outcome.holder = outcome.duty->holder.evaluate(leaves);
  outcome.trigger = outcome.duty->trigger.evaluate(leaves);
  outcome.truth = both(outcome.holder.back(), outcome.trigger.back());
}

const Duty* Evaluation::version_in_force(const DutyLine& line) const {
  for (auto version = line.versions.rbegin(); version != line.versions.rend(); ++version) {
    const Instant start = matter_.facts.time(version->clock_start).value_or(matter_.now);
    if (is_in_force(*version, tokyo_day(start))) return &*version;
  }
  return nullptr;
}

Truth Evaluation::leaf_truth(const ExpressionNode& leaf) const {
  if (leaf.kind == ExpressionNode::Kind::Condition) return judge(leaf.condition, reading(leaf.condition.name));
  Truth any = Truth::False;
  for (const auto line : book_.fired_lines(leaf.patterns)) {
    const Outcome& outcome = outcomes_[line];
    // What is only proposed is no duty, so nothing else follows from it.
    if (outcome.duty != nullptr && outcome.duty->nature != Nature::Proposed) any = either(any, outcome.truth);
  }
  return any;
}

Reading Evaluation::reading(std::string_view name) const {
  if (auto own = own_word(name, matter_.organisation, matter_.kind)) return {ValueState::Given, std::move(own)};
  Reading found = stated(name);
  if (const auto* growth = book_.find_growth(name)) return grown(std::move(found), *growth);
  if (const auto* derivation = book_.find_derivation(name)) {
    const auto index = static_cast<std::size_t>(derivation - book_.derivations().data());
    return derived(std::move(found), derivations_[index].back());
  }
  return found;
}

Reading Evaluation::stated(std::string_view name) const {
  const Fact* fact = matter_.facts.find(name);
  if (fact == nullptr) return {};
  return {fact->state, fact->value};
}

std::optional<Instant> Evaluation::growing_since(const Growth& growth) const {
  if (matter_.facts.flag(growth.while_flag) != true) return std::nullopt;
  for (const auto& name : growth.since) {
    if (const auto start = matter_.facts.time(name)) return start;
  }
  return std::nullopt;
}

// While it goes on, what was said is the least it can be. Nothing said about going on: what was said is all.
Reading Evaluation::grown(Reading reading, const Growth& growth) const {
  const Fact* going_on = matter_.facts.find(growth.while_flag);
  if (going_on == nullptr || reading.state == ValueState::NotApplicable) return reading;
  const bool is_growing = matter_.facts.flag(growth.while_flag) == true;
  if (!is_growing && going_on->state != ValueState::Unknown && going_on->state != ValueState::Investigating)
    return reading;
  const auto since = growing_since(growth);
  if (!reading.value && !since) return reading;
  double least = reading.value ? std::get<double>(*reading.value) : 0;
  if (since) {
    const auto elapsed = static_cast<double>((matter_.now - *since).count()) / kMicrosecondsPerMinute;
    reading.derived = elapsed > least;
    least = std::max(least, elapsed);
  }
  return {ValueState::Given, FactValue(least), true, since.has_value(), reading.derived};
}

// Said or following: either is enough, and a contradiction is settled towards "yes, look at it".
Reading Evaluation::derived(Reading reading, Truth truth) const {
  Truth said = Truth::False;
  if (reading.state && reading.state != ValueState::NotApplicable) {
    said = reading.value ? truth_of(std::get<bool>(*reading.value)) : Truth::Unknown;
  }
  const Truth all = either(said, truth);
  const bool is_derived = !reading.state || all != said;
  if (all == Truth::Unknown)
    return {reading.value ? std::nullopt : reading.state, std::nullopt, false, false, is_derived};
  return {ValueState::Given, FactValue(all == Truth::True), false, false, is_derived};
}

std::optional<Instant> reaches(const Evaluation& present, std::string_view fact, double number) {
  const auto* growth = present.book().find_growth(fact);
  const auto since = growth == nullptr ? std::nullopt : present.growing_since(*growth);
  // Far beyond any clock; also keeps the sum inside the integer's range.
  constexpr double kHorizonMinutes = 1e9;
  if (!since || number < 0 || number > kHorizonMinutes) return std::nullopt;
  return *since + microseconds(static_cast<std::int64_t>(std::ceil(number * kMicrosecondsPerMinute)));
}

std::optional<Instant> next_change_by_time(const Evaluation& present) {
  std::set<Instant> instants;
  add_thresholds(present, instants);
  add_effective_days(present, instants);
  const Matter& matter = present.matter();
  for (auto instant = instants.upper_bound(matter.now); instant != instants.end(); ++instant) {
    const Matter then{matter.organisation, matter.kind, matter.facts, *instant};
    if (!same_truths(present, Evaluation(present.book(), then))) return *instant;
  }
  return std::nullopt;
}

}  // namespace hinomi::rules
