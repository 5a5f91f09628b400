// Every rule of a rulebook judged at one instant. Internal to assessment.cpp and its wording.
// Borrows the rulebook and the matter, which must outlive it; one thread.
#pragma once

#include <optional>
#include <vector>

#include "rules/rulebook.h"

namespace hinomi::rules {

// What is judged, and when. Borrowed.
struct Matter {
  const OrgAttributes& organisation;
  ReportKind kind = ReportKind::Incident;
  const FactSheet& facts;
  Instant now;
};

// A truth as a row of this nature answers it: a proposal is shown as one, whatever its conditions say.
Verdict verdict_of(const Duty* duty, Truth truth);

// What is known of one name.
struct Reading {
  std::optional<ValueState> state;  // nothing when nobody has said anything
  std::optional<FactValue> value;   // present exactly when state is Given
  bool at_least = false;            // a number that may still turn out higher
  bool grows = false;               // it does so by itself, with time
  bool derived = false;             // it follows from other facts
};

// anyone always holds; given(x) asks whether there is a value, stated(x) whether anybody has said anything. For the
// rest: absent, under investigation and unknown are Unknown; "not applicable" is false for a flag and nothing for a
// number or a choice (no comparison with it holds); the word "unknown" of a choice is Unknown.
Truth judge(const Condition& condition, const Reading& reading);

class Evaluation {
 public:
  Evaluation(const Rulebook& book, const Matter& matter);

  struct Outcome {
    const Duty* duty = nullptr;  // the version in force at its start event, or nothing
    std::vector<Truth> holder;   // of every node
    std::vector<Truth> trigger;
    Truth truth = Truth::False;
  };
  [[nodiscard]] const std::vector<Outcome>& outcomes() const { return outcomes_; }  // parallel to the rulebook's lines
  [[nodiscard]] const std::vector<Truth>& derivation_truths(std::size_t index) const { return derivations_[index]; }

  [[nodiscard]] Reading reading(std::string_view name) const;
  [[nodiscard]] Truth leaf_truth(const ExpressionNode& leaf) const;
  // When a growing fact began to grow: the first given of its start instants, while its flag is true.
  [[nodiscard]] std::optional<Instant> growing_since(const Growth& growth) const;
  [[nodiscard]] const Rulebook& book() const { return book_; }
  [[nodiscard]] const Matter& matter() const { return matter_; }

 private:
  void judge_line(std::size_t index);
  [[nodiscard]] const Duty* version_in_force(const DutyLine& line) const;
  [[nodiscard]] Reading stated(std::string_view name) const;
  [[nodiscard]] Reading grown(Reading reading, const Growth& growth) const;
  [[nodiscard]] Reading derived(Reading reading, Truth truth) const;

  const Rulebook& book_;
  const Matter& matter_;
  std::vector<Outcome> outcomes_;
  std::vector<std::vector<Truth>> derivations_;
};

// The first instant after `matter.now` at which some duty's truth differs from that of `present` by the passing of time
// alone; exact to the microsecond. Nothing when time changes nothing any more.
std::optional<Instant> next_change_by_time(const Evaluation& present);

// The instant at which time alone makes a growing fact reach `number`; nothing when the fact does not grow.
std::optional<Instant> reaches(const Evaluation& present, std::string_view fact, double number);

}  // namespace hinomi::rules
