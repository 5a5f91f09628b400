// Invitations, proofs of identity, and the clearance register.
#include "store/sqlite/directory_rows.h"
#include "store/sqlite/engine.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kPutInvitation{"put_invitation",
                                   "INSERT INTO invitation (person_id, code_hash, expires_at) VALUES (?1, ?2, ?3) "
                                   "ON CONFLICT (person_id) DO UPDATE SET code_hash = excluded.code_hash, "
                                   "expires_at = excluded.expires_at"};
constexpr Statement kAnybody{"anybody",
                             "SELECT 1 WHERE EXISTS (SELECT 1 FROM person) OR EXISTS (SELECT 1 FROM organisation)"};
constexpr Statement kTakeInvitation{
    "take_invitation", "DELETE FROM invitation WHERE code_hash = ?1 AND expires_at > ?2 RETURNING person_id"};
constexpr Statement kSetPassword{
    "set_invited_password",
    "INSERT INTO credential (person_id, password_hash, totp_secret, last_totp_step) VALUES (?1, ?2, NULL, 0) "
    "ON CONFLICT (person_id) DO UPDATE SET password_hash = excluded.password_hash"};
constexpr Statement kHasCredential{"has_credential", "SELECT 1 FROM credential WHERE person_id = ?1"};
constexpr Statement kAddProof{"add_identity_proof",
                              "INSERT INTO identity_proof (person_id, channel, proved_to, at) VALUES (?1, ?2, ?3, ?4)"};
constexpr Statement kEndQuarantine{"end_quarantine",
                                   "UPDATE person SET quarantined = 0 WHERE id = ?1 AND quarantined = 1"};
constexpr Statement kKeepRegister{"keep_clearance_register",
                                  "UPDATE installation_setting SET value = ?1 WHERE name = 'clearance_register'"};
constexpr Statement kPersonOfOrg{"person_of_org", "SELECT 1 FROM person WHERE id = ?1 AND org_id = ?2"};
constexpr Statement kPutClearance{
    "put_clearance",
    "INSERT INTO clearance (id, person_id, org_id, scope, contract, valid_until, consented_on, confirmed_by) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};
constexpr Statement kEndClearance{"end_clearance", "DELETE FROM clearance WHERE id = ?1 AND org_id = ?2"};
constexpr Statement kClearances{
    "clearances",
    "SELECT id, person_id, scope, contract, valid_until, consented_on, confirmed_by FROM clearance WHERE org_id = ?1 "
    "ORDER BY person_id, id"};
constexpr Statement kAddAccess{"add_clearance_access",
                               "INSERT INTO clearance_access (org_id, person_id, what, at) VALUES (?1, ?2, ?3, ?4)"};
constexpr Statement kAccesses{"clearance_accesses",
                              "SELECT person_id, what, at FROM clearance_access WHERE org_id = ?1 "
                              "ORDER BY position DESC LIMIT 1000"};

std::int64_t day_number(Day day) { return day.time_since_epoch().count(); }
Day day_of(std::int64_t number) { return Day(std::chrono::days(number)); }

Status log_access(Database& database, const Permit<action::KeepClearances>& permit, std::string_view what, Instant at) {
  return database.run(kAddAccess, permit.subject().org, permit.actor(), what, at);
}

}  // namespace

Status Engine::found(const Permit<action::Administer>&, const Foundation& foundation, const Alongside& with) {
  return writer_->run([&](Change& change) -> Status {
    Database& database = change.database();
    TRY(const auto anybody, database.number(kAnybody));
    if (anybody) return conflict("founding.not_empty", "There are people or organisations in this directory already.");
    TRY(const LabelId label, change.intern(foundation.label));
    TRY_OK(change_rights(change, with.at, [&] { return put_records(change, foundation.directory); }));
    for (const Invitation& invitation : foundation.invitations)
      TRY_OK(database.run(kPutInvitation, invitation.person, invitation.code_hash, invitation.expires_at));
    return change.record_beside(with, label);
  });
}

Status Engine::put_invitation(const Permit<action::EndQuarantine>& permit, const Invitation& invitation) {
  const PersonId person = permit.subject().person;
  return writer_->run([&](Change& change) -> Status {
    TRY(const auto signs_in, change.database().number(kHasCredential, person));
    if (signs_in) return conflict("invitation.not_new", "This person can sign in already.");
    return change.database().run(kPutInvitation, person, invitation.code_hash, invitation.expires_at);
  });
}

