#include "flow/deliver.h"

#include "flow/caller.h"
#include "flow/directory.h"
#include "flow/unnamed_desk.h"
#include "policy/authority.h"

namespace hinomi::flow {
namespace {

constexpr std::chrono::seconds kLease{30};
constexpr std::size_t kBatch = 100;

// True when the recipient may read the subject right now.
bool still_readable(const Platform& platform, const Caller& recipient, const store::OutboxEntry& entry) {
  if (entry.kind.starts_with("report.")) {
    const auto id = ReportId::parse(entry.subject);
    return id.ok() && platform.store.report(recipient.reach, *id).ok();
  }
  if (entry.kind.starts_with("review.")) {
    const auto id = ReviewId::parse(entry.subject);
    return id.ok() && platform.store.review(recipient.reach, *id).ok();
  }
  if (entry.kind.starts_with("release.")) {
    const auto id = ReleaseId::parse(entry.subject);
    return id.ok() && platform.store.release(recipient.reach, *id).ok();
  }
  if (entry.kind.starts_with("unnamed.")) return find_unnamed(platform, recipient, entry.subject).ok();
  if (entry.kind == "directory.proposed") return find_directory_change(platform, recipient, entry.subject).ok();
  if (entry.kind == "directory.canary")
    return policy::standing_of(recipient.principal) >= policy::Standing::Secretariat;
  return false;
}

}  // namespace

Result<std::size_t> deliver_outbox(const Platform& platform) {
  const Instant now = platform.clock.now();
  TRY(const auto jobs, platform.store.claim_outbox(now, kLease, kBatch));
  std::size_t arrived = 0;
  for (const store::OutboxJob& job : jobs) {
    const auto recipient = caller_for(platform, job.entry.recipient);
    std::optional<store::Notice> notice;
    if (recipient.ok() && still_readable(platform, *recipient, job.entry)) {
      // When somebody without a name came is kept to the hour everywhere.
      const Instant at = job.entry.kind.starts_with("unnamed.") ? job.since : now;
      notice = store::Notice{0, job.entry.recipient, job.entry.kind, job.entry.subject, at};
      ++arrived;
    }
    TRY_OK(platform.store.finish_outbox(job.id, notice));
  }
  return arrived;
}

}  // namespace hinomi::flow
