#include <algorithm>

#include "store/sqlite/engine.h"

namespace hinomi::store::sqlite {
namespace {

constexpr std::size_t kMaxJobs = 1000;

constexpr Statement kClaim{"claim_outbox",
                           "UPDATE outbox SET held_until = ?2, tries = tries + 1 WHERE id IN "
                           "(SELECT id FROM outbox WHERE held_until <= ?1 ORDER BY held_until, id LIMIT ?3) "
                           "RETURNING id, channel, recipient_id, kind, subject, since, tries"};
constexpr Statement kFinish{"finish_outbox", "DELETE FROM outbox WHERE id = ?1"};
constexpr Statement kAddNotice{"add_notice",
                               "INSERT INTO notice (person_id, kind, subject, at) VALUES (?1, ?2, ?3, ?4)"};
constexpr Statement kNotices{
    "notices", "SELECT id, person_id, kind, subject, at FROM notice WHERE person_id = ?1 ORDER BY id DESC LIMIT ?2"};
constexpr Statement kClearNotice{"clear_notice", "DELETE FROM notice WHERE id = ?2 AND person_id = ?1 RETURNING id"};

}  // namespace

Result<std::vector<OutboxJob>> Engine::claim_outbox(Instant now, std::chrono::seconds lease, std::size_t limit) {
  return writer_->run_for<std::vector<OutboxJob>>([&](Change& change) -> Result<std::vector<OutboxJob>> {
    std::vector<OutboxJob> jobs;
    TRY(auto query, change.database().query(kClaim, now, now + lease, std::min(limit, kMaxJobs)));
    for (;;) {
      TRY(const bool row, query.next());
      if (!row) break;
      OutboxEntry entry{query.text(1), query.id<PersonId>(2), query.text(3), query.text(4)};
      jobs.push_back({query.integer(0), std::move(entry), query.instant(5), static_cast<unsigned>(query.integer(6))});
    }
    std::ranges::sort(jobs, {}, &OutboxJob::id);
    return jobs;
  });
}

Status Engine::finish_outbox(std::int64_t job, const std::optional<Notice>& notice) {
  return writer_->run([&](Change& change) -> Status {
    TRY_OK(change.database().run(kFinish, job));
    if (change.database().changes() == 0 || !notice) return {};
    return change.database().run(kAddNotice, notice->person, notice->kind, notice->subject, notice->at);
  });
}

Result<std::vector<Notice>> Engine::notices(const PersonId& person, std::size_t limit) {
  TRY(auto reading, readers_->begin());
  std::vector<Notice> notices;
  TRY(auto query, reading.database().query(kNotices, person, limit));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return notices;
    notices.push_back({query.integer(0), query.id<PersonId>(1), query.text(2), query.text(3), query.instant(4)});
  }
}

Status Engine::clear_notice(const PersonId& person, std::int64_t notice) {
  return writer_->run([&](Change& change) -> Status {
    TRY(auto query, change.database().query(kClearNotice, person, notice));
    TRY(const bool was_there, query.next());
    if (!was_there) return not_found();
    return {};
  });
}

}  // namespace hinomi::store::sqlite
