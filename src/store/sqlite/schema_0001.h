// Schema, step 0001. Times are microseconds since 1970 in UTC; ids are 16 bytes; words are the catalogue's.
// A labelled table carries label_id, and every index of it leads with label_id, so that a read visits no row outside
// its reach. `sequence` is the row's own key and the one order of everything. What only the writer needs in order to
// find a thing without a reach (numbers taken, labels under which a thing stands) is kept in tables of its own.
#pragma once

namespace hinomi::store::sqlite {

inline constexpr const char* kSchema0001 = R"sql(
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counter (name, value) VALUES ('sequence', 0), ('added', 0), ('epoch', 0);

-- first_sequence: rows under this label have a greater sequence.
CREATE TABLE label (
  id INTEGER PRIMARY KEY,
  canonical_text TEXT NOT NULL UNIQUE,
  first_sequence INTEGER NOT NULL
) STRICT;
-- Some thing of this kind has versions under both labels; kept in both directions.
CREATE TABLE label_overlap (
  kind TEXT NOT NULL,
  label_id INTEGER NOT NULL REFERENCES label (id),
  other_label_id INTEGER NOT NULL REFERENCES label (id),
  PRIMARY KEY (kind, label_id, other_label_id)
) STRICT, WITHOUT ROWID;
-- Writer only: under which labels a thing, or the objects of a collection, stand.
CREATE TABLE standing (
  kind TEXT NOT NULL,
  subject BLOB NOT NULL CHECK (length(subject) = 16),
  label_id INTEGER NOT NULL REFERENCES label (id),
  PRIMARY KEY (kind, subject, label_id)
) STRICT, WITHOUT ROWID;
-- Erasing a row here erases the body it opens.
CREATE TABLE record_key (
  kind TEXT NOT NULL,
  subject BLOB NOT NULL CHECK (length(subject) = 16),
  version INTEGER NOT NULL,
  key BLOB NOT NULL CHECK (length(key) = 32),
  PRIMARY KEY (kind, subject, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  sequence INTEGER PRIMARY KEY,
  label_id INTEGER NOT NULL REFERENCES label (id),
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX event_of_label ON event (label_id, sequence);

CREATE TABLE idempotency (
  person_id BLOB NOT NULL CHECK (length(person_id) = 16),
  key TEXT NOT NULL,
  body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
  subject TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (person_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE organisation (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  aliases TEXT NOT NULL,
  attributes TEXT NOT NULL
) STRICT;
CREATE TABLE person (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  org_id BLOB NOT NULL REFERENCES organisation (id),
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  login TEXT NOT NULL UNIQUE,
  roles TEXT NOT NULL,
  compartments TEXT NOT NULL,
  ceiling TEXT NOT NULL,
  cleared INTEGER NOT NULL,
  active INTEGER NOT NULL
) STRICT;
CREATE TABLE people_group (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  name TEXT NOT NULL,
  ceiling TEXT NOT NULL,
  orgs TEXT NOT NULL,
  persons TEXT NOT NULL
) STRICT;

CREATE TABLE credential (
  person_id BLOB PRIMARY KEY REFERENCES person (id),
  password_hash TEXT NOT NULL,
  totp_secret BLOB,
  last_totp_step INTEGER NOT NULL
) STRICT;
CREATE TABLE attempt (id INTEGER PRIMARY KEY, key TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX attempt_of_key ON attempt (key, at);
CREATE INDEX attempt_by_age ON attempt (at);
-- An ended session stays until it would have expired, so that nothing brings it back.
CREATE TABLE session (
  secret_hash BLOB PRIMARY KEY CHECK (length(secret_hash) = 32),
  kind TEXT NOT NULL,
  person_id BLOB NOT NULL CHECK (length(person_id) = 16),
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  ended INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX session_of_person ON session (person_id);
CREATE INDEX session_by_expiry ON session (expires_at);

CREATE TABLE report (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  number TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL
) STRICT;
-- superseded: a newer version stands under the same label.
CREATE TABLE report_version (
  sequence INTEGER PRIMARY KEY,
  label_id INTEGER NOT NULL REFERENCES label (id),
  report_id BLOB NOT NULL REFERENCES report (id),
  version INTEGER NOT NULL,
  number TEXT NOT NULL,
  superseded INTEGER NOT NULL DEFAULT 0,
  org_id BLOB NOT NULL CHECK (length(org_id) = 16),
  author_id BLOB NOT NULL CHECK (length(author_id) = 16),
  filed_at INTEGER NOT NULL,
  victim_label_id INTEGER NOT NULL REFERENCES label (id),
  technical_label_id INTEGER NOT NULL REFERENCES label (id),
  body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX report_version_of_report ON report_version (label_id, report_id, version);
CREATE INDEX report_version_of_number ON report_version (label_id, number, version);
CREATE INDEX report_version_newest ON report_version (label_id, sequence) WHERE superseded = 0;

CREATE TABLE review (
  sequence INTEGER PRIMARY KEY,
  label_id INTEGER NOT NULL REFERENCES label (id),
  id BLOB NOT NULL CHECK (length(id) = 16),
  report_id BLOB NOT NULL CHECK (length(report_id) = 16),
  report_version INTEGER NOT NULL,
  report_number TEXT NOT NULL,
  reporter_org_id BLOB NOT NULL CHECK (length(reporter_org_id) = 16),
  purpose TEXT NOT NULL,
  target_id BLOB,
  state TEXT NOT NULL,
  revision INTEGER NOT NULL,
  consent TEXT NOT NULL,
  release_label_id INTEGER NOT NULL REFERENCES label (id),
  release_id BLOB,
  edited_by BLOB NOT NULL CHECK (length(edited_by) = 16),
  edited_at INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX review_of_id ON review (label_id, id);
CREATE INDEX review_of_label ON review (label_id, sequence);
CREATE INDEX review_of_report ON review (label_id, report_id, sequence);
-- Who agreed to which revision; an edit leaves the rows of earlier revisions behind.
CREATE TABLE approval (
  review_id BLOB NOT NULL CHECK (length(review_id) = 16),
  revision INTEGER NOT NULL,
  person_id BLOB NOT NULL CHECK (length(person_id) = 16),
  at INTEGER NOT NULL,
  PRIMARY KEY (review_id, revision, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE release (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  number TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL
) STRICT;
CREATE TABLE release_version (
  sequence INTEGER PRIMARY KEY,
  label_id INTEGER NOT NULL REFERENCES label (id),
  release_id BLOB NOT NULL REFERENCES release (id),
  version INTEGER NOT NULL,
  number TEXT NOT NULL,
  superseded INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  key_id TEXT NOT NULL,
  signature BLOB NOT NULL CHECK (length(signature) = 64),
  body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX release_version_of_release ON release_version (label_id, release_id, version);
CREATE INDEX release_version_of_number ON release_version (label_id, number, version);
CREATE INDEX release_version_newest ON release_version (label_id, sequence) WHERE superseded = 0;
CREATE TABLE indicator (
  sequence INTEGER PRIMARY KEY,
  label_id INTEGER NOT NULL REFERENCES label (id),
  release_id BLOB NOT NULL REFERENCES release (id),
  release_number TEXT NOT NULL,
  stix_id TEXT NOT NULL,
  type TEXT NOT NULL,
  value TEXT NOT NULL,
  tlp TEXT NOT NULL
) STRICT;
CREATE INDEX indicator_of_label ON indicator (label_id, sequence);
CREATE INDEX indicator_of_release ON indicator (label_id, release_id);
CREATE TABLE receipt (
  release_id BLOB NOT NULL REFERENCES release (id),
  version INTEGER NOT NULL,
  person_id BLOB NOT NULL CHECK (length(person_id) = 16),
  org_id BLOB NOT NULL CHECK (length(org_id) = 16),
  at INTEGER NOT NULL,
  PRIMARY KEY (release_id, version, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE collection (
  position INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  alias TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  readers TEXT NOT NULL,
  writers TEXT NOT NULL
) STRICT;
-- version: the object's own text; version_key: the same instant in UTC with nine digits, empty where there is none.
-- superseded: a newer version of the object stands in this collection under the same label.
CREATE TABLE object (
  sequence INTEGER PRIMARY KEY,
  label_id INTEGER NOT NULL REFERENCES label (id),
  collection_id BLOB NOT NULL REFERENCES collection (id),
  added INTEGER NOT NULL,
  superseded INTEGER NOT NULL,
  type TEXT NOT NULL,
  stix_id TEXT NOT NULL,
  spec_version TEXT NOT NULL,
  version_key TEXT NOT NULL,
  version TEXT NOT NULL,
  raw BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX object_of_version ON object (label_id, collection_id, stix_id, version_key, spec_version);
CREATE INDEX object_added ON object (label_id, collection_id, added, type);
CREATE INDEX object_newest ON object (label_id, collection_id, added, type) WHERE superseded = 0;
-- Under which labels a collection has had objects, for readers.
CREATE TABLE collection_label (
  label_id INTEGER NOT NULL REFERENCES label (id),
  collection_id BLOB NOT NULL REFERENCES collection (id),
  PRIMARY KEY (label_id, collection_id)
) STRICT, WITHOUT ROWID;
-- Which objects were published for a release; an object deleted from its collection is gone from here too.
CREATE TABLE release_object (
  label_id INTEGER NOT NULL REFERENCES label (id),
  release_id BLOB NOT NULL REFERENCES release (id),
  object_sequence INTEGER NOT NULL,
  PRIMARY KEY (label_id, release_id, object_sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE taxii_status (
  owner_id BLOB NOT NULL CHECK (length(owner_id) = 16),
  id BLOB NOT NULL CHECK (length(id) = 16),
  json TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (owner_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_number (
  case_id BLOB PRIMARY KEY CHECK (length(case_id) = 16),
  number TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE case_file (
  sequence INTEGER PRIMARY KEY,
  label_id INTEGER NOT NULL REFERENCES label (id),
  id BLOB NOT NULL REFERENCES case_number (case_id),
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  score INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX case_file_of_id ON case_file (label_id, id);
CREATE INDEX case_file_of_label ON case_file (label_id, sequence);
CREATE TABLE case_key (
  label_id INTEGER NOT NULL REFERENCES label (id),
  key TEXT NOT NULL,
  case_id BLOB NOT NULL REFERENCES case_number (case_id),
  PRIMARY KEY (label_id, key, case_id)
) STRICT, WITHOUT ROWID;
-- Writer only: what has been collected already.
CREATE TABLE known_item (
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  version TEXT NOT NULL,
  PRIMARY KEY (source, external_id, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE source_item (
  sequence INTEGER PRIMARY KEY,
  label_id INTEGER NOT NULL REFERENCES label (id),
  id BLOB NOT NULL CHECK (length(id) = 16),
  case_id BLOB NOT NULL REFERENCES case_number (case_id),
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  version TEXT NOT NULL,
  format TEXT NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  url TEXT NOT NULL,
  published INTEGER,
  tlp TEXT NOT NULL,
  cves TEXT NOT NULL,
  products TEXT NOT NULL,
  check_text TEXT NOT NULL,
  mitigation TEXT NOT NULL,
  collected_at INTEGER NOT NULL,
  raw BLOB NOT NULL
) STRICT;
CREATE INDEX source_item_of_case ON source_item (label_id, case_id, source);
CREATE TABLE source_run (
  source TEXT PRIMARY KEY,
  last_run INTEGER NOT NULL,
  last_success INTEGER,
  items INTEGER NOT NULL,
  problems INTEGER NOT NULL,
  last_problem TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sighting (
  sequence INTEGER PRIMARY KEY,
  label_id INTEGER NOT NULL REFERENCES label (id),
  id BLOB NOT NULL CHECK (length(id) = 16),
  release_id BLOB NOT NULL REFERENCES release (id),
  indicator TEXT NOT NULL,
  org_id BLOB NOT NULL CHECK (length(org_id) = 16),
  person_id BLOB NOT NULL CHECK (length(person_id) = 16),
  count_bucket TEXT NOT NULL,
  day INTEGER NOT NULL,
  named INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX sighting_of_id ON sighting (label_id, id);
CREATE INDEX sighting_of_release ON sighting (label_id, release_id, indicator, org_id);
-- Sums over all organisations, for the community figure of a release that the reader may read.
CREATE TABLE sighting_sum (
  release_id BLOB NOT NULL REFERENCES release (id),
  indicator TEXT NOT NULL,
  org_id BLOB NOT NULL CHECK (length(org_id) = 16),
  reports INTEGER NOT NULL,
  PRIMARY KEY (release_id, indicator, org_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_entry (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  label_id INTEGER NOT NULL REFERENCES label (id),
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  version INTEGER NOT NULL,
  content_hash BLOB NOT NULL CHECK (length(content_hash) = 32),
  at INTEGER NOT NULL,
  salt BLOB NOT NULL,
  leaf_index INTEGER
) STRICT;
CREATE INDEX ledger_entry_of_subject ON ledger_entry (label_id, subject, version, kind);
-- Writer only: the queue of what is not in the tree yet, in the order of recording.
CREATE TABLE ledger_queue (position INTEGER PRIMARY KEY REFERENCES ledger_entry (position)) STRICT;
CREATE TABLE ledger_leaf (
  leaf_index INTEGER PRIMARY KEY,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TABLE ledger_checkpoint (size INTEGER PRIMARY KEY, checkpoint TEXT NOT NULL) STRICT;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  channel TEXT NOT NULL,
  recipient_id BLOB NOT NULL CHECK (length(recipient_id) = 16),
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  since INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  held_until INTEGER NOT NULL DEFAULT -9223372036854775808
) STRICT;
CREATE INDEX outbox_by_turn ON outbox (held_until, id);
CREATE TABLE notice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id BLOB NOT NULL CHECK (length(person_id) = 16),
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX notice_of_person ON notice (person_id, id);
)sql";

}  // namespace hinomi::store::sqlite
