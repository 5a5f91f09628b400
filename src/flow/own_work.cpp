#include "flow/own_work.h"

#include <algorithm>

#include "flow/file_report.h"

namespace hinomi::flow {
namespace {

Status add_clocks(const Platform& platform, const Caller& caller, const OwnReport& own,
                  std::vector<RunningClock>& clocks) {
  const auto assessment = assess_report(platform, caller, own.report);
  if (!assessment.ok()) return {};
  TRY(const auto done, stages_handed_in(platform, caller, own.report, own.submissions));
  for (const rules::DutyAssessment& duty : assessment->duties) {
    if (duty.verdict != rules::Verdict::Fires || duty.duty == nullptr) continue;
    for (const rules::StageClock& clock : duty.clocks) {
      const bool is_done = std::ranges::find(done, forms::Occasion{duty.id, clock.name}) != done.end();
      const bool is_running = clock.start && clock.deadline.kind != rules::DeadlineKind::None;
      if (is_running && !is_done)
        clocks.push_back({own.report.report, own.report.number, duty.id, duty.duty->title, clock});
    }
  }
  return {};
}

}  // namespace

Result<std::vector<OwnReport>> own_reports(const Platform& platform, const Caller& caller,
                                           std::span<const ReportVersion> reports) {
  std::vector<OwnReport> own;
  for (const ReportVersion& report : reports) {
    if (report.org != caller.principal.org) continue;
    TRY(auto submissions, submissions_of_report(platform, caller, report));
    own.push_back({report, std::move(submissions)});
  }
  return own;
}

Result<std::vector<RunningClock>> running_clocks(const Platform& platform, const Caller& caller,
                                                 std::span<const OwnReport> reports) {
  std::vector<RunningClock> clocks;
  for (const OwnReport& own : reports) TRY_OK(add_clocks(platform, caller, own, clocks));
  std::ranges::sort(clocks, {}, [](const RunningClock& clock) { return clock.clock.due.raw.value_or(Instant::max()); });
  return clocks;
}

std::string_view urgency(const rules::StageClock& clock, Instant now) {
  if (!clock.due.raw) return rules::clock_state_text(clock);
  if (now > *clock.due.raw) return "over";
  const auto period = *clock.due.raw - *clock.start;
  const auto rest = *clock.due.raw - now;
  return rest * 4 < period || rest < std::chrono::hours(1) ? "near" : "ample";
}

}  // namespace hinomi::flow
