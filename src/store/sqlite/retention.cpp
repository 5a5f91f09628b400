#include "store/sqlite/engine.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kForgetKeys{"forget_repeat_keys",
                                "DELETE FROM idempotency WHERE (person_id, key) IN "
                                "(SELECT person_id, key FROM idempotency WHERE at < ?1 ORDER BY at LIMIT ?2)"};
constexpr Statement kForgetStatuses{"forget_statuses",
                                    "DELETE FROM taxii_status WHERE (owner_id, id) IN "
                                    "(SELECT owner_id, id FROM taxii_status WHERE at < ?1 ORDER BY at LIMIT ?2)"};
constexpr Statement kForgetNotices{
    "forget_notices", "DELETE FROM notice WHERE id IN (SELECT id FROM notice WHERE at < ?1 ORDER BY at LIMIT ?2)"};
constexpr Statement kForgetReads{
    "forget_reads",
    "DELETE FROM read_mark WHERE (kind, subject, person_id, hour, version, object_label_id, first_object, last_object) "
    "IN (SELECT kind, subject, person_id, hour, version, object_label_id, first_object, last_object FROM read_mark "
    "WHERE hour < ?1 ORDER BY hour LIMIT ?2)"};
constexpr Statement kForgetDrafts{"forget_drafts",
                                  "DELETE FROM draft WHERE (person_id, id) IN "
                                  "(SELECT person_id, id FROM draft WHERE saved_at < ?1 ORDER BY saved_at LIMIT ?2)"};

Status forget_in(Database& database, Kept what, Instant before, std::size_t most) {
  switch (what) {
    case Kept::RepeatKeys: return database.run(kForgetKeys, before, most);
    case Kept::Statuses: return database.run(kForgetStatuses, before, most);
    case Kept::Notices: return database.run(kForgetNotices, before, most);
    case Kept::Reads: return database.run(kForgetReads, hour_of(before), most);
    case Kept::Drafts: return database.run(kForgetDrafts, before, most);
  }
  return internal("Nothing of this kind is kept for a time.");
}

}  // namespace

Result<std::size_t> Engine::forget(Kept what, Instant before, std::size_t most) {
  return writer_->run_for<std::size_t>([&](Change& change) -> Result<std::size_t> {
    TRY_OK(forget_in(change.database(), what, before, most));
    return static_cast<std::size_t>(change.database().changes());
  });
}

}  // namespace hinomi::store::sqlite
