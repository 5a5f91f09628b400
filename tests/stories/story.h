// An incident story of this directory as plain values; README.md describes the file format and what the words mean.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/fact.h"
#include "model/organisation.h"
#include "model/report.h"
#include "rules/pack.h"

namespace hinomi::stories {

// A moment, or the last day of a term.
using Term = std::variant<Instant, Day>;
std::string term_text(const Term& term);

struct ExpectedClock {
  std::string duty;
  std::string stage;  // empty where the brief names none
  std::string from;   // the fact that starts it, or empty
  std::optional<Term> raw;
  std::optional<Term> rolled;
  std::optional<Term> house;
  std::optional<Day> house_from;
  std::optional<Day> house_to;
  bool promptly = false;
  std::string waits_for;  // no date until this is stated
};

// A duty that may fire, and facts that are at least among those that would decide it.
struct OpenDuty {
  std::string duty;
  std::vector<std::string> missing;
};

// A fact as a form shows it: before and after a correction; nothing where it was not stated.
struct ChangedFact {
  std::string name;
  std::optional<Fact> before;
  std::optional<Fact> after;
};

struct StaleForm {
  std::string form;
  std::vector<ChangedFact> changed;
};

struct StorySubmission {
  std::string duty;
  std::string stage;
  std::string form;  // empty: by word of mouth
  std::string to;
  std::string by;
};

struct Expectation {
  std::set<std::string> fires;
  std::vector<OpenDuty> may;
  std::set<std::string> proposed;
  std::vector<ExpectedClock> clocks;
  std::optional<Instant> look_again;
  std::vector<std::string> offered;
  std::vector<StaleForm> stale;
  std::vector<std::string> fresh;
  FactSheet kept;
};

struct StoryStep {
  Instant at;
  ReportKind kind = ReportKind::Incident;
  rules::BilingualText what;
  FactSheet stated;
  std::vector<std::string> withdrawn;
  std::vector<StorySubmission> submits;
  Expectation expect;
};

struct Story {
  std::string name;  // the file's, without its extension
  rules::BilingualText title;
  Organisation organisation;  // without an id
  std::vector<StoryStep> steps;
};

// All facts after the first `count` steps.
FactSheet facts_after(const Story& story, std::size_t count);

// Unknown keys, facts, words and steps out of order are refused; `where` is "file: line L, column C".
Result<Story> read_story(const std::string& name, const std::string& toml);

}  // namespace hinomi::stories