Status Engine::tell(std::span<const OutboxEntry> entries, Instant at) {
  return writer_->run([&](Change& change) {
    return change.record_beside({.at = at, .idempotency = {}, .ledger = {}, .outbox = {entries.begin(), entries.end()}},
                                LabelId{});
  });
}

Result<PersonId> Engine::use_invitation(const Sha256& code_hash, const std::string& password_hash, Instant now) {
  return writer_->run_for<PersonId>([&](Change& change) -> Result<PersonId> {
    PersonId person;
    {
      TRY(auto taken, change.database().query(kTakeInvitation, code_hash, now));
      TRY(const bool valid, taken.next());
      if (!valid) return not_found();
      person = taken.id<PersonId>(0);
      TRY([[maybe_unused]] const bool more, taken.next());
    }
    TRY_OK(change.database().run(kSetPassword, person, password_hash));
    return person;
  });
}

Status Engine::end_quarantine(const Permit<action::EndQuarantine>& permit, std::string_view channel, Instant at) {
  return writer_->run([&](Change& change) -> Status {
    Database& database = change.database();
    const PersonId person = permit.subject().person;
    TRY_OK(database.run(kAddProof, person, channel, permit.actor(), at));
    TRY_OK(change_rights(change, at, [&] { return database.run(kEndQuarantine, person); }));
    return {};
  });
}

Status Engine::keep_clearance_register(const Permit<action::Administer>&, bool on) {
  return writer_->run([&](Change& change) -> Status {
    TRY_OK(change_rights(change, Instant(), [&] { return change.database().run(kKeepRegister, on); }));
    return {};
  });
}

Status Engine::put_clearance(const Permit<action::KeepClearances>& permit, const Clearance& clearance, Instant at) {
  if (permit.subject().confirmed != clearance.person) return internal("The permit is for another person's clearance.");
  return writer_->run([&](Change& change) -> Status {
    Database& database = change.database();
    const OrgId org = permit.subject().org;
    TRY(const auto own, database.number(kPersonOfOrg, clearance.person, org));
    if (!own) return not_found();
    TRY_OK(log_access(database, permit, "confirmed", at));
    TRY_OK(change_rights(change, at, [&] {
      return database.run(kPutClearance, clearance.id, clearance.person, org, clearance.scope, clearance.contract,
                          day_number(clearance.valid_until), day_number(clearance.consented_on),
                          clearance.confirmed_by);
    }));
    return {};
  });
}

Status Engine::end_clearance(const Permit<action::KeepClearances>& permit, const ClearanceId& id, Instant at) {
  return writer_->run([&](Change& change) -> Status {
    Database& database = change.database();
    TRY_OK(log_access(database, permit, "ended", at));
    TRY_OK(change_rights(change, at, [&]() -> Status {
      TRY_OK(database.run(kEndClearance, id, permit.subject().org));
      return database.changes() == 0 ? Status(not_found()) : Status();
    }));
    return {};
  });
}

Result<std::vector<Clearance>> Engine::clearances(const Permit<action::KeepClearances>& permit, Instant at) {
  // The reading is written down first, and both happen or neither.
  return writer_->run_for<std::vector<Clearance>>([&](Change& change) -> Result<std::vector<Clearance>> {
    TRY_OK(log_access(change.database(), permit, "listed", at));
    std::vector<Clearance> found;
    TRY(auto query, change.database().query(kClearances, permit.subject().org));
    for (;;) {
      TRY(const bool row, query.next());
      if (!row) return found;
      found.push_back({query.id<ClearanceId>(0), query.id<PersonId>(1), query.text(2), query.text(3),
                       day_of(query.integer(4)), day_of(query.integer(5)), query.id<PersonId>(6)});
    }
  });
}

Result<std::vector<ClearanceAccess>> Engine::clearance_accesses(const Permit<action::KeepClearances>& permit) {
  TRY(auto reading, readers_->begin());
  std::vector<ClearanceAccess> accesses;
  TRY(auto query, reading.database().query(kAccesses, permit.subject().org));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return accesses;
    accesses.push_back({query.id<PersonId>(0), query.text(1), query.instant(2)});
  }
}

}  // namespace hinomi::store::sqlite
