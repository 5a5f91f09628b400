// Schema, step 0010: pointers to what the platform must not hold, other readers for releases, and embargoes. Times are
// microseconds since 1970 in UTC; bodies are sealed.
#pragma once

namespace hinomi::store::sqlite {

inline constexpr const char* kSchema0010 = R"sql(
CREATE TABLE pointer (
  sequence INTEGER PRIMARY KEY,
  label_id INTEGER NOT NULL REFERENCES label (id),
  id BLOB NOT NULL CHECK (length(id) = 16),
  org_id BLOB NOT NULL CHECK (length(org_id) = 16),
  made_by BLOB NOT NULL CHECK (length(made_by) = 16),
  made_at INTEGER NOT NULL,
  ended_at INTEGER,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX pointer_of_label ON pointer (label_id, sequence);
CREATE UNIQUE INDEX pointer_of_id ON pointer (label_id, id);
CREATE TRIGGER pointer_only_ends BEFORE UPDATE OF sequence, label_id, id, org_id, made_by, made_at, body ON pointer
  BEGIN SELECT RAISE(ABORT, 'a pointer is not changed'); END;
CREATE TABLE relabelling (
  sequence INTEGER PRIMARY KEY,
  label_id INTEGER NOT NULL REFERENCES label (id),
  id BLOB NOT NULL CHECK (length(id) = 16),
  release_id BLOB NOT NULL REFERENCES release (id),
  proposed_by BLOB NOT NULL CHECK (length(proposed_by) = 16),
  proposed_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  decided_by BLOB CHECK (decided_by IS NULL OR length(decided_by) = 16),
  decided_at INTEGER,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX relabelling_of_release ON relabelling (label_id, release_id, sequence);
CREATE UNIQUE INDEX relabelling_of_id ON relabelling (label_id, id);
CREATE TRIGGER relabelling_is_only_decided
  BEFORE UPDATE OF sequence, label_id, id, release_id, proposed_by, proposed_at, body ON relabelling
  BEGIN SELECT RAISE(ABORT, 'a proposal is not changed'); END;
-- Writer and clock only: releases whose embargo has not been lifted yet.
CREATE TABLE embargo (
  release_id BLOB PRIMARY KEY REFERENCES release (id),
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX embargo_by_end ON embargo (until);
)sql";

}  // namespace hinomi::store::sqlite
