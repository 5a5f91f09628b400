// What the versions of a report say about each other: what a correction changed, and who said each fact when.
// Derived from the stored versions, never stored beside them. Pure.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/report.h"

namespace hinomi {

struct FactChange {
  std::string name;
  std::optional<Fact> before;  // nothing: nobody had said anything
  std::optional<Fact> after;
  bool operator==(const FactChange&) const = default;
};

// A part of the story or of the technical block. Lists stand one element a line.
struct TextChange {
  std::string_view part;  // "kind", "scope", "title", "summary", "contact", "technical.text", "technical.indicators",
                          // "technical.techniques", "technical.cves"
  std::string before;
  std::string after;
  bool operator==(const TextChange&) const = default;
};

struct ReportDifference {
  std::vector<TextChange> texts;  // in the order of the form
  std::vector<FactChange> facts;  // by name
  [[nodiscard]] bool empty() const { return texts.empty() && facts.empty(); }
};
ReportDifference difference_between(const ReportDraft& before, const ReportDraft& after);

// Since when a fact has been said as it is said now, and by whom.
struct Statement {
  std::uint32_t version = 1;
  PersonId by;
  Instant at;
};
// Of every fact of the newest version. `versions` are those of one report, oldest first; none gives nothing.
std::map<std::string, Statement, std::less<>> statements_of(std::span<const ReportVersion> versions);

}  // namespace hinomi
