#include "store/sqlite/engine.h"
#include "store/sqlite/sessions.h"
#include "store/sqlite/words.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kPutCredential{
    "put_credential",
    "INSERT INTO credential (person_id, password_hash, totp_secret, last_totp_step) VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (person_id) DO UPDATE SET password_hash = excluded.password_hash, "
    "totp_secret = excluded.totp_secret, last_totp_step = excluded.last_totp_step"};
constexpr Statement kCredential{"credential",
                                "SELECT c.person_id, c.password_hash, c.totp_secret, c.last_totp_step "
                                "FROM person p JOIN credential c ON c.person_id = p.id WHERE p.login = ?1"};
constexpr Statement kCredentialOf{"credential_of",
                                  "SELECT person_id, password_hash, totp_secret, last_totp_step "
                                  "FROM credential WHERE person_id = ?1"};
constexpr Statement kChangePassword{"change_password", "UPDATE credential SET password_hash = ?2 WHERE person_id = ?1"};
constexpr Statement kConsumeStep{
    "consume_totp_step", "UPDATE credential SET last_totp_step = ?2 WHERE person_id = ?1 AND last_totp_step < ?2"};
}  // namespace

Status Engine::put_credential(const Permit<action::Administer>&, const Credential& credential) {
  std::optional<Bytes> secret;
  if (credential.totp_secret) secret = credential.totp_secret->expose();
  return writer_->run([&](Change& change) -> Status {
    TRY_OK(change.database().run(kPutCredential, credential.person, credential.password_hash, secret,
                                 credential.last_totp_step));
    return end_sessions(change, credential.person, Sha256{}, Tokens::End);
  });
}

namespace {

Result<Credential> read_credential(Query query) {
  TRY(const bool row, query.next());
  if (!row) return not_found();
  Credential credential;
  credential.person = query.id<PersonId>(0);
  credential.password_hash = query.text(1);
  if (!query.is_null(2)) credential.totp_secret = Secret<Bytes>(query.blob(2));
  credential.last_totp_step = query.integer(3);
  return credential;
}

}  // namespace

Result<Credential> Engine::credential(std::string_view login) {
  TRY(auto reading, readers_->begin());
  TRY(auto query, reading.database().query(kCredential, login));
  return read_credential(std::move(query));
}

Result<Credential> Engine::credential_of(const PersonId& person) {
  TRY(auto reading, readers_->begin());
  TRY(auto query, reading.database().query(kCredentialOf, person));
  return read_credential(std::move(query));
}

Status Engine::change_password(const Permit<action::ManageAccount>& permit, std::string_view password_hash,
                               const Sha256& kept, Tokens tokens) {
  const PersonId person = permit.subject().person;
  return writer_->run([&](Change& change) -> Status {
    TRY_OK(change.database().run(kChangePassword, person, password_hash));
    if (change.database().changes() != 1) return not_found();
    return end_sessions(change, person, kept, tokens);
  });
}

Result<bool> Engine::consume_totp_step(const PersonId& person, std::int64_t step) {
  return writer_->run_for<bool>([&](Change& change) -> Result<bool> {
    TRY_OK(change.database().run(kConsumeStep, person, step));
    return change.database().changes() == 1;
  });
}

}  // namespace hinomi::store::sqlite
