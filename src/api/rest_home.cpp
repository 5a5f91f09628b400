// What a signed-in person sees first: running clocks, their turn, what is new.
#include <algorithm>
#include <iterator>

#include "api/present.h"
#include "api/present_handover.h"
#include "api/rest.h"
#include "flow/own_work.h"
#include "policy/permit.h"

namespace hinomi::api {

Status write_notices(JsonWriter& out, const Api& api, const Visit& visit);

namespace {

constexpr std::size_t kClockReports = 20;
constexpr std::size_t kRows = 8;

// Forms handed in that no longer say what the report says.
void write_stale_forms(JsonWriter& out, const std::vector<flow::OwnReport>& reports) {
  out.key("stale_forms").begin_array();
  for (const flow::OwnReport& own : reports) {
    for (const flow::SubmissionStanding& standing : own.submissions) {
      if (!standing.needs_supplement()) continue;
      out.begin_object().member("report", own.report.report.text()).member("number", own.report.number.text());
      out.member("submission", standing.submission.id.text()).member("title", standing.sent.title);
      out.member("fields", static_cast<std::int64_t>(standing.stale.size())).end_object();
    }
  }
  out.end_array();
}

// Who keeps the watch of the visitor's organisation; nothing while nobody has taken it.
Status write_own_watch(JsonWriter& out, const Api& api, const Visit& visit) {
  if (!policy::check_scope(visit.who().principal, policy::Scope::Read).ok()) return {};
  TRY(const auto watch, api.platform().store.watch_of(visit.who().principal.org));
  if (!watch) return {};
  out.key("watch");
  write_watch(out, visit, *watch);
  return {};
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
  TRY(const auto own, flow::own_reports(api.platform(), caller, reports.rows));
  TRY(const auto clocks, flow::running_clocks(api.platform(), caller, own));
  JsonWriter out;
  out.begin_object().member("now", to_rfc3339(now)).key("clocks").begin_array();
  for (const flow::RunningClock& clock : clocks) write_running_clock(out, clock, now, visit.language);
  out.end_array();
  TRY_OK(write_own_watch(out, api, visit));
  out.key("your_turn");
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
