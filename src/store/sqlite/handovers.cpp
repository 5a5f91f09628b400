#include "store/sqlite/engine.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kAdd{
    "add_handover", "INSERT INTO handover (sequence, org_id, taken_by, taken_at, memo) VALUES (?1, ?2, ?3, ?4, ?5)"};
constexpr Statement kNewest{
    "newest_handover",
    "SELECT taken_by, taken_at, memo FROM handover WHERE org_id = ?1 ORDER BY sequence DESC LIMIT 1"};

Result<std::optional<Handover>> newest_of(Database& database, const OrgId& org) {
  TRY(auto row, database.query(kNewest, org));
  TRY(const bool present, row.next());
  if (!present) return std::optional<Handover>();
  return std::optional<Handover>(Handover{org, row.id<PersonId>(0), row.instant(1), row.fixed<32>(2)});
}

}  // namespace

Status Engine::take_over(const Permit<action::TakeOver>& permit, const Handover& handover,
                         const std::optional<Handover>& before, const Label& label, const Alongside& with) {
  if (permit.subject().org != handover.org || permit.actor() != handover.taken_by)
    return internal("The permit is for another watch.");
  return writer_->run([&](Change& change) -> Status {
    TRY(const LabelId label_id, change.intern(label));
    TRY_OK(change.record(with, label_id, handover.org.text()));
    TRY(const auto newest, newest_of(change.database(), handover.org));
    if (newest != before)
      return conflict("handover.taken", "Somebody has taken the watch since you opened this page. Read it again.");
    return change.database().run(kAdd, change.next_sequence(), handover.org, handover.taken_by, handover.taken_at,
                                 handover.memo);
  });
}

Result<std::optional<Handover>> Engine::watch_of(const OrgId& org) {
  TRY(auto reading, readers_->begin());
  return newest_of(reading.database(), org);
}

}  // namespace hinomi::store::sqlite
