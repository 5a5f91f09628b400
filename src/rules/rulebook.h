// All packs in force together, linked: every reference resolved, every dependency in order, no cycles.
// Immutable; published as shared_ptr<const Rulebook>; safe on any thread.
#pragma once

#include <memory>
#include <set>
#include <span>

#include "rules/pack.h"

namespace hinomi::rules {

// The versions of one duty, earliest first.
struct DutyLine {
  std::string id;
  std::vector<Duty> versions;
};

// What the evaluator works off, in order: a step only needs what earlier steps found.
struct RuleStep {
  enum class Kind { Derivation, Duty };
  Kind kind = Kind::Duty;
  std::size_t index = 0;  // into derivations() or lines()
};

class Rulebook : public std::enable_shared_from_this<Rulebook> {
 public:
  static constexpr std::size_t kMaxLines = 1000;
  static constexpr std::size_t kMaxThresholds = 512;
  static constexpr std::size_t kMaxReferences = 100'000;

  // Errors: rules.duplicate, rules.versions_overlap, rules.duty_unknown, rules.party_unknown, rules.cycle,
  // rules.too_large, rules.unreachable (no facts could ever make a row or a stage apply).
  static Result<std::shared_ptr<const Rulebook>> link(std::vector<Pack> packs);

  [[nodiscard]] const std::vector<Pack>& packs() const { return packs_; }
  [[nodiscard]] const std::vector<DutyLine>& lines() const { return lines_; }  // sorted by id
  [[nodiscard]] const std::vector<Derivation>& derivations() const { return derivations_; }
  [[nodiscard]] const std::vector<Growth>& growths() const { return growths_; }
  [[nodiscard]] const std::vector<RuleStep>& steps() const { return steps_; }
  // The numbers that growing facts are compared with, by fact.
  [[nodiscard]] const std::map<std::string, std::set<double>, std::less<>>& thresholds() const { return thresholds_; }
  [[nodiscard]] const DutyLine* find_line(std::string_view id) const;
  [[nodiscard]] const Derivation* find_derivation(std::string_view fact) const;
  [[nodiscard]] const Growth* find_growth(std::string_view fact) const;
  // Indexes of the lines that a fired(…) of this rulebook looks at.
  [[nodiscard]] const std::vector<std::size_t>& fired_lines(const std::vector<std::string>& patterns) const;
  // The party's name; the code itself when no pack names it (linking refuses that for recipients).
  [[nodiscard]] BilingualText party(std::string_view code) const;
  // What people call a fact or a "fact:word"; the name itself (or the word) when no pack has a term for it.
  [[nodiscard]] BilingualText term(std::string_view name) const;

 private:
  friend class Linker;
  Rulebook() = default;
  std::vector<Pack> packs_;
  std::vector<DutyLine> lines_;
  std::vector<Derivation> derivations_;
  std::vector<Growth> growths_;
  std::vector<RuleStep> steps_;
  std::map<std::string, std::set<double>, std::less<>> thresholds_;
  std::map<std::vector<std::string>, std::vector<std::size_t>> fired_lines_;
};

// Reads and links packs with the model's vocabulary.
Result<std::shared_ptr<const Rulebook>> load_rulebook(std::span<const PackSource> sources);

}  // namespace hinomi::rules
