// A member reports: check what would happen, file the first version, add facts as the next one.
// Draft → ValidReport → RoutedReport → stored version; each type can be made only by its step.
#pragma once

#include <optional>

#include "flow/caller.h"
#include "flow/repeat.h"
#include "model/report.h"
#include "rules/assessment.h"

namespace hinomi::flow {

// A valid report with its duties, its readers' labels and nothing sent yet.
class RoutedReport {
 public:
  // Pure: what the platform would do with this report of this organisation at this moment.
  static RoutedReport route(const Platform& platform, const Directory& directory, const OrgId& org, ValidReport report,
                            Instant now);

  [[nodiscard]] const ValidReport& report() const { return report_; }
  [[nodiscard]] const OrgId& org() const { return org_; }
  [[nodiscard]] const rules::Assessment& assessment() const { return assessment_; }
  [[nodiscard]] const Label& victim_label() const { return victim_label_; }
  [[nodiscard]] const Label& technical_label() const { return technical_label_; }

 private:
  RoutedReport(ValidReport report, OrgId org, rules::Assessment assessment)
      : report_(std::move(report)), org_(org), assessment_(std::move(assessment)) {}
  ValidReport report_;
  OrgId org_;
  rules::Assessment assessment_;
  Label victim_label_;
  Label technical_label_;
};

// What would happen; stores nothing. `for_org` is the caller's own organisation unless the secretariat types
// (代理入力).
Result<RoutedReport> check_report(const Platform& platform, const Caller& caller, ReportDraft draft,
                                  const OrgId& for_org);

// The version 1 that filing would make: without number, under an id that nothing is stored by.
ReportVersion unfiled_version(const Platform& platform, const Caller& caller, const RoutedReport& routed);

// Files version 1 and tells the secretariat. A repeat gives the first answer. `unnamed_source` is what it was made of
// (flow/unnamed_desk.h); Conflict "unnamed.filed" when a report was made of that before.
Result<ReportVersion> file_report(const Platform& platform, const Caller& caller, const RoutedReport& report,
                                  const std::optional<RepeatKey>& repeat,
                                  const std::optional<UnnamedId>& unnamed_source = std::nullopt);

// The next version: `draft` is the whole new content; facts it leaves out keep their last value.
struct Amendment {
  ReportId report;
  std::uint32_t based_on = 1;  // Conflict when somebody else was faster
  ReportDraft draft;
};
Result<ReportVersion> amend_report(const Platform& platform, const Caller& caller, Amendment amendment,
                                   const std::optional<RepeatKey>& repeat);

// By id or by number; hidden and absent alike.
Result<ReportVersion> find_report(const Platform& platform, const Caller& caller, std::string_view id_or_number);

// Duties and clocks of the newest version as they stand now; what the caller may read of its submissions starts the
// clocks that wait for one.
Result<rules::Assessment> assess_report(const Platform& platform, const Caller& caller, const ReportVersion& report);

}  // namespace hinomi::flow
