// What the rulebook answers after each step of a story, against what the story expects. Pure.
#pragma once

#include <string>
#include <vector>

#include "rules/assessment.h"
#include "stories/story.h"

namespace hinomi::stories {

// One thing that is not as the story says.
struct Difference {
  std::size_t step = 0;  // 1 for the first
  std::string subject;   // "JP-EBA-R3-09 detailed"
  std::string expected;
  std::string found;
};
// "04-hmi-intrusion-minute-ten, step 2 (2026-12-10 02:15 (木)): JP-EBA-R3-09: expected may fire, found does not fire".
std::string difference_text(const Story& story, const Difference& difference);

// The answer of the rulebook after the first `count` steps, at the moment of the last of them.
rules::Assessment assess_after(const rules::Rulebook& book, const Story& story, std::size_t count);

// Every duty that the story expects something of.
std::set<std::string> duties_named(const Story& story);

// Duties, clocks, the next look and kept facts of every step. A duty that no pack has is left out: see duties_named.
std::vector<Difference> compare_duties(const rules::Rulebook& book, const Story& story);

}  // namespace hinomi::stories
