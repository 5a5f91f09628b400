// Schema, step 0004: attempts by account, source and method; sessions with an id and scopes; one-time codes with
// recovery codes; passkeys.
#pragma once

namespace hinomi::store::sqlite {

inline constexpr const char* kSchema0004 = R"sql(
DROP TABLE attempt;
CREATE TABLE sign_in_attempt (
  id INTEGER PRIMARY KEY,
  account BLOB NOT NULL CHECK (length(account) = 32),
  source TEXT NOT NULL,
  method TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_attempt_of_three ON sign_in_attempt (account, source, method, at);
CREATE INDEX sign_in_attempt_of_account ON sign_in_attempt (account, at);
CREATE INDEX sign_in_attempt_of_source ON sign_in_attempt (source, method, at);
CREATE INDEX sign_in_attempt_by_age ON sign_in_attempt (at);
-- Where an account was signed in from: such a source keeps its own limit when strangers use up the account's.
CREATE TABLE known_source (
  account BLOB NOT NULL CHECK (length(account) = 32),
  source TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (account, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_source_by_age ON known_source (at);

ALTER TABLE session ADD COLUMN id BLOB CHECK (length(id) = 16);
UPDATE session SET id = randomblob(16);
CREATE UNIQUE INDEX session_of_id ON session (id);
ALTER TABLE session ADD COLUMN scopes TEXT NOT NULL
  DEFAULT '["read","report","review","approve","sighting","exchange","administer"]';

CREATE TABLE totp_enrolment (
  person_id BLOB PRIMARY KEY REFERENCES person (id),
  secret BLOB NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE recovery_code (
  person_id BLOB NOT NULL REFERENCES person (id),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (person_id, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE used_challenge (
  challenge BLOB PRIMARY KEY CHECK (length(challenge) = 32),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX used_challenge_by_expiry ON used_challenge (expires_at);
CREATE TABLE passkey_handle (
  person_id BLOB PRIMARY KEY REFERENCES person (id),
  handle BLOB NOT NULL UNIQUE CHECK (length(handle) = 32)
) STRICT, WITHOUT ROWID;
CREATE TABLE passkey (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  person_id BLOB NOT NULL REFERENCES person (id),
  name TEXT NOT NULL,
  credential BLOB NOT NULL UNIQUE CHECK (length(credential) BETWEEN 1 AND 1023),
  public_key BLOB NOT NULL,
  counter INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT;
CREATE INDEX passkey_of_person ON passkey (person_id, created_at);
)sql";

}  // namespace hinomi::store::sqlite
