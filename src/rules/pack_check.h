// What a pack's own examples say of it, and what a new version of it changes: `hinomi rules test` and `rules diff`.
// Pure; safe on any thread.
#pragma once

#include <string>
#include <vector>

#include "rules/rulebook.h"

namespace hinomi::rules {

// One promise of an example that did not come true.
struct ExampleFailure {
  std::string pack;
  std::string example;
  std::string subject;  // "JP-EBA-R3-09", "JP-EBA-R3-09 detailed raw", "reevaluate_at"
  std::string expected;
  std::string found;
};

struct PackCheck {
  std::size_t examples = 0;
  std::size_t promises = 0;  // single expectations looked at
  std::vector<ExampleFailure> failures;
};

// Runs every example of every pack against the whole rulebook. A clock is compared whole: what the example leaves out
// must be absent.
PackCheck check_examples(const Rulebook& book);

// One difference between two versions of a pack, in the order of the new one, removals last.
struct PackDifference {
  enum class Kind { Added, Removed, Changed };
  Kind kind = Kind::Changed;
  std::string subject;  // "JP-CI-1 from 2026-10-01", "svc.level_breached", "party meti"
  std::string field;    // "trigger", "stage detailed" …; empty for Added and Removed
  std::string before;
  std::string after;
};
std::vector<PackDifference> compare_packs(const Pack& before, const Pack& after);

}  // namespace hinomi::rules
