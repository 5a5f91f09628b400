#include "model/directory_change.h"

#include "model/directory_json.h"
#include "store/sqlite/directory_rows.h"
#include "store/sqlite/embargoes.h"
#include "store/sqlite/engine.h"
#include "store/sqlite/reading.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kAddChange{
    "add_directory_change",
    "INSERT INTO directory_change (id, state, note, base_epoch, before, after, proposed_by, proposed_at, expires_at, "
    "closed_by, closed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (id) DO NOTHING"};
constexpr Statement kAddAgreement{"add_directory_agreement",
                                  "INSERT INTO directory_agreement (change_id, person_id, at) VALUES (?1, ?2, ?3) "
                                  "ON CONFLICT DO NOTHING"};
constexpr Statement kClose{"close_directory_change",
                           "UPDATE directory_change SET state = ?2, closed_by = ?3, closed_at = ?4 "
                           "WHERE id = ?1 AND state = 'proposed'"};
constexpr Statement kChange{"directory_change",
                            "SELECT id, state, note, base_epoch, before, after, proposed_by, proposed_at, expires_at, "
                            "closed_by, closed_at FROM directory_change WHERE id = ?1"};
constexpr Statement kPageOfChanges{"page_of_directory_changes",
                                   "SELECT position, id FROM directory_change WHERE position < ?1 "
                                   "ORDER BY position DESC LIMIT ?2"};
constexpr Statement kPageOfChangesBy{"page_of_directory_changes_by",
                                     "SELECT position, id FROM directory_change WHERE position < ?1 AND "
                                     "proposed_by = ?3 ORDER BY position DESC LIMIT ?2"};
constexpr Statement kAgreements{
    "directory_agreements",
    "SELECT person_id, at FROM directory_agreement WHERE change_id = ?1 ORDER BY at, person_id"};
constexpr Statement kEpoch{"epoch_of_change", "SELECT value FROM counter WHERE name = 'epoch'"};
constexpr Statement kExpireChanges{"expire_directory_changes",
                                   "UPDATE directory_change SET state = 'expired', closed_at = ?1 "
                                   "WHERE state = 'proposed' AND expires_at <= ?1"};
constexpr Statement kExpireInvitations{"expire_invitations", "DELETE FROM invitation WHERE expires_at <= ?1"};
constexpr Statement kClearancesOver{"clearances_over", "SELECT 1 FROM clearance WHERE valid_until < ?1 LIMIT 1"};
constexpr Statement kExpireClearances{"expire_clearances", "DELETE FROM clearance WHERE valid_until < ?1"};
constexpr Statement kDelegationsDue{
    "delegations_due",
    "SELECT 1 FROM delegation WHERE (in_force = 0 AND from_at <= ?1 AND until > ?1) OR (in_force = 1 AND until <= ?1) "
    "LIMIT 1"};
constexpr Statement kTurnDelegations{"turn_delegations",
                                     "UPDATE delegation SET in_force = (from_at <= ?1 AND until > ?1)"};

constexpr Statement kReportsOfLabel{
    "count_reports",
    "SELECT count(*) FROM (SELECT 1 FROM report_version WHERE label_id = ?1 AND superseded = 0 "
    "LIMIT ?2)"};
constexpr Statement kReleasesOfLabel{
    "count_releases",
    "SELECT count(*) FROM (SELECT 1 FROM release_version WHERE label_id = ?1 AND superseded = 0 "
    "LIMIT ?2)"};
constexpr Statement kCasesOfLabel{"count_cases",
                                  "SELECT count(*) FROM (SELECT 1 FROM case_file WHERE label_id = ?1 LIMIT ?2)"};
constexpr Statement kObjectsOfLabel{
    "count_objects", "SELECT count(*) FROM (SELECT 1 FROM object WHERE label_id = ?1 AND superseded = 0 LIMIT ?2)"};

Status add_change(Database& database, const DirectoryChange& change) {
  TRY_OK(database.run(kAddChange, change.id, change_state_text(change.state), change.note, change.base_epoch,
                      directory_text(change.before), directory_text(change.after), change.proposed_by,
                      change.proposed_at, change.expires_at, change.closed_by, change.closed_at));
  for (const Agreement& agreement : change.agreed) {
    TRY_OK(database.run(kAddAgreement, change.id, agreement.person, agreement.at));
  }
  return {};
}

