// Schema, step 0015: reports without a name. No row here names an address, a browser or an account of who sent it; its
// own times are kept to the hour, and `sequence` counts unnamed reports only. Bodies are sealed, who the reporter is
// under a key of its own and present for every report.
#pragma once

namespace hinomi::store::sqlite {

inline constexpr const char* kSchema0015 = R"sql(
CREATE TABLE unnamed_report (
  sequence INTEGER PRIMARY KEY,
  label_id INTEGER NOT NULL REFERENCES label (id),
  id BLOB NOT NULL CHECK (length(id) = 16),
  received_at INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX unnamed_of_label ON unnamed_report (label_id, sequence);
CREATE UNIQUE INDEX unnamed_of_id ON unnamed_report (label_id, id);
CREATE TRIGGER unnamed_is_not_changed BEFORE UPDATE ON unnamed_report
  BEGIN SELECT RAISE(ABORT, 'what was told is not changed'); END;
-- What the door and the writers find a report by, and how it stands. Its readers come by the label above.
CREATE TABLE unnamed_standing (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  sequence INTEGER NOT NULL REFERENCES unnamed_report (sequence),
  code BLOB NOT NULL UNIQUE CHECK (length(code) = 32),
  form BLOB NOT NULL UNIQUE CHECK (length(form) = 32),
  waits INTEGER NOT NULL CHECK (waits IN (0, 1)),
  closed_at INTEGER,
  report_id BLOB CHECK (report_id IS NULL OR length(report_id) = 16)
) STRICT, WITHOUT ROWID;
CREATE INDEX unnamed_that_waits ON unnamed_standing (waits) WHERE waits = 1;
CREATE INDEX unnamed_closed ON unnamed_standing (closed_at) WHERE closed_at IS NOT NULL;
CREATE TRIGGER unnamed_code_is_not_changed BEFORE UPDATE OF id, sequence, code, form ON unnamed_standing
  BEGIN SELECT RAISE(ABORT, 'a code stays the code of its report'); END;
CREATE TABLE unnamed_identity (
  unnamed_id BLOB PRIMARY KEY REFERENCES unnamed_standing (id),
  body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE unnamed_talk (
  unnamed_id BLOB NOT NULL REFERENCES unnamed_standing (id),
  number INTEGER NOT NULL,
  side TEXT NOT NULL,
  by_id BLOB CHECK (by_id IS NULL OR length(by_id) = 16),
  at INTEGER NOT NULL,
  form BLOB CHECK (form IS NULL OR length(form) = 32),
  body BLOB NOT NULL,
  PRIMARY KEY (unnamed_id, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX unnamed_talk_of_form ON unnamed_talk (unnamed_id, form) WHERE form IS NOT NULL;
CREATE TABLE unnamed_opening (
  unnamed_id BLOB NOT NULL REFERENCES unnamed_standing (id),
  number INTEGER NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 16),
  proposed_by BLOB NOT NULL CHECK (length(proposed_by) = 16),
  proposed_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  decided_by BLOB CHECK (decided_by IS NULL OR length(decided_by) = 16),
  decided_at INTEGER,
  body BLOB NOT NULL,
  PRIMARY KEY (unnamed_id, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER unnamed_opening_is_only_decided
  BEFORE UPDATE OF unnamed_id, number, id, proposed_by, proposed_at, body ON unnamed_opening
  BEGIN SELECT RAISE(ABORT, 'a request is not changed'); END;
)sql";

}  // namespace hinomi::store::sqlite
