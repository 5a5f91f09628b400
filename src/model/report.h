// What a member sends. Versions are never overwritten; a correction is the next version.
// 攻撃技術情報 (technical) and 被害内容・対応情報 (victim) are separate blocks from the first version on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/fact.h"
#include "model/ids.h"
#include "model/indicator.h"
#include "model/label.h"

namespace hinomi {

enum class ReportKind { Incident, NearMiss };
std::string_view report_kind_text(ReportKind kind);
Result<ReportKind> parse_report_kind(std::string_view text);

// Who may see it, as the reporter chose on the form; policy turns it into labels.
enum class ShareScope { SecretariatOnly, SecretariatAndAuthority, MembersAnonymously };
std::string_view share_scope_text(ShareScope scope);
Result<ShareScope> parse_share_scope(std::string_view text);

struct TechnicalBlock {
  std::string text;
  std::vector<Indicator> indicators;
  std::vector<std::string> techniques;  // ATT&CK ids: T0883
  std::vector<std::string> cves;
  bool operator==(const TechnicalBlock&) const = default;
};

// What came in, not yet checked. Only ValidReport::create turns it into something that may go on.
struct ReportDraft {
  ReportKind kind = ReportKind::Incident;
  ShareScope scope = ShareScope::SecretariatOnly;
  std::string title;    // may be empty: made from the summary
  std::string summary;  // 概要, the victim's story
  std::string contact;  // named copy only
  FactSheet facts;
  TechnicalBlock technical;
  bool technical_preconsent = false;  // the urgent lane: 攻撃技術情報 may go out first
  bool operator==(const ReportDraft&) const = default;
};

class ValidReport {
 public:
  // Invalid unless it says at least what happened (summary) and when it was noticed (t.detected, t.known or
  // t.recognised), no recorded instant lies more than a day after `now`, and sizes are within limits.
  static Result<ValidReport> create(ReportDraft draft, Instant now);
  [[nodiscard]] const ReportDraft& content() const { return content_; }

 private:
  explicit ValidReport(ReportDraft content) : content_(std::move(content)) {}
  ReportDraft content_;
};

// The stored form of one version's content, canonical JSON; parse(text(x)) == x.
std::string report_content_text(const ReportDraft& content);
Result<ReportDraft> parse_report_content(std::string_view json);
// The same shape as members send it (REST, CLI, form): unknown fields are refused with their pointer.
Result<ReportDraft> parse_report_request(JsonView object);

// One stored version.
struct ReportVersion {
  ReportId report;
  HumanNumber number;
  std::uint32_t version = 1;  // 第n報
  OrgId org;
  PersonId author;
  Instant filed_at;
  ReportDraft content;
  Label victim_label;
  Label technical_label;
};

}  // namespace hinomi
