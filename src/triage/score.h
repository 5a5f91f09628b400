// How urgent a case is for an electric power utility, with the reasons: a sum of a few stated points, never a secret.
// Pure functions; safe on any thread.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/source.h"

namespace hinomi {

enum class ScoreReason {
  KnownExploited,    // a CVE is in the catalogue of known exploited vulnerabilities
  ExploitReported,   // a source says that attacks happen
  Ransomware,        // used in ransomware campaigns
  PowerSector,       // substations, relays, 遠方監視 …
  OtVendor,          // a vendor of control systems
  EdgeDevice,        // VPN and other boundary equipment
  CriticalSeverity,  // CVSS 9.0 and above
  HighSeverity,      // CVSS 7.0 and above
  SeveralSources,    // three or more sources speak of it
};
std::string_view score_reason_text(ScoreReason reason);  // catalogue key: "triage.known_exploited" …
int points_of(ScoreReason reason);

struct ScorePart {
  ScoreReason reason;
  std::string evidence;  // the CVE, word, vendor or number that gave the points
  bool operator==(const ScorePart&) const = default;
};

struct CaseScore {
  int points = 0;                // 0 to 100
  std::vector<ScorePart> parts;  // in the order of ScoreReason, each reason at most once
  // "triage.known_exploited: CVE-2026-1234", one per part.
  [[nodiscard]] std::vector<std::string> reasons() const;
};

// Scores all items of one case together. `exploited` are the CVEs of the catalogue of known exploited vulnerabilities;
// an item of that catalogue counts by itself. The order of the items does not matter.
CaseScore score_case(std::span<const SourceItem* const> items, const std::set<std::string>& exploited);

}  // namespace hinomi