Result<DirectoryChange> load_change(Database& database, const DirectoryChangeId& id) {
  TRY(auto row, database.query(kChange, id));
  TRY(const bool present, row.next());
  if (!present) return not_found();
  DirectoryChange change;
  change.id = row.id<DirectoryChangeId>(0);
  TRY(change.state, parse_change_state(row.text(1)));
  change.note = row.text(2);
  change.base_epoch = static_cast<std::uint64_t>(row.integer(3));
  TRY(change.before, parse_directory(row.text(4)));
  TRY(change.after, parse_directory(row.text(5)));
  change.proposed_by = row.id<PersonId>(6);
  change.proposed_at = row.instant(7);
  change.expires_at = row.instant(8);
  if (!row.is_null(9)) change.closed_by = row.id<PersonId>(9);
  if (!row.is_null(10)) change.closed_at = row.instant(10);
  TRY(auto agreements, database.query(kAgreements, id));
  for (;;) {
    TRY(const bool more, agreements.next());
    if (!more) return change;
    change.agreed.push_back({agreements.id<PersonId>(0), agreements.instant(1)});
  }
}

// What policy weighed is what is written: same directory, same state, same agreements.
Status still_as_weighed(Database& database, const action::WeighedChange& weighed) {
  TRY(const auto epoch, database.number(kEpoch));
  const Error moved_on = conflict("directory.moved_on", "The directory was changed meanwhile. Look at it again.");
  if (static_cast<std::uint64_t>(epoch.value_or(0)) != weighed.directory->epoch) return moved_on;
  auto kept = load_change(database, weighed.change.id);
  if (!kept.ok()) return kept.error().kind == ErrorKind::NotFound ? Status() : Status(kept.error());
  if (kept->state != ChangeState::Proposed)
    return conflict("directory.closed", "This change was decided before. Propose a new one.");
  if (change_text(*kept) != change_text(weighed.change)) return internal("The permit is for another change.");
  return kept->agreed == weighed.change.agreed ? Status() : Status(moved_on);
}

constexpr Statement kAnythingOver{
    "anything_over",
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM directory_change WHERE state = 'proposed' AND expires_at <= ?1) "
    "OR EXISTS (SELECT 1 FROM invitation WHERE expires_at <= ?1)"};

Result<bool> is_anything_due(Database& database, Instant now, std::int64_t today) {
  TRY(const auto over, database.number(kAnythingOver, now));
  TRY(const auto delegations, database.number(kDelegationsDue, now));
  TRY(const auto clearances, database.number(kClearancesOver, today));
  TRY(const bool embargo, is_embargo_due(database, now));
  return over || delegations || clearances || embargo;
}

Result<std::size_t> counted(Database& database, const Statement& statement, LabelId label) {
  TRY(const auto count, database.number(statement, label, kCountedAtMost));
  return static_cast<std::size_t>(count.value_or(0));
}

template <class... Values>
Result<Listed<DirectoryChange>> changes_page(Database& database, const Page& page, const Statement& statement,
                                             const Values&... values) {
  const std::size_t limit = std::clamp<std::size_t>(page.limit, 1, kMaxPage);
  const Sequence before = page.before.value_or(std::numeric_limits<Sequence>::max());
  std::vector<std::pair<Sequence, DirectoryChangeId>> found;
  {
    TRY(auto query, database.query(statement, before, limit + 1, values...));
    for (;;) {
      TRY(const bool row, query.next());
      if (!row) break;
      found.emplace_back(query.integer(0), query.template id<DirectoryChangeId>(1));
    }
  }
  Listed<DirectoryChange> listed;
  if (found.size() > limit) {
    found.pop_back();
    listed.next = found.back().first;
  }
  for (const auto& [position, id] : found) {
    TRY(auto change, load_change(database, id));
    listed.rows.push_back(std::move(change));
  }
  return listed;
}

}  // namespace

Status Engine::propose_change(const Permit<action::ProposeDirectoryChange>& permit, const Alongside& with) {
  return writer_->run([&](Change& change) -> Status {
    const DirectoryChange& proposed = permit.subject().change;
    TRY_OK(change.claim_key(with, proposed.id.text()));
    TRY_OK(still_as_weighed(change.database(), permit.subject()));
    TRY_OK(add_change(change.database(), proposed));
    return change.record_beside(with, LabelId{});
  });
}

Result<DirectoryChange> Engine::agree_to_change(const Permit<action::AgreeToDirectoryChange>& permit, Instant at) {
  return writer_->run_for<DirectoryChange>([&](Change& change) -> Result<DirectoryChange> {
    const DirectoryChangeId id = permit.subject().change.id;
    TRY_OK(still_as_weighed(change.database(), permit.subject()));
    TRY_OK(change.database().run(kAddAgreement, id, permit.actor(), at));
    return load_change(change.database(), id);
  });
}

