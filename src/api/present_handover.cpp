#include "api/present_handover.h"

#include "api/present.h"

namespace hinomi::api {
namespace {

void write_pending(JsonWriter& out, const Api& api, const Visit& visit, std::string_view name,
                   const std::vector<flow::PendingForm>& forms) {
  out.key(name).begin_array();
  for (const flow::PendingForm& form : forms) {
    const Submission& submission = form.standing.submission;
    out.begin_object()
        .member("report", submission.report.text())
        .member("number", form.number.text())
        .member("submission", submission.id.text())
        .member("title", form.standing.sent.title)
        .member("addressee", api.platform().rulebook->party(submission.addressee).in(visit.language))
        .member("sent_at", to_rfc3339(submission.sent_at))
        .member("fields", static_cast<std::int64_t>(form.standing.stale.size()))
        .end_object();
  }
  out.end_array();
}

}  // namespace

void write_watch(JsonWriter& out, const Visit& visit, const store::Handover& watch) {
  out.begin_object().key("person");
  write_named_person(out, *visit.who().directory, watch.taken_by);
  out.member("since", to_rfc3339(watch.taken_at)).end_object();
}

void write_running_clock(JsonWriter& out, const flow::RunningClock& row, Instant now, Language language) {
  const rules::StageClock& clock = row.clock;
  out.begin_object().member("report", row.report.text()).member("number", row.number.text());
  out.member("duty", row.duty).member("title", row.title.in(language)).member("stage", clock.title.in(language));
  out.member("kind", rules::deadline_kind_text(clock.deadline.kind)).member("state", flow::urgency(clock, now));
  if (clock.start) out.member("start", to_rfc3339(*clock.start));
  if (clock.due.raw) out.member("raw", to_rfc3339(*clock.due.raw));
  if (clock.due.rolled) out.member("rolled", to_rfc3339(*clock.due.rolled));
  out.end_object();
}

std::string handover_json(const Api& api, const Visit& visit, const flow::HandoverMemo& memo) {
  const Instant now = api.platform().clock.now();
  JsonWriter out;
  out.begin_object().member("now", to_rfc3339(now)).member("digest", memo.digest).member("is_partial", memo.is_partial);
  if (memo.watch) {
    out.key("watch");
    write_watch(out, visit, *memo.watch);
  }
  out.key("clocks").begin_array();
  for (const flow::RunningClock& clock : memo.clocks) write_running_clock(out, clock, now, visit.language);
  out.end_array().key("changed").begin_array();
  for (const ReportVersion& report : memo.changed) write_report_summary(out, visit, report, {});
  out.end_array();
  write_pending(out, api, visit, "stale_forms", memo.stale);
  write_pending(out, api, visit, "unconfirmed_forms", memo.unconfirmed);
  out.key("reviews").begin_array();
  for (const store::Review& review : memo.reviews) write_review_summary(out, review);
  return out.end_array().end_object().take();
}

}  // namespace hinomi::api
