#include "rules/assessment.h"

#include <algorithm>

#include "rules/evaluation.h"
#include "rules/wording.h"

namespace hinomi::rules {
namespace {

using Outcome = Evaluation::Outcome;

// Explains one evaluation; missing facts of a line are found once, in the order in which the lines were judged.
class Explainer {
 public:
  Explainer(const Evaluation& evaluation, const FirstSubmissions& submitted)
      : evaluation_(evaluation), submitted_(submitted), book_(evaluation.book()), missing_(book_.lines().size()) {
    for (const RuleStep& step : book_.steps()) {
      if (step.kind == RuleStep::Kind::Duty) missing_[step.index] = missing_of_line(step.index);
      if (step.kind == RuleStep::Kind::Derivation) note_missing_of_derivation(step.index);
    }
  }

  [[nodiscard]] DutyAssessment explain(std::size_t index) const {
    const Outcome& outcome = evaluation_.outcomes()[index];
    DutyAssessment result;
    result.id = book_.lines()[index].id;
    result.duty = outcome.duty;
    result.verdict = verdict_of(outcome.duty, outcome.truth);
    if (outcome.duty != nullptr) {
      add_reasons(outcome, result.reasons);
      result.missing.assign(missing_[index].begin(), missing_[index].end());
      result.changes = changes(outcome);
      result.start = evaluation_.matter().facts.time(outcome.duty->clock_start);
      const bool is_live = result.verdict == Verdict::Fires || result.verdict == Verdict::MayFire;
      if (is_live) result.clocks = clocks(*outcome.duty);
    }
    result.summary = summary_text(book_, result);
    return result;
  }

 private:
  using Names = std::set<std::string>;

  void add_missing(const Expression& expression, const std::vector<Truth>& truths, Names& names) const {
    if (truths.back() != Truth::Unknown) return;
    for (const auto index : expression.deciding_leaves(truths)) {
      if (truths[index] == Truth::Unknown) add_missing_of_leaf(expression.nodes()[index], names);
    }
  }
  void add_missing_of_leaf(const ExpressionNode& leaf, Names& names) const {
    if (leaf.kind == ExpressionNode::Kind::Fired) {
      for (const auto line : book_.fired_lines(leaf.patterns))
        names.insert(missing_[line].begin(), missing_[line].end());
      return;
    }
    names.insert(leaf.condition.name);
    const auto found = derivation_missing_.find(leaf.condition.name);
    if (found != derivation_missing_.end()) names.insert(found->second.begin(), found->second.end());
  }
  [[nodiscard]] Names missing_of_line(std::size_t index) const {
    const Outcome& outcome = evaluation_.outcomes()[index];
    Names names;
    if (outcome.truth != Truth::Unknown) return names;
    add_missing(outcome.duty->holder, outcome.holder, names);
    add_missing(outcome.duty->trigger, outcome.trigger, names);
    return names;
  }
  void note_missing_of_derivation(std::size_t index) {
    Names names;
    add_missing(book_.derivations()[index].when, evaluation_.derivation_truths(index), names);
    derivation_missing_[book_.derivations()[index].fact] = std::move(names);
  }

  // Who does not hold a duty needs no reasons of its trigger, and the other way round.
  void add_reasons(const Outcome& outcome, std::vector<Reason>& reasons) const {
    if (outcome.holder.back() == outcome.truth || outcome.truth != Truth::False) {
      add_reasons(outcome.duty->holder, outcome.holder, reasons);
    }
    if (outcome.trigger.back() == outcome.truth || outcome.truth != Truth::False) {
      add_reasons(outcome.duty->trigger, outcome.trigger, reasons);
    }
  }
  void add_reasons(const Expression& expression, const std::vector<Truth>& truths, std::vector<Reason>& reasons) const {
    for (const auto index : expression.deciding_leaves(truths)) {
      reasons.push_back(reason(expression.nodes()[index], truths[index]));
    }
  }

  [[nodiscard]] Reason reason(const ExpressionNode& leaf, Truth truth) const {
    Reason result;
    result.condition = leaf.question;
    result.truth = truth;
    if (leaf.kind == ExpressionNode::Kind::Fired) {
      for (const auto line : book_.fired_lines(leaf.patterns)) {
        if (truth != Truth::False && evaluation_.outcomes()[line].truth == truth) {
          result.duties.push_back(book_.lines()[line].id);
        }
      }
    } else if (!leaf.condition.name.empty()) {
      const Reading reading = evaluation_.reading(leaf.condition.name);
      result.name = leaf.condition.name;
      result.state = reading.state;
      result.value = reading.value;
      result.unit = leaf.condition.unit;
      result.derived = reading.derived;
      result.at_least = reading.at_least;
    }
    result.text = reason_text(book_, leaf, result);
    return result;
  }