Result<std::uint64_t> Engine::carry_out_change(const Permit<action::CarryOutDirectoryChange>& permit,
                                               const Alongside& with) {
  return writer_->run_for<std::uint64_t>([&](Change& change) -> Result<std::uint64_t> {
    Database& database = change.database();
    const DirectoryChange& wanted = permit.subject().change;
    TRY_OK(change.claim_key(with, wanted.id.text()));
    TRY_OK(still_as_weighed(database, permit.subject()));
    TRY_OK(check_still_stands(*permit.subject().directory, wanted));
    TRY_OK(add_change(database, wanted));
    TRY_OK(database.run(kClose, wanted.id, change_state_text(ChangeState::Confirmed), permit.actor(), with.at));
    TRY_OK(change.record_beside(with, LabelId{}));
    return change_rights(change, with.at, [&] { return put_records(change, wanted.after); });
  });
}

Status Engine::reject_change(const Permit<action::RejectDirectoryChange>& permit, Instant at) {
  return writer_->run([&](Change& change) -> Status {
    TRY_OK(still_as_weighed(change.database(), permit.subject()));
    return change.database().run(kClose, permit.subject().change.id, change_state_text(ChangeState::Rejected),
                                 permit.actor(), at);
  });
}

Result<DirectoryChange> Engine::directory_change(const DirectoryChangeId& id) {
  TRY(auto reading, readers_->begin());
  return load_change(reading.database(), id);
}

Result<Listed<DirectoryChange>> Engine::directory_changes(const Page& page) {
  TRY(auto reading, readers_->begin());
  return changes_page(reading.database(), page, kPageOfChanges);
}

Result<Listed<DirectoryChange>> Engine::directory_changes_by(const PersonId& proposer, const Page& page) {
  TRY(auto reading, readers_->begin());
  return changes_page(reading.database(), page, kPageOfChangesBy, proposer);
}

Result<LabelCounts> Engine::label_counts(const Reach& reach, std::span<const LabelId> labels) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  LabelCounts counts;
  for (const LabelId label : labels) {
    if (!reach.covers(label)) continue;
    TRY(const auto reports, counted(database, kReportsOfLabel, label));
    TRY(const auto releases, counted(database, kReleasesOfLabel, label));
    TRY(const auto cases, counted(database, kCasesOfLabel, label));
    TRY(const auto objects, counted(database, kObjectsOfLabel, label));
    counts.reports += reports;
    counts.releases += releases;
    counts.cases += cases;
    counts.objects += objects;
    // A label of its own tells that somebody prepares something under it.
    if (reports + releases + cases + objects > 0) ++counts.labels;
  }
  return counts;
}

Result<bool> Engine::carry_out_due(const Permit<action::CarryOutDue>& permit) {
  const Instant now = permit.subject().now;
  const std::int64_t today = tokyo_day(now).time_since_epoch().count();
  {
    // Most of the time nothing is due; then nothing is written and nobody waits for the disk.
    TRY(auto reading, readers_->begin());
    TRY(const bool due, is_anything_due(reading.database(), now, today));
    if (!due) return false;
  }
  TRY(const bool rights, writer_->run_for<bool>([&](Change& change) -> Result<bool> {
    Database& database = change.database();
    TRY_OK(database.run(kExpireChanges, now));
    TRY_OK(database.run(kExpireInvitations, now));
    TRY(const auto delegations, database.number(kDelegationsDue, now));
    TRY(const auto clearances, database.number(kClearancesOver, today));
    if (!delegations && !clearances) return false;
    TRY_OK(change_rights(change, now, [&]() -> Status {
      TRY_OK(database.run(kTurnDelegations, now));
      return database.run(kExpireClearances, today);
    }));
    return true;
  }));
  TRY(const bool lifted, lift_due_embargoes(now));
  return rights || lifted;
}

// Each in a transaction of its own: one that cannot be lifted keeps neither the others nor the end of rights from
// coming. Its error is the answer.
Result<bool> Engine::lift_due_embargoes(Instant now) {
  std::vector<ReleaseId> due;
  {
    TRY(auto reading, readers_->begin());
    TRY(due, embargoes_due(reading.database(), now));
  }
  Status first;
  for (const ReleaseId& release : due) {
    const Status lifted = writer_->run([&](Change& change) { return lift_embargo(change, release, now); });
    if (first.ok()) first = lifted;
  }
  TRY_OK(first);
  return !due.empty();
}

}  // namespace hinomi::store::sqlite
