// What a signed-in person sees first: running clocks, their turn, what is new.
#include <algorithm>
#include <iterator>

#include "api/present.h"
#include "api/rest.h"
#include "flow/file_report.h"
#include "flow/submit.h"
#include "policy/permit.h"

namespace hinomi::api {

Status write_notices(JsonWriter& out, const Api& api, const Visit& visit);

namespace {

constexpr std::size_t kClockReports = 20;
constexpr std::size_t kRows = 8;

struct HomeClock {
  const ReportVersion* report = nullptr;
  std::string duty;
  std::string title;
  rules::StageClock clock;
};

// 余裕 / 接近 / 超過: near is the last quarter of the period, at least the last hour.
std::string_view urgency(const rules::StageClock& clock, Instant now) {
  if (!clock.due.raw) return rules::clock_state_text(clock);
  if (now > *clock.due.raw) return "over";
  const auto period = *clock.due.raw - *clock.start;
  const auto rest = *clock.due.raw - now;
  return rest * 4 < period || rest < std::chrono::hours(1) ? "near" : "ample";
}

// An own report with what was handed in of it.
struct OwnReport {
  const ReportVersion* report = nullptr;
  std::vector<flow::SubmissionStanding> submissions;
};

Result<std::vector<OwnReport>> own_reports(const Api& api, const Visit& visit,
                                           const std::vector<ReportVersion>& reports) {
  std::vector<OwnReport> own;
  for (const ReportVersion& report : reports) {
    if (report.org != visit.who().principal.org) continue;  // the clocks of others are theirs
    TRY(auto submissions, flow::submissions_of_report(api.platform(), visit.who(), report));
    own.push_back({&report, std::move(submissions)});
  }
  return own;
}

Status add_clocks(const Api& api, const Visit& visit, const OwnReport& own, std::vector<HomeClock>& clocks) {
  const auto assessment = flow::assess_report(api.platform(), visit.who(), *own.report);
  if (!assessment.ok()) return {};
  TRY(const auto done, flow::stages_handed_in(api.platform(), visit.who(), *own.report, own.submissions));
  for (const rules::DutyAssessment& duty : assessment->duties) {
    if (duty.verdict != rules::Verdict::Fires || duty.duty == nullptr) continue;
    for (const rules::StageClock& clock : duty.clocks) {
      const bool is_done = std::ranges::find(done, forms::Occasion{duty.id, clock.name}) != done.end();
      const bool is_running = clock.start && clock.deadline.kind != rules::DeadlineKind::None;
      if (is_running && !is_done) clocks.push_back({own.report, duty.id, duty.duty->title.in(visit.language), clock});
    }
  }
  return {};
}

// Of each report: the stages of duties that fire, with a started clock, until they were handed in.
Result<std::vector<HomeClock>> clocks_of(const Api& api, const Visit& visit, const std::vector<OwnReport>& reports) {
  std::vector<HomeClock> clocks;
  for (const OwnReport& own : reports) TRY_OK(add_clocks(api, visit, own, clocks));
  // Nearest first; what has no number stands behind what has one.
  std::ranges::sort(clocks, {}, [](const HomeClock& clock) { return clock.clock.due.raw.value_or(Instant::max()); });
  return clocks;
}

// Forms handed in that no longer say what the report says.
void write_stale_forms(JsonWriter& out, const std::vector<OwnReport>& reports) {
  out.key("stale_forms").begin_array();
  for (const OwnReport& own : reports) {
    for (const flow::SubmissionStanding& standing : own.submissions) {
      if (!standing.needs_supplement()) continue;
      out.begin_object().member("report", own.report->report.text()).member("number", own.report->number.text());
      out.member("submission", standing.submission.id.text()).member("title", standing.sent.title);
      out.member("fields", static_cast<std::int64_t>(standing.stale.size())).end_object();
    }
  }
  out.end_array();
}

void write_clock(JsonWriter& out, const HomeClock& row, Instant now, Language language) {
  const rules::StageClock& clock = row.clock;
  out.begin_object().member("report", row.report->report.text()).member("number", row.report->number.text());
  out.member("duty", row.duty).member("title", row.title).member("stage", clock.title.in(language));
  out.member("kind", rules::deadline_kind_text(clock.deadline.kind)).member("state", urgency(clock, now));
  if (clock.start) out.member("start", to_rfc3339(*clock.start));
  if (clock.due.raw) out.member("raw", to_rfc3339(*clock.due.raw));
  if (clock.due.rolled) out.member("rolled", to_rfc3339(*clock.due.rolled));
  out.end_object();
}

template <class Row, class Write>
void write_rows(JsonWriter& out, std::string_view name, const std::vector<Row>& rows, Write write) {
  out.key(name).begin_array();
  for (std::size_t i = 0; i < std::min(rows.size(), kRows); ++i) write(rows[i]);
  out.end_array();
}

// The health of feeds is the work of those who run them.
Status write_sources(JsonWriter& out, const Api& api, const Visit& visit) {
  std::vector<store::SourceHealth> sources;
  if (policy::permit<policy::action::ImportSources>(visit.who().principal, {}).ok()) {
    TRY(sources, api.platform().store.source_health());
  }
  write_rows(out, "sources", sources, [&](const store::SourceHealth& health) { write_source_health(out, health); });
  return {};
}

// What a reporter waits for comes first, however long ago it was opened.
Result<std::vector<store::Review>> reviews_by_urgency(const Api& api, const Visit& visit) {
  store::Store& store = api.platform().store;
  TRY(auto rows, store.urgent_reviews(visit.who().reach));
  TRY(const auto newest, store.reviews(visit.who().reach, {.before = {}, .limit = kRows}));
  std::ranges::copy_if(newest.rows, std::back_inserter(rows),
                       [](const store::Review& review) { return !is_urgent(review); });
  return rows;
}

}  // namespace

Result<HttpResponse> get_home(Api& api, const Visit& visit) {
  const flow::Caller& caller = visit.who();
  store::Store& store = api.platform().store;
  const Instant now = api.platform().clock.now();
  TRY(const auto reports, store.reports(caller.reach, {.before = {}, .limit = kClockReports}));
  TRY(const auto releases, store.releases(caller.reach, {.before = {}, .limit = kRows}));
  TRY(const auto reviews, reviews_by_urgency(api, visit));
  TRY(const auto cases, store.cases(caller.reach, {.before = {}, .limit = kRows}));
  TRY(const auto own, own_reports(api, visit, reports.rows));
  TRY(const auto clocks, clocks_of(api, visit, own));
  JsonWriter out;
  out.begin_object().member("now", to_rfc3339(now)).key("clocks").begin_array();
  for (const HomeClock& clock : clocks) write_clock(out, clock, now, visit.language);
  out.end_array().key("your_turn");
  TRY_OK(write_notices(out, api, visit));
  write_stale_forms(out, own);
  write_rows(out, "news", releases.rows, [&](const Release& release) {
    write_release_summary(out, {release, is_acknowledged(api, visit, release)});
  });
  write_rows(out, "reports", reports.rows,
             [&](const ReportVersion& report) { write_report_summary(out, visit, report, {}); });
  write_rows(out, "reviews", reviews, [&](const store::Review& review) { write_review_summary(out, review); });
  write_rows(out, "cases", cases.rows, [&](const store::CaseSummary& summary) { write_case(out, summary); });
  TRY_OK(write_sources(out, api, visit));
  return json_response(out.end_object().take());
}

}  // namespace hinomi::api
