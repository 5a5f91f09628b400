// One-time codes, recovery codes, challenges and passkeys.
#include "store/sqlite/engine.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kBeginTotp{"begin_totp",
                               "INSERT INTO totp_enrolment (person_id, secret, expires_at) VALUES (?1, ?2, ?3) "
                               "ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, "
                               "expires_at = excluded.expires_at"};
constexpr Statement kPendingTotp{"pending_totp",
                                 "SELECT secret FROM totp_enrolment WHERE person_id = ?1 AND expires_at > ?2"};
constexpr Statement kConfirmTotp{
    "confirm_totp",
    "UPDATE credential SET last_totp_step = ?2, totp_secret = (SELECT e.secret FROM totp_enrolment e "
    "WHERE e.person_id = ?1) WHERE person_id = ?1 AND EXISTS (SELECT 1 FROM totp_enrolment e WHERE e.person_id = ?1)"};
constexpr Statement kEndEnrolment{"end_totp_enrolment", "DELETE FROM totp_enrolment WHERE person_id = ?1"};
constexpr Statement kRemoveTotp{"remove_totp", "UPDATE credential SET totp_secret = NULL WHERE person_id = ?1"};
constexpr Statement kDropCodes{"drop_recovery_codes", "DELETE FROM recovery_code WHERE person_id = ?1"};
constexpr Statement kAddCode{"add_recovery_code", "INSERT INTO recovery_code (person_id, hash) VALUES (?1, ?2)"};
constexpr Statement kConsumeCode{"consume_recovery_code",
                                 "DELETE FROM recovery_code WHERE person_id = ?1 AND hash = ?2"};
constexpr Statement kCodesLeft{"recovery_codes_left", "SELECT count(*) FROM recovery_code WHERE person_id = ?1"};
constexpr Statement kUseChallenge{
    "use_challenge",
    "INSERT INTO used_challenge (challenge, expires_at) VALUES (?1, ?2) ON CONFLICT (challenge) DO NOTHING"};
constexpr Statement kDropChallenges{"drop_old_challenges", "DELETE FROM used_challenge WHERE expires_at <= ?1"};
constexpr Statement kHandle{"passkey_handle", "SELECT handle FROM passkey_handle WHERE person_id = ?1"};
constexpr Statement kAddHandle{"add_passkey_handle", "INSERT INTO passkey_handle (person_id, handle) VALUES (?1, ?2)"};
constexpr Statement kHandleOwner{"passkey_handle_owner", "SELECT person_id FROM passkey_handle WHERE handle = ?1"};
constexpr Statement kCredentialKnown{"passkey_known", "SELECT 1 FROM passkey WHERE credential = ?1"};
constexpr Statement kPasskeyCount{"passkey_count", "SELECT count(*) FROM passkey WHERE person_id = ?1"};
constexpr Statement kAddPasskey{"add_passkey",
                                "INSERT INTO passkey (id, person_id, name, credential, public_key, counter, "
                                "created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
constexpr Statement kPasskeysOf{"passkeys_of",
                                "SELECT id, person_id, name, credential, public_key, counter, created_at, "
                                "last_used_at FROM passkey WHERE person_id = ?1 ORDER BY created_at, id"};
constexpr Statement kPasskey{"passkey",
                             "SELECT id, person_id, name, credential, public_key, counter, created_at, last_used_at "
                             "FROM passkey WHERE credential = ?1"};
constexpr Statement kRemovePasskey{"remove_passkey", "DELETE FROM passkey WHERE id = ?1 AND person_id = ?2"};
constexpr Statement kAdvancePasskey{
    "advance_passkey", "UPDATE passkey SET counter = ?3, last_used_at = ?4 WHERE id = ?1 AND counter = ?2"};

Passkey read_passkey(const Query& query) {
  Passkey passkey;
  passkey.id = query.id<PasskeyId>(0);
  passkey.person = query.id<PersonId>(1);
  passkey.name = query.text(2);
  passkey.credential = query.blob(3);
  passkey.public_key = query.blob(4);
  passkey.counter = static_cast<std::uint32_t>(query.integer(5));
  passkey.created_at = query.instant(6);
  if (!query.is_null(7)) passkey.last_used_at = query.instant(7);
  return passkey;
}

}  // namespace

Status Engine::begin_totp(const Permit<action::ManageAccount>& permit, const Secret<Bytes>& secret,
                          Instant expires_at) {
  return writer_->run([&](Change& change) {
    return change.database().run(kBeginTotp, permit.subject().person, secret.expose(), expires_at);
  });
}

Result<Secret<Bytes>> Engine::pending_totp(const PersonId& person, Instant now) {
  TRY(auto reading, readers_->begin());
  TRY(auto query, reading.database().query(kPendingTotp, person, now));
  TRY(const bool row, query.next());
  if (!row) return not_found();
  return Secret(query.blob(0));
}

