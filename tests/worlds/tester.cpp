#include "worlds/tester.h"

#include <algorithm>

#include "base/text.h"

namespace hinomi::tests::worlds {
namespace {

constexpr std::size_t kLongestLine = 300;
constexpr std::size_t kMostLines = 12;

// A long line around the place where the two part.
std::string cut(std::string_view line, std::string_view other) {
  const auto parted = std::ranges::mismatch(line, other).in1 - line.begin();
  const std::size_t from = parted > 100 ? static_cast<std::size_t>(parted) - 100 : 0;
  const std::string_view shown = line.substr(from, kLongestLine);
  return (from > 0 ? "…" : "") + std::string(shown) + (from + shown.size() < line.size() ? "…" : "");
}

// The lines that are not alike, A before B.
std::string differing_lines(const std::string& a, const std::string& b) {
  const auto lines_a = split(a, '\n');
  const auto lines_b = split(b, '\n');
  std::string text;
  std::size_t shown = 0;
  for (std::size_t i = 0; i < std::max(lines_a.size(), lines_b.size()) && shown < kMostLines; ++i) {
    const std::string_view in_a = i < lines_a.size() ? lines_a[i] : "";
    const std::string_view in_b = i < lines_b.size() ? lines_b[i] : "";
    if (in_a == in_b) continue;
    text += "  A: " + cut(in_a, in_b) + "\n  B: " + cut(in_b, in_a) + "\n";
    ++shown;
  }
  return text;
}

std::string list_of(const std::vector<std::size_t>& numbers) {
  std::string text;
  for (const std::size_t number : numbers) text += (text.empty() ? "" : ",") + std::to_string(number);
  return text.empty() ? "none" : text;
}

}  // namespace

Outcome run(const Trial& trial, const Door& door) {
  Outcome outcome;
  outcome.plan = make_plan(trial.seed, trial.viewer, trial.size);
  Draw random(mixed({outcome.plan.seed, 9}));
  outcome.edits = choose_edits(outcome.plan, random);
  if (trial.edits) outcome.edits = only(outcome.plan, outcome.edits, *trial.edits);
  Visit visit = visit_both(outcome.plan, outcome.edits, trial.effort, door);
  outcome.finding = std::move(visit.finding);
  outcome.requests = visit.requests;
  return outcome;
}

Outcome shrunk(const Trial& trial, Outcome outcome, const Door& door) {
  std::vector<std::size_t> kept = differing(outcome.edits);
  for (std::size_t step = std::max<std::size_t>(kept.size() / 2, 1); step > 0;) {
    bool smaller = false;
    for (std::size_t from = 0; from < kept.size();) {
      std::vector<std::size_t> fewer = kept;
      const auto first = fewer.begin() + static_cast<std::ptrdiff_t>(from);
      fewer.erase(first, first + static_cast<std::ptrdiff_t>(std::min(step, kept.size() - from)));
      Trial again = trial;
      again.edits = fewer;
      Outcome found = run(again, door);
      if (found.finding && found.finding->request == outcome.finding->request) {
        kept = fewer;
        outcome = std::move(found);
        smaller = true;
      } else {
        from += step;
      }
    }
    if (step == 1 && !smaller) break;
    step = step > 1 ? step / 2 : (smaller ? 1 : 0);
  }
  return outcome;
}

std::string text_of(const Trial& trial, const Outcome& outcome) {
  const Finding& finding = *outcome.finding;
  const Person& viewer = outcome.plan.cast.person(outcome.plan.viewer);
  const Organisation& org = outcome.plan.cast.org_of(viewer.id);
  std::string text = "seed " + std::to_string(trial.seed) + ", viewer " + std::to_string(trial.viewer) + " (" +
                     std::string(org_kind_text(org.kind));
  for (const Role role : viewer.roles) text += " " + std::string(role_text(role));
  text += ", ceiling " + std::string(tlp_text(viewer.ceiling)) + ")\n";
  text += finding.request + " by " + finding.client + ": " + finding.what + "\n";
  text += differing_lines(finding.in_a, finding.in_b);
  if (!finding.sent.empty()) text += "sent:\n  " + finding.sent.substr(0, 1200) + "\n";
  text += "what differs between the worlds:\n" + text_of(outcome.plan, outcome.edits);
  text += "again: build/dev/tests/worlds/worlds --seed " + std::to_string(trial.seed) + " --viewer " +
          std::to_string(trial.viewer) + " --edits " + list_of(differing(outcome.edits)) + "\n";
  return text;
}

}  // namespace hinomi::tests::worlds
