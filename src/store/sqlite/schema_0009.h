// Schema, step 0009: keys are found by their record first. Every comparison on the way to a key then ends at its first
// bytes, so that opening a body costs less, and depends less on how many others there are.
#pragma once

namespace hinomi::store::sqlite {

inline constexpr const char* kSchema0009 = R"sql(
CREATE TABLE key_of_record (
  kind TEXT NOT NULL,
  subject BLOB NOT NULL CHECK (length(subject) = 16),
  version INTEGER NOT NULL,
  key BLOB NOT NULL CHECK (length(key) = 32),
  PRIMARY KEY (subject, version, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO key_of_record (kind, subject, version, key) SELECT kind, subject, version, key FROM record_key;
DROP TABLE record_key;
ALTER TABLE key_of_record RENAME TO record_key;
)sql";

}  // namespace hinomi::store::sqlite
