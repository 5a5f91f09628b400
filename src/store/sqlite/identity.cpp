#include "store/sqlite/engine.h"
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
constexpr Statement kConsumeStep{
    "consume_totp_step", "UPDATE credential SET last_totp_step = ?2 WHERE person_id = ?1 AND last_totp_step < ?2"};
constexpr Statement kAddAttempt{"add_attempt", "INSERT INTO attempt (key, at) VALUES (?1, ?2)"};
constexpr Statement kDropAttempts{"drop_old_attempts", "DELETE FROM attempt WHERE at <= ?1"};
constexpr Statement kAttempts{"attempts", "SELECT count(*) FROM attempt WHERE key = ?1 AND at > ?2"};
constexpr Statement kForgetAttempts{"forget_attempts", "DELETE FROM attempt WHERE key = ?1"};
constexpr Statement kSessionState{"session_state", "SELECT ended FROM session WHERE secret_hash = ?1"};
constexpr Statement kPutSession{
    "put_session",
    "INSERT INTO session (secret_hash, kind, person_id, name, created_at, expires_at, last_used_at) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
    "ON CONFLICT (secret_hash) DO UPDATE SET name = excluded.name, expires_at = excluded.expires_at, "
    "last_used_at = excluded.last_used_at"};
constexpr Statement kDropSessions{"drop_expired_sessions", "DELETE FROM session WHERE expires_at <= ?1"};
constexpr Statement kSession{"session",
                             "SELECT kind, person_id, name, created_at, expires_at, last_used_at FROM session "
                             "WHERE secret_hash = ?1 AND ended = 0 AND expires_at > ?2"};
constexpr Statement kEndSession{"end_session", "UPDATE session SET ended = 1 WHERE secret_hash = ?1"};
constexpr Statement kEndSessions{"end_sessions", "UPDATE session SET ended = 1 WHERE person_id = ?1"};

// Attempts older than this decide nothing any more, whatever the window.
constexpr std::chrono::hours kAttemptsKept{24};

unsigned as_count(std::optional<std::int64_t> number) { return static_cast<unsigned>(number.value_or(0)); }

}  // namespace

Status Engine::put_credential(const Permit<action::Administer>&, const Credential& credential) {
  std::optional<Bytes> secret;
  if (credential.totp_secret) secret = credential.totp_secret->expose();
  return writer_->run([&](Change& change) {
    return change.database().run(kPutCredential, credential.person, credential.password_hash, secret,
                                 credential.last_totp_step);
  });
}

Result<Credential> Engine::credential(std::string_view login) {
  TRY(auto reading, readers_->begin());
  TRY(auto query, reading.database().query(kCredential, login));
  TRY(const bool row, query.next());
  if (!row) return not_found();
  Credential credential;
  credential.person = query.id<PersonId>(0);
  credential.password_hash = query.text(1);
  if (!query.is_null(2)) credential.totp_secret = Secret<Bytes>(query.blob(2));
  credential.last_totp_step = query.integer(3);
  return credential;
}

Result<bool> Engine::consume_totp_step(const PersonId& person, std::int64_t step) {
  return writer_->run_for<bool>([&](Change& change) -> Result<bool> {
    TRY_OK(change.database().run(kConsumeStep, person, step));
    return change.database().changes() == 1;
  });
}

Result<unsigned> Engine::count_attempt(std::string_view key, Instant now, std::chrono::seconds window) {
  return writer_->run_for<unsigned>([&](Change& change) -> Result<unsigned> {
    TRY_OK(change.database().run(kDropAttempts, now - std::max<std::chrono::seconds>(window, kAttemptsKept)));
    TRY_OK(change.database().run(kAddAttempt, key, now));
    TRY(const auto count, change.database().number(kAttempts, key, now - window));
    return as_count(count);
  });
}

Result<unsigned> Engine::attempts(std::string_view key, Instant now, std::chrono::seconds window) {
  TRY(auto reading, readers_->begin());
  TRY(const auto count, reading.database().number(kAttempts, key, now - window));
  return as_count(count);
}

Status Engine::forget_attempts(std::string_view key) {
  return writer_->run([&](Change& change) { return change.database().run(kForgetAttempts, key); });
}

Status Engine::put_session(const Session& session) {
  return writer_->run([&](Change& change) -> Status {
    Database& database = change.database();
    TRY_OK(database.run(kDropSessions, session.created_at));
    TRY(const auto ended, database.number(kSessionState, session.secret_hash));
    if (ended.value_or(0) != 0) return conflict("session.ended", "This session has ended. Sign in again.");
    return database.run(kPutSession, session.secret_hash, kSessionKinds.text(session.kind), session.person,
                        session.name, session.created_at, session.expires_at, session.last_used_at);
  });
}

Result<Session> Engine::session(const Sha256& secret_hash, Instant now) {
  TRY(auto reading, readers_->begin());
  TRY(auto query, reading.database().query(kSession, secret_hash, now));
  TRY(const bool row, query.next());
  if (!row) return not_found();
  Session session;
  session.secret_hash = secret_hash;
  TRY(session.kind, kSessionKinds.parse(query.text(0)));
  session.person = query.id<PersonId>(1);
  session.name = query.text(2);
  session.created_at = query.instant(3);
  session.expires_at = query.instant(4);
  session.last_used_at = query.instant(5);
  return session;
}

Status Engine::end_session(const Sha256& secret_hash) {
  return writer_->run([&](Change& change) { return change.database().run(kEndSession, secret_hash); });
}

Status Engine::end_all_sessions(const PersonId& person) {
  return writer_->run([&](Change& change) { return change.database().run(kEndSessions, person); });
}

}  // namespace hinomi::store::sqlite
