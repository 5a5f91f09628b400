#include "flow/handover.h"

#include <algorithm>

#include "base/bytes.h"
#include "policy/labelling.h"
#include "policy/permit.h"

namespace hinomi::flow {
namespace {

namespace action = policy::action;

constexpr std::size_t kPage = 200;
constexpr std::size_t kReadable = 2'000;
constexpr std::size_t kOwn = 200;
// A version gets its time before it is committed, so the memo may have been read in between. What was filed so shortly
// before the watch was taken is named again rather than never.
constexpr auto kCommitting = std::chrono::seconds(30);

bool is_changed(const HandoverMemo& memo, const ReportVersion& report) {
  return !memo.watch || report.filed_at > memo.watch->taken_at - kCommitting;
}

// For the secretariat, whose work others' reports are, all of them; for everybody else their own.
Status gather(const Platform& platform, const Caller& caller, bool is_reviewer, HandoverMemo& memo,
              std::vector<ReportVersion>& own) {
  store::Page page{.before = {}, .limit = kPage};
  for (std::size_t seen = 0;;) {
    TRY(const auto reports, platform.store.reports(caller.reach, page));
    for (const ReportVersion& report : reports.rows) {
      const bool is_own = report.org == memo.org;
      if (is_own && own.size() < kOwn) own.push_back(report);
      if ((is_own || is_reviewer) && is_changed(memo, report)) memo.changed.push_back(report);
    }
    seen += reports.rows.size();
    if (!reports.next) return {};
    memo.is_partial = seen >= kReadable || own.size() >= kOwn;
    if (memo.is_partial) return {};
    page.before = reports.next;
  }
}

void add_pending(const OwnReport& own, HandoverMemo& memo) {
  for (const SubmissionStanding& standing : own.submissions) {
    if (standing.needs_supplement()) memo.stale.push_back({own.report.number, standing});
    if (!standing.superseded && standing.submission.receipts.empty())
      memo.unconfirmed.push_back({own.report.number, standing});
  }
}

// One line for each thing that the memo names; times of day are no part of it.
std::string digest_of(const HandoverMemo& memo) {
  std::string text = memo.watch ? "watch " + to_rfc3339(memo.watch->taken_at) + "\n" : "";
  for (const RunningClock& clock : memo.clocks) {
    text += "clock " + clock.number.text() + " " + clock.duty + " " + clock.clock.name + " " +
            (clock.clock.due.raw ? to_rfc3339(*clock.clock.due.raw) : "") + "\n";
  }
  for (const ReportVersion& report : memo.changed)
    text += "report " + report.number.text() + " " + std::to_string(report.version) + "\n";
  for (const PendingForm& form : memo.stale)
    text += "stale " + form.standing.submission.id.text() + " " + std::to_string(form.standing.newest_version) + "\n";
  for (const PendingForm& form : memo.unconfirmed) text += "unconfirmed " + form.standing.submission.id.text() + "\n";
  for (const store::Review& review : memo.reviews)
    text += "review " + review.id.text() + " " + std::to_string(review.revision) + "\n";
  return to_hex(sha256(text));
}

Result<std::vector<store::Review>> open_reviews(const Platform& platform, const Caller& caller) {
  std::vector<store::Review> open;
  TRY(const auto newest, platform.store.reviews(caller.reach, {.before = {}, .limit = kPage}));
  std::ranges::copy_if(newest.rows, std::back_inserter(open),
                       [](const store::Review& review) { return review.state == store::ReviewState::Open; });
  return open;
}

}  // namespace

Result<HandoverMemo> handover_memo(const Platform& platform, const Caller& caller) {
  TRY_OK(policy::check_scope(caller.principal, policy::Scope::Read));
  HandoverMemo memo;
  memo.org = caller.principal.org;
  TRY(memo.watch, platform.store.watch_of(memo.org));
  const bool is_reviewer = policy::permit<action::EditReview>(caller.principal, {}).ok();
  std::vector<ReportVersion> reports;
  TRY_OK(gather(platform, caller, is_reviewer, memo, reports));
  TRY(const auto own, own_reports(platform, caller, reports));
  TRY(memo.clocks, running_clocks(platform, caller, own));
  for (const OwnReport& report : own) add_pending(report, memo);
  if (is_reviewer) {
    TRY(memo.reviews, open_reviews(platform, caller));
  }
  memo.digest = digest_of(memo);
  return memo;
}

Result<HandoverMemo> take_over(const Platform& platform, const Caller& caller, const std::string& digest,
                               const std::optional<RepeatKey>& repeat) {
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) return handover_memo(platform, caller);
  TRY(const auto permit, policy::permit<action::TakeOver>(caller.principal, {caller.principal.org}));
  TRY(HandoverMemo memo, handover_memo(platform, caller));
  if (memo.digest != digest) {
    return conflict("handover.moved_on",
                    "Something has happened since you opened the memo. Read it again, then take over.");
  }
  store::Alongside with = alongside(platform, caller, repeat);
  TRY(const Bytes hash, from_hex(digest));
  store::Handover handover{memo.org, caller.principal.person, with.at, {}};
  std::ranges::copy(hash, handover.memo.begin());
  with.ledger.push_back(ledger_entry(platform, "watch.taken", memo.org.text(), 1, digest));
  const Status taken =
      platform.store.take_over(permit, handover, memo.watch, policy::org_label(memo.org, Tlp::AmberStrict), with);
  if (!taken.ok() && taken.error().code == "idempotency.repeated") return handover_memo(platform, caller);
  TRY_OK(taken);
  platform.log.info("watch_taken", {{"org", memo.org.text()}});
  return handover_memo(platform, caller);
}

}  // namespace hinomi::flow
