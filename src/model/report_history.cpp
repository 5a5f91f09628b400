#include "model/report_history.h"

#include <array>
#include <set>

namespace hinomi {
namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all.append(all.empty() ? "" : "\n").append(line);
  return all;
}

std::string indicator_lines(const ReportDraft& draft) {
  std::vector<std::string> lines;
  for (const Indicator& indicator : draft.technical.indicators) lines.push_back(defanged(indicator));
  return joined(lines);
}

struct Part {
  std::string_view name;
  std::string (*text)(const ReportDraft&);
};

constexpr std::array kParts{
    Part{"kind", [](const ReportDraft& draft) { return std::string(report_kind_text(draft.kind)); }},
    Part{"scope", [](const ReportDraft& draft) { return std::string(share_scope_text(draft.scope)); }},
    Part{"title", [](const ReportDraft& draft) { return draft.title; }},
    Part{"summary", [](const ReportDraft& draft) { return draft.summary; }},
    Part{"contact", [](const ReportDraft& draft) { return draft.contact; }},
    Part{"technical.text", [](const ReportDraft& draft) { return draft.technical.text; }},
    Part{"technical.indicators", indicator_lines},
    Part{"technical.techniques", [](const ReportDraft& draft) { return joined(draft.technical.techniques); }},
    Part{"technical.cves", [](const ReportDraft& draft) { return joined(draft.technical.cves); }}};

std::optional<Fact> fact_of(const FactSheet& facts, std::string_view name) {
  const Fact* fact = facts.find(name);
  return fact == nullptr ? std::nullopt : std::optional<Fact>(*fact);
}

std::set<std::string> names_in(const FactSheet& before, const FactSheet& after) {
  std::set<std::string> names;
  for (const auto& [name, fact] : before.all()) names.insert(name);
  for (const auto& [name, fact] : after.all()) names.insert(name);
  return names;
}

}  // namespace

ReportDifference difference_between(const ReportDraft& before, const ReportDraft& after) {
  ReportDifference difference;
  for (const Part& part : kParts) {
    if (auto earlier = part.text(before), later = part.text(after); earlier != later)
      difference.texts.push_back({part.name, std::move(earlier), std::move(later)});
  }
  for (const std::string& name : names_in(before.facts, after.facts)) {
    if (auto earlier = fact_of(before.facts, name), later = fact_of(after.facts, name); earlier != later)
      difference.facts.push_back({name, std::move(earlier), std::move(later)});
  }
  return difference;
}

std::map<std::string, Statement, std::less<>> statements_of(std::span<const ReportVersion> versions) {
  std::map<std::string, Statement, std::less<>> statements;
  const FactSheet nothing;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    const FactSheet& earlier = i == 0 ? nothing : versions[i - 1].content.facts;
    const ReportVersion& version = versions[i];
    for (const auto& [name, fact] : version.content.facts.all()) {
      const Fact* before = earlier.find(name);
      if (before == nullptr || *before != fact)
        statements.insert_or_assign(name, Statement{version.version, version.author, version.filed_at});
    }
  }
  return statements;
}

}  // namespace hinomi
