#include "store/sqlite/sessions.h"

#include "store/sqlite/engine.h"
#include "store/sqlite/words.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kSessionState{"session_state", "SELECT ended FROM session WHERE secret_hash = ?1"};
constexpr Statement kForgetSession{"forget_session", "DELETE FROM session WHERE secret_hash = ?1"};
constexpr Statement kPutSession{
    "put_session",
    "INSERT INTO session (secret_hash, kind, person_id, name, created_at, expires_at, last_used_at, id, scopes) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
    "ON CONFLICT (secret_hash) DO UPDATE SET name = excluded.name, expires_at = excluded.expires_at, "
    "last_used_at = excluded.last_used_at "
    "RETURNING secret_hash, kind, person_id, name, created_at, expires_at, last_used_at, id, scopes"};
constexpr Statement kDropSessions{"drop_expired_sessions", "DELETE FROM session WHERE expires_at <= ?1"};
constexpr Statement kStanding{"standing_sessions",
                              "SELECT secret_hash, kind, person_id, name, created_at, expires_at, last_used_at, id, "
                              "scopes FROM session WHERE ended = 0"};
constexpr Statement kSessionsOf{"sessions_of",
                                "SELECT secret_hash, kind, person_id, name, created_at, expires_at, last_used_at, id, "
                                "scopes FROM session WHERE person_id = ?1 AND ended = 0 AND expires_at > ?2 "
                                "ORDER BY created_at DESC, id LIMIT 1000"};
constexpr Statement kTouchSession{
    "touch_session",
    "UPDATE session SET last_used_at = ?2 WHERE secret_hash = ?1 AND ended = 0 AND last_used_at < ?2 "
    "RETURNING secret_hash, kind, person_id, name, created_at, expires_at, last_used_at, id, scopes"};
constexpr Statement kEndSession{
    "end_session", "UPDATE session SET ended = 1 WHERE secret_hash = ?1 AND ended = 0 RETURNING secret_hash"};
constexpr Statement kEndOwnSession{
    "end_own_session",
    "UPDATE session SET ended = 1 WHERE id = ?1 AND person_id = ?2 AND ended = 0 RETURNING secret_hash"};
constexpr Statement kEndSessions{"end_sessions",
                                 "UPDATE session SET ended = 1 WHERE person_id = ?1 AND ended = 0 "
                                 "AND secret_hash <> ?2 AND (kind = 'browser' OR ?3 = 1) RETURNING secret_hash"};

std::string written_scopes(const policy::Scopes& scopes) {
  std::vector<std::string> texts;
  for (const policy::Scope scope : scopes) texts.emplace_back(policy::scope_text(scope));
  return written_texts(texts);
}

Result<policy::Scopes> read_scopes(std::string_view json) {
  TRY(const auto texts, read_texts(json));
  policy::Scopes scopes;
  for (const std::string& text : texts) {
    TRY(const policy::Scope scope, policy::parse_scope(text));
    scopes.insert(scope);
  }
  return scopes;
}

Result<Session> read_session(const Query& query) {
  Session session;
  session.secret_hash = query.fixed<32>(0);
  TRY(session.kind, kSessionKinds.parse(query.text(1)));
  session.person = query.id<PersonId>(2);
  session.name = query.text(3);
  session.created_at = query.instant(4);
  session.expires_at = query.instant(5);
  session.last_used_at = query.instant(6);
  session.id = query.id<SessionId>(7);
  TRY(session.scopes, read_scopes(query.text(8)));
  return session;
}

// Of a statement that returns the sessions it wrote.
Status note_written(Change& change, Query query) {
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return {};
    TRY(const Session session, read_session(query));
    change.session_stands(session);
  }
}

// Of a statement that returns the hash of every session it ended; how many those were.
Result<std::size_t> note_ended(Change& change, Query query) {
  for (std::size_t ended = 0;; ++ended) {
    TRY(const bool row, query.next());
    if (!row) return ended;
    change.session_ended(query.fixed<32>(0));
  }
}

}  // namespace

Status end_sessions(Change& change, const PersonId& person, const Sha256& kept, AccountStore::Tokens tokens) {
  TRY(auto query, change.database().query(kEndSessions, person, kept, tokens == AccountStore::Tokens::End));
  TRY([[maybe_unused]] const std::size_t ended, note_ended(change, std::move(query)));
  return {};
}

Status load_sessions(Database& database, SessionBook& sessions) {
  TRY(auto query, database.query(kStanding));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return {};
    TRY(const Session session, read_session(query));
    sessions.put(session);
  }
}

Status Engine::put_session(const Session& session) {
  return writer_->run([&](Change& change) -> Status {
    Database& database = change.database();
    TRY_OK(database.run(kDropSessions, session.created_at));
    change.sessions_expired(session.created_at);
    TRY(const auto ended, database.number(kSessionState, session.secret_hash));
    // A certificate may come back after it was removed; a cookie or token never does.
    if (session.kind == SessionKind::Certificate) {
      if (ended == 0) return conflict("session.known", "This certificate is registered already.");
      TRY_OK(database.run(kForgetSession, session.secret_hash));
    } else if (ended.value_or(0) != 0) {
      return conflict("session.ended", "This session has ended. Sign in again.");
    }
    TRY(auto written, database.query(kPutSession, session.secret_hash, kSessionKinds.text(session.kind), session.person,
                                     session.name, session.created_at, session.expires_at, session.last_used_at,
                                     session.id, written_scopes(session.scopes)));
    return note_written(change, std::move(written));
  });
}

Result<Session> Engine::session(const Sha256& secret_hash, Instant now) {
  auto session = snapshots_.sessions.find(secret_hash, now);
  if (!session) return not_found();
  return std::move(*session);
}

Result<std::vector<Session>> Engine::sessions_of(const PersonId& person, Instant now) {
  TRY(auto reading, readers_->begin());
  TRY(auto query, reading.database().query(kSessionsOf, person, now));
  std::vector<Session> sessions;
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return sessions;
    TRY(Session session, read_session(query));
    sessions.push_back(std::move(session));
  }
}

Status Engine::touch_session(const Sha256& secret_hash, Instant at) {
  // Every request may come here; one that only reads must not wait for a disk that stands still.
  return writer_->run_within(read_patience_, [secret_hash, at](Change& change) -> Status {
    TRY(auto written, change.database().query(kTouchSession, secret_hash, at));
    return note_written(change, std::move(written));
  });
}

Status Engine::end_session(const Sha256& secret_hash) {
  return writer_->run([&](Change& change) -> Status {
    TRY(auto query, change.database().query(kEndSession, secret_hash));
    TRY([[maybe_unused]] const std::size_t ended, note_ended(change, std::move(query)));
    return {};
  });
}

Status Engine::end_own_session(const Permit<action::EndSessions>& permit, const SessionId& session) {
  return writer_->run([&](Change& change) -> Status {
    TRY(auto query, change.database().query(kEndOwnSession, session, permit.subject().person));
    TRY(const std::size_t ended, note_ended(change, std::move(query)));
    if (ended == 0) return not_found();
    return {};
  });
}

Status Engine::end_own_sessions(const Permit<action::EndSessions>& permit, const Sha256& kept, Tokens tokens) {
  return writer_->run([&](Change& change) { return end_sessions(change, permit.subject().person, kept, tokens); });
}

Status Engine::end_all_sessions(const PersonId& person) {
  return writer_->run([&](Change& change) { return end_sessions(change, person, Sha256{}, Tokens::End); });
}

}  // namespace hinomi::store::sqlite
