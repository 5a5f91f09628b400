// What an organisation still has to do about its own reports: clocks that run, forms that no longer say what the report
// says, submissions whose receipt nobody has confirmed.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "flow/submit.h"
#include "rules/assessment.h"

namespace hinomi::flow {

// An own report with what was handed in of it.
struct OwnReport {
  ReportVersion report;
  std::vector<SubmissionStanding> submissions;
};
// Those of `reports` that are of the caller's own organisation: the work of others is theirs.
Result<std::vector<OwnReport>> own_reports(const Platform& platform, const Caller& caller,
                                           std::span<const ReportVersion> reports);

// One stage of a duty that fires, started and not handed in yet.
struct RunningClock {
  ReportId report;
  HumanNumber number;
  std::string duty;  // id
  rules::BilingualText title;
  rules::StageClock clock;
};
// Nearest first; what has no number stands behind what has one.
Result<std::vector<RunningClock>> running_clocks(const Platform& platform, const Caller& caller,
                                                 std::span<const OwnReport> reports);

// "ample", "near" or "over", or the state of a clock without a number. Near is the last quarter of the period, at least
// the last hour.
std::string_view urgency(const rules::StageClock& clock, Instant now);

}  // namespace hinomi::flow