  // Each condition of the trigger turned alone; one that stands twice is turned in both places.
  [[nodiscard]] std::vector<Change> changes(const Outcome& outcome) const {
    std::vector<Change> result;
    if (outcome.holder.back() == Truth::False) return result;
    const std::vector<ExpressionNode>& nodes = outcome.duty->trigger.nodes();
    for (std::uint32_t index = 0; index < nodes.size(); ++index) {
      if (!nodes[index].children.empty() || nodes[index].same_as != index) continue;
      for (const Truth turned : {Truth::True, Truth::False}) {
        if (auto change = change_when(outcome, index, turned)) result.push_back(std::move(*change));
      }
    }
    return result;
  }
  [[nodiscard]] std::optional<Change> change_when(const Outcome& outcome, std::uint32_t index, Truth turned) const {
    const Expression& trigger = outcome.duty->trigger;
    const ExpressionNode& leaf = trigger.nodes()[index];
    const Truth truth = both(outcome.holder.back(), trigger.turned(outcome.trigger, index, turned).back());
    if (truth == outcome.truth) return std::nullopt;
    Change change{leaf.question, turned == Truth::True, verdict_of(outcome.duty, truth), std::nullopt};
    if (change.becomes && leaf.condition.comparison == Comparison::AtLeast) {
      change.at = reaches(evaluation_, leaf.condition.name, leaf.condition.number);
      if (change.at && *change.at <= evaluation_.matter().now) change.at.reset();
    }
    return change;
  }

  [[nodiscard]] std::vector<StageClock> clocks(const Duty& duty) const {
    std::vector<StageClock> result;
    for (const Stage& stage : duty.stages) {
      StageClock clock = started(duty, stage);
      if (stage.when) {
        const auto truths = stage.when->evaluate([this](const auto& leaf) { return evaluation_.leaf_truth(leaf); });
        clock.applies = truths.back();
        Names names;
        add_missing(*stage.when, truths, names);
        clock.missing.assign(names.begin(), names.end());
      }
      if (clock.applies == Truth::False) continue;
      if (clock.start) clock.due = deadlines_from(stage.deadline, *clock.start, hours_given(stage.deadline));
      result.push_back(std::move(clock));
    }
    return result;
  }

  // The clock of a stage with its start, before anything is counted.
  [[nodiscard]] StageClock started(const Duty& duty, const Stage& stage) const {
    StageClock clock{stage.name, stage.title, stage.deadline, stage.house_label, Truth::True, {}, {}, stage.after_stage,
                     {},         {}};
    if (!stage.after_stage.empty()) {
      const auto found = submitted_.find({duty.id, stage.after_stage});
      if (found != submitted_.end()) clock.start = found->second;
      return clock;
    }
    clock.start_fact = stage.clock_start.empty() ? duty.clock_start : stage.clock_start;
    clock.start = evaluation_.matter().facts.time(clock.start_fact);
    return clock;
  }
  [[nodiscard]] std::optional<double> hours_given(const DeadlineRule& rule) const {
    if (rule.hours_fact.empty()) return std::nullopt;
    const Reading reading = evaluation_.reading(rule.hours_fact);
    return reading.value ? std::optional(std::get<double>(*reading.value)) : std::nullopt;
  }

  const Evaluation& evaluation_;
  const FirstSubmissions& submitted_;
  const Rulebook& book_;
  std::vector<Names> missing_;
  std::map<std::string, Names, std::less<>> derivation_missing_;
};

std::vector<DerivedFact> derived_facts(const Evaluation& evaluation) {
  std::vector<DerivedFact> result;
  for (const Derivation& derivation : evaluation.book().derivations()) {
    const Condition asked{Condition::Kind::Flag, derivation.fact, Comparison::Equal, 0, {}, {}};
    const Truth truth = judge(asked, evaluation.reading(derivation.fact));
    result.push_back({derivation.fact, truth, evaluation.matter().facts.flag(derivation.fact), derivation.note});
  }
  return result;
}

bool may_apply(const DutyAssessment& duty) {
  return duty.verdict == Verdict::Fires || duty.verdict == Verdict::MayFire;
}

// Smaller is better.
int rank(const DutyAssessment& duty) { return (duty.verdict == Verdict::Fires ? 0 : 10) + duty.duty->category; }

}  // namespace

const DutyAssessment* Assessment::find(std::string_view id) const& {
  const auto found =
      std::find_if(duties.begin(), duties.end(), [id](const DutyAssessment& duty) { return duty.id == id; });
  return found == duties.end() ? nullptr : &*found;
}

const DutyAssessment* Assessment::notice_category() const& {
  const DutyAssessment* best = nullptr;
  for (const DutyAssessment& duty : duties) {
    if (!may_apply(duty) || duty.duty->category == 0) continue;
    if (best == nullptr || rank(duty) < rank(*best)) best = &duty;
  }
  return best;
}

BilingualText term_text(const StageClock& clock) { return deadline_label(clock.deadline); }

std::string_view clock_state_text(const StageClock& clock) {
  if (clock.deadline.kind == DeadlineKind::None) return "no_term";
  if (!clock.start) return "not_started";
  if (clock.due.raw) return "running";
  return clock.deadline.kind == DeadlineKind::HoursOfFact ? "term_missing" : "promptly";
}

Assessment assess(const Rulebook& book, const OrgAttributes& organisation, ReportKind kind, const FactSheet& facts,
                  Instant now, const FirstSubmissions& submitted) {
  const Matter matter{organisation, kind, facts, now};
  const Evaluation evaluation(book, matter);
  const Explainer explainer(evaluation, submitted);
  Assessment result{book.shared_from_this(), now, {}, derived_facts(evaluation), next_change_by_time(evaluation)};
  for (std::size_t i = 0; i < book.lines().size(); ++i) result.duties.push_back(explainer.explain(i));
  return result;
}

}  // namespace hinomi::rules
