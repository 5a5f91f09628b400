// Schema, step 0003: what an ISAC keeps of people and rights. `gained` says from which sequence on a person reads a
// label that was there before them; whoever pages in ascending order consults it.
#pragma once

namespace hinomi::store::sqlite {

inline constexpr const char* kSchema0003 = R"sql(
ALTER TABLE organisation ADD COLUMN membership TEXT NOT NULL DEFAULT 'member';
ALTER TABLE organisation ADD COLUMN contacts TEXT NOT NULL DEFAULT '[]';
ALTER TABLE person ADD COLUMN mail TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN duty_desk INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN quarantined INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN canary INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person DROP COLUMN cleared;
ALTER TABLE people_group ADD COLUMN kind TEXT NOT NULL DEFAULT 'sharing_group';
ALTER TABLE people_group ADD COLUMN visibility TEXT NOT NULL DEFAULT 'open';

CREATE TABLE delegation (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  from_id BLOB NOT NULL REFERENCES person (id),
  to_id BLOB NOT NULL REFERENCES person (id),
  role TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  until INTEGER NOT NULL,
  in_force INTEGER NOT NULL
) STRICT;
CREATE TABLE directory_change (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  state TEXT NOT NULL,
  note TEXT NOT NULL,
  base_epoch INTEGER NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  proposed_by BLOB NOT NULL CHECK (length(proposed_by) = 16),
  proposed_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  closed_by BLOB,
  closed_at INTEGER
) STRICT;
CREATE INDEX directory_change_open ON directory_change (expires_at) WHERE state = 'proposed';
CREATE TABLE directory_agreement (
  change_id BLOB NOT NULL REFERENCES directory_change (id),
  person_id BLOB NOT NULL CHECK (length(person_id) = 16),
  at INTEGER NOT NULL,
  PRIMARY KEY (change_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE gained (
  person_id BLOB NOT NULL REFERENCES person (id),
  readable_label INTEGER NOT NULL REFERENCES label (id),
  at INTEGER NOT NULL,
  added INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  PRIMARY KEY (person_id, readable_label)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitation (
  person_id BLOB PRIMARY KEY REFERENCES person (id),
  code_hash BLOB NOT NULL UNIQUE CHECK (length(code_hash) = 32),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- By which other channel somebody proved who they are; kept as the record of onboarding.
CREATE TABLE identity_proof (
  person_id BLOB NOT NULL REFERENCES person (id),
  channel TEXT NOT NULL,
  proved_to BLOB NOT NULL CHECK (length(proved_to) = 16),
  at INTEGER NOT NULL,
  PRIMARY KEY (person_id, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE installation_setting (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO installation_setting (name, value) VALUES ('clearance_register', 0);
-- DOMAIN-JAPAN §3.4: least data. A row that expired or ended is deleted; there is no state that says no.
CREATE TABLE clearance (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  person_id BLOB NOT NULL REFERENCES person (id),
  org_id BLOB NOT NULL REFERENCES organisation (id),
  scope TEXT NOT NULL,
  contract TEXT NOT NULL,
  valid_until INTEGER NOT NULL,
  consented_on INTEGER NOT NULL,
  confirmed_by BLOB NOT NULL CHECK (length(confirmed_by) = 16)
) STRICT, WITHOUT ROWID;
CREATE INDEX clearance_of_org ON clearance (org_id, person_id);
CREATE TABLE clearance_access (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  org_id BLOB NOT NULL REFERENCES organisation (id),
  person_id BLOB NOT NULL CHECK (length(person_id) = 16),
  what TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX clearance_access_of_org ON clearance_access (org_id, position);
)sql";

}  // namespace hinomi::store::sqlite
