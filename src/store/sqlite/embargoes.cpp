#include "store/sqlite/embargoes.h"

#include <algorithm>

#include "policy/readers.h"
#include "store/sqlite/labels.h"
#include "store/sqlite/relabelling.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kPutEmbargo{"put_embargo",
                                "INSERT INTO embargo (release_id, until) VALUES (?1, ?2) "
                                "ON CONFLICT (release_id) DO UPDATE SET until = excluded.until"};
constexpr Statement kDropEmbargo{"drop_embargo", "DELETE FROM embargo WHERE release_id = ?1"};
constexpr Statement kDue{"embargoes_due",
                         "SELECT release_id FROM embargo e WHERE until <= ?1 AND NOT EXISTS "
                         "(SELECT 1 FROM consent_hold h WHERE h.release_id = e.release_id) ORDER BY until"};

LedgerEntry lifting(Change& change, const ReleaseId& release, const Label& to, Instant now) {
  LedgerEntry entry{"release.embargo_lifted", release.text(), 1, sha256(canonical_text(to)), now, Bytes(32)};
  change.random().fill(entry.salt);
  return entry;
}

Status lift(Change& change, const ReleaseId& release, LabelId from_id, Instant now) {
  Database& database = change.database();
  TRY(const Label from, load_label(database, from_id));
  Label to = from;
  to.embargo_until.reset();
  TRY(const LabelId to_id, change.intern(to));
  TRY([[maybe_unused]] const Sequence at, move_release(change, {release, from_id, to_id}, now));
  TRY(const Directory directory, load_directory(database));
  const auto before = policy::readers_of(directory, from).people;
  Alongside with;
  with.at = now;
  with.ledger.push_back(lifting(change, release, to, now));
  for (const PersonId& person : policy::readers_of(directory, to).people) {
    if (std::ranges::find(before, person) == before.end())
      with.outbox.push_back({"notice", person, "release.published", release.text()});
  }
  return change.record_beside(with, to_id);
}

}  // namespace

Status note_embargo(Change& change, const ReleaseId& release, const std::optional<Instant>& until) {
  if (until) return change.database().run(kPutEmbargo, release, *until);
  return change.database().run(kDropEmbargo, release);
}

Result<bool> is_embargo_due(Database& database, Instant now) {
  TRY(auto query, database.query(kDue, now));
  return query.next();
}

Result<std::vector<ReleaseId>> embargoes_due(Database& database, Instant now) {
  std::vector<ReleaseId> due;
  TRY(auto query, database.query(kDue, now));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return due;
    due.push_back(query.id<ReleaseId>(0));
  }
}

Status lift_embargo(Change& change, const ReleaseId& release, Instant now) {
  TRY(const auto labels, labels_of_release(change.database(), release));
  for (const LabelId label : labels) {
    TRY(const Label standing, load_label(change.database(), label));
    if (standing.embargo_until && *standing.embargo_until <= now) TRY_OK(lift(change, release, label, now));
  }
  return note_embargo(change, release, std::nullopt);
}

}  // namespace hinomi::store::sqlite