Status Engine::confirm_totp(const Permit<action::ChangeFactors>& permit, std::int64_t step,
                            std::span<const Sha256> recovery_hashes) {
  const PersonId person = permit.subject().person;
  return writer_->run([&](Change& change) -> Status {
    Database& database = change.database();
    TRY_OK(database.run(kConfirmTotp, person, step));
    if (database.changes() != 1)
      return conflict("totp.moved_on", "Nothing waits to be confirmed any more. Begin again.");
    TRY_OK(database.run(kEndEnrolment, person));
    TRY_OK(database.run(kDropCodes, person));
    for (const Sha256& hash : recovery_hashes) TRY_OK(database.run(kAddCode, person, hash));
    return {};
  });
}

Status Engine::remove_totp(const Permit<action::ChangeFactors>& permit) {
  const PersonId person = permit.subject().person;
  return writer_->run([&](Change& change) -> Status {
    TRY_OK(change.database().run(kRemoveTotp, person));
    TRY_OK(change.database().run(kEndEnrolment, person));
    return change.database().run(kDropCodes, person);
  });
}

Result<bool> Engine::consume_recovery_code(const PersonId& person, const Sha256& hash) {
  return writer_->run_for<bool>([&](Change& change) -> Result<bool> {
    TRY_OK(change.database().run(kConsumeCode, person, hash));
    return change.database().changes() == 1;
  });
}

Result<std::size_t> Engine::recovery_codes_left(const PersonId& person) {
  TRY(auto reading, readers_->begin());
  TRY(const auto count, reading.database().number(kCodesLeft, person));
  return static_cast<std::size_t>(count.value_or(0));
}

Result<bool> Engine::consume_challenge(const Sha256& challenge, Instant now, Instant expires_at) {
  return writer_->run_for<bool>([&](Change& change) -> Result<bool> {
    TRY_OK(change.database().run(kDropChallenges, now));
    TRY_OK(change.database().run(kUseChallenge, challenge, expires_at));
    return change.database().changes() == 1;
  });
}

Result<Bytes> Engine::passkey_handle(const Permit<action::ManageAccount>& permit) {
  const PersonId person = permit.subject().person;
  return writer_->run_for<Bytes>([&](Change& change) -> Result<Bytes> {
    {
      TRY(auto query, change.database().query(kHandle, person));
      TRY(const bool row, query.next());
      if (row) return query.blob(0);
    }
    Bytes handle(32);
    change.random().fill(handle);
    TRY_OK(change.database().run(kAddHandle, person, handle));
    return handle;
  });
}

Result<PersonId> Engine::person_of_handle(ByteView handle) {
  TRY(auto reading, readers_->begin());
  TRY(auto query, reading.database().query(kHandleOwner, handle));
  TRY(const bool row, query.next());
  if (!row) return not_found();
  return query.id<PersonId>(0);
}

Status Engine::add_passkey(const Permit<action::ChangeFactors>& permit, const Passkey& passkey, std::size_t limit) {
  const PersonId person = permit.subject().person;
  return writer_->run([&](Change& change) -> Status {
    Database& database = change.database();
    TRY(const auto known, database.number(kCredentialKnown, passkey.credential));
    if (known) return conflict("passkey.known", "This passkey is registered already.");
    TRY(const auto count, database.number(kPasskeyCount, person));
    if (count.value_or(0) >= static_cast<std::int64_t>(limit))
      return too_large("passkey.too_many", "Remove a passkey that is no longer used before adding another.");
    return database.run(kAddPasskey, passkey.id, person, passkey.name, passkey.credential, passkey.public_key,
                        passkey.counter, passkey.created_at);
  });
}

Result<std::vector<Passkey>> Engine::passkeys_of(const PersonId& person) {
  TRY(auto reading, readers_->begin());
  TRY(auto query, reading.database().query(kPasskeysOf, person));
  std::vector<Passkey> passkeys;
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return passkeys;
    passkeys.push_back(read_passkey(query));
  }
}

Result<Passkey> Engine::passkey(ByteView credential) {
  TRY(auto reading, readers_->begin());
  TRY(auto query, reading.database().query(kPasskey, credential));
  TRY(const bool row, query.next());
  if (!row) return not_found();
  return read_passkey(query);
}

Status Engine::remove_passkey(const Permit<action::ChangeFactors>& permit, const PasskeyId& passkey) {
  return writer_->run([&](Change& change) -> Status {
    TRY_OK(change.database().run(kRemovePasskey, passkey, permit.subject().person));
    if (change.database().changes() != 1) return not_found();
    return {};
  });
}

Result<bool> Engine::advance_passkey(const Passkey& from, std::uint32_t counter, Instant at) {
  return writer_->run_for<bool>([&](Change& change) -> Result<bool> {
    TRY_OK(change.database().run(kAdvancePasskey, from.id, from.counter, counter, at));
    return change.database().changes() == 1;
  });
}

}  // namespace hinomi::store::sqlite
