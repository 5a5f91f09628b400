// Schema, step 0006: forms handed in to authorities, and the receipts for them. Times are microseconds since 1970 in
// UTC; bodies are sealed.
#pragma once

namespace hinomi::store::sqlite {

inline constexpr const char* kSchema0006 = R"sql(
CREATE TABLE submission (
  sequence INTEGER PRIMARY KEY,
  label_id INTEGER NOT NULL REFERENCES label (id),
  id BLOB NOT NULL CHECK (length(id) = 16),
  report_id BLOB NOT NULL REFERENCES report (id),
  report_version INTEGER NOT NULL,
  org_id BLOB NOT NULL CHECK (length(org_id) = 16),
  recorded_by BLOB NOT NULL CHECK (length(recorded_by) = 16),
  recorded_at INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX submission_of_report ON submission (label_id, report_id, sequence);
CREATE UNIQUE INDEX submission_of_id ON submission (label_id, id);
CREATE TABLE submission_receipt (
  sequence INTEGER PRIMARY KEY,
  label_id INTEGER NOT NULL,
  submission_id BLOB NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 16),
  recorded_by BLOB NOT NULL CHECK (length(recorded_by) = 16),
  recorded_at INTEGER NOT NULL,
  body BLOB NOT NULL,
  FOREIGN KEY (label_id, submission_id) REFERENCES submission (label_id, id)
) STRICT;
CREATE INDEX submission_receipt_of_submission ON submission_receipt (label_id, submission_id, sequence);
CREATE UNIQUE INDEX submission_receipt_of_id ON submission_receipt (label_id, id);
CREATE TRIGGER submission_is_not_changed BEFORE UPDATE ON submission
  BEGIN SELECT RAISE(ABORT, 'what was handed in is not changed'); END;
CREATE TRIGGER submission_is_not_removed BEFORE DELETE ON submission
  BEGIN SELECT RAISE(ABORT, 'what was handed in is not removed'); END;
CREATE TRIGGER submission_receipt_is_not_changed BEFORE UPDATE ON submission_receipt
  BEGIN SELECT RAISE(ABORT, 'a receipt is not changed'); END;
CREATE TRIGGER submission_receipt_is_not_removed BEFORE DELETE ON submission_receipt
  BEGIN SELECT RAISE(ABORT, 'a receipt is not removed'); END;
)sql";

}  // namespace hinomi::store::sqlite
