// What the ISAC publishes: one edition of a text for one audience, numbered, signed, correctable, recallable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/crypto.h"
#include "model/ids.h"
#include "model/indicator.h"
#include "model/label.h"

namespace hinomi {

enum class EditionKind { Story, TechnicalOnly };  // technical only: indicators and techniques, nothing of the victim
std::string_view edition_kind_text(EditionKind kind);
Result<EditionKind> parse_edition_kind(std::string_view text);

// The exact text an audience will receive. Built from an allow-list, never by deleting.
struct Edition {
  EditionKind kind = EditionKind::Story;
  std::string title;
  std::string body;         // plain paragraphs
  std::string implication;  // 電力事業者向けの示唆; empty shows as 「示唆は追って」
  std::string check;        // 侵害有無の調査方法
  std::string mitigation;   // 緩和策
  std::vector<Indicator> indicators;
  std::vector<std::string> techniques;
  std::vector<std::string> cves;
  bool operator==(const Edition&) const = default;
};

std::string edition_text(const Edition& edition);  // canonical JSON: what is hashed, signed and compared
Result<Edition> parse_edition(std::string_view json);

enum class ReleaseState { Published, Corrected, Withdrawn };
std::string_view release_state_text(ReleaseState state);
Result<ReleaseState> parse_release_state(std::string_view text);

// One version of a release. A correction is the next version; a withdrawal is a version without an edition body.
struct Release {
  ReleaseId id;
  HumanNumber number;
  std::uint32_t version = 1;
  ReleaseState state = ReleaseState::Published;
  Label label;                        // who may read it now
  std::optional<Label> signed_label;  // of its publication, where its readers have changed since
  Edition edition;
  std::string reason;  // of a correction or withdrawal
  Instant published_at;
  std::string key_id;
  Signature signature{};           // purpose "hinomi.release.v1" over release_signed_text
  std::uint64_t ledger_index = 0;  // leaf that records it
};

// The label that its readers are told and the signature covers: what became of it since is not theirs to know.
const Label& published_label(const Release& release);

// The bytes the signature covers: number, version, state, label, edition, reason and time, canonical JSON.
std::string release_signed_text(const Release& release);

}  // namespace hinomi
