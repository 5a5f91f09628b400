#include "triage/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

#include "base/text.h"
#include "triage/vocabulary.h"

namespace hinomi {
namespace {

constexpr std::size_t kMaxTextBytes = 8'000;
constexpr std::size_t kMaxProducts = 50;
constexpr std::size_t kSeveralSources = 3;
constexpr double kCritical = 9.0;
constexpr double kHigh = 7.0;
constexpr int kMaxPoints = 100;

struct ReasonRow {
  std::string_view text;
  int points;
};
constexpr std::array<ReasonRow, 9> kReasons{{{"triage.known_exploited", 35},
                                             {"triage.exploit_reported", 15},
                                             {"triage.ransomware", 10},
                                             {"triage.power_sector", 20},
                                             {"triage.ot_vendor", 15},
                                             {"triage.edge_device", 10},
                                             {"triage.critical_severity", 10},
                                             {"triage.high_severity", 5},
                                             {"triage.several_sources", 5}}};

std::string_view first_bytes(std::string_view text) { return text.substr(0, kMaxTextBytes); }

// What the words are looked for in. A catalogue's own wording about itself ("known exploited") is not a statement.
std::string searched_text(const SourceItem& item) {
  std::string text(item.title);
  for (const std::string_view part : {first_bytes(item.summary), first_bytes(item.check)}) {
    text += '\n';
    text += part;
  }
  for (std::size_t i = 0; i < std::min(item.products.size(), kMaxProducts); ++i) text += "\n" + item.products[i];
  return folded(text);
}

// The number behind a phrase such as "base score of 9.8" or "cvss 3.1 9.8".
std::optional<double> number_after(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == ':')) ++at;
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data() + at, text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc() || value < 0 || value > 10) return std::nullopt;
  return value;
}

double highest_severity(std::string_view folded_text) {
  static constexpr std::array<std::string_view, 5> kPhrases{"base score of ", "cvss 3.0 ", "cvss 3.1 ", "cvss 4.0 ",
                                                            "cvss 2.0 "};
  double highest = 0;
  for (const std::string_view phrase : kPhrases) {
    for (std::size_t at = folded_text.find(phrase); at != std::string_view::npos;
         at = folded_text.find(phrase, at + 1)) {
      highest = std::max(highest, number_after(folded_text, at + phrase.size()).value_or(0));
    }
  }
  return highest;
}

class Scorer {
 public:
  // Of several pieces of evidence the least in text order is kept, so that the order of items does not show.
  void add(ScoreReason reason, std::string_view evidence) {
    if (evidence.empty()) return;
    const auto [entry, is_new] = evidence_.try_emplace(reason, evidence);
    if (!is_new && evidence < entry->second) entry->second = evidence;
  }

  void add_item(const SourceItem& item, const std::set<std::string>& exploited) {
    const std::string text = searched_text(item);
    for (const auto& cve : item.cves) {
      if (item.format == SourceFormat::Kev || exploited.contains(cve)) add(ScoreReason::KnownExploited, cve);
    }
    add(ScoreReason::ExploitReported, first_claim_in(text, WordList::ExploitReported));
    add(ScoreReason::Ransomware, first_claim_in(text, WordList::Ransomware));
    add(ScoreReason::PowerSector, first_word_in(text, WordList::PowerSector));
    add(ScoreReason::OtVendor, first_word_in(text, WordList::OtVendor));
    add(ScoreReason::EdgeDevice, first_word_in(text, WordList::EdgeDevice));
    severity_ = std::max(severity_, highest_severity(text));
    sources_.insert(item.source);
  }

  CaseScore finish() {
    if (severity_ >= kHigh) {
      add(severity_ >= kCritical ? ScoreReason::CriticalSeverity : ScoreReason::HighSeverity,
          fmt::format("CVSS {:.1f}", severity_));
    }
    if (sources_.size() >= kSeveralSources) add(ScoreReason::SeveralSources, std::to_string(sources_.size()));
    CaseScore score;
    for (auto& [reason, evidence] : evidence_) {
      score.points += points_of(reason);
      score.parts.push_back({reason, std::move(evidence)});
    }
    score.points = std::min(score.points, kMaxPoints);
    return score;
  }

 private:
  std::map<ScoreReason, std::string> evidence_;
  std::set<std::string_view> sources_;
  double severity_ = 0;
};

}  // namespace

std::string_view score_reason_text(ScoreReason reason) { return kReasons[static_cast<std::size_t>(reason)].text; }
int points_of(ScoreReason reason) { return kReasons[static_cast<std::size_t>(reason)].points; }

std::vector<std::string> CaseScore::reasons() const {
  std::vector<std::string> texts;
  for (const auto& part : parts) texts.push_back(fmt::format("{}: {}", score_reason_text(part.reason), part.evidence));
  return texts;
}

CaseScore score_case(std::span<const SourceItem* const> items, const std::set<std::string>& exploited) {
  Scorer scorer;
  for (const SourceItem* item : items) scorer.add_item(*item, exploited);
  return scorer.finish();
}

}  // namespace hinomi
