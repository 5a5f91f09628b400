// The names an expression may use: the facts of the model, op.* of the organisation and report.kind.
// Immutable after construction; safe on any thread.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "model/fact.h"
#include "model/organisation.h"
#include "model/report.h"

namespace hinomi::rules {

class Vocabulary {
 public:
  // The given facts plus op.* and report.kind. The names must outlive the vocabulary.
  explicit Vocabulary(std::span<const FactDefinition> facts);
  // fact_definitions() of the model.
  static Vocabulary standard();

  // The definition, or nullptr when no such name may be used in a rule.
  [[nodiscard]] const FactDefinition* find(std::string_view name) const;
  [[nodiscard]] const std::map<std::string, FactDefinition, std::less<>>& all() const { return words_; }

 private:
  std::map<std::string, FactDefinition, std::less<>> words_;
};

// op.license, op.ci, op.keizai, op.special, op.hoan_cert, op.listed, op.pii, op.abroad, op.area as facts that are
// always known; report.kind likewise. Nothing for any other name.
std::optional<FactValue> own_word(std::string_view name, const OrgAttributes& attributes, ReportKind kind);

}  // namespace hinomi::rules
