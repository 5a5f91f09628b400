// Schema, step 0002: who saw what. A mark belongs to its subject, not to a label: it is read by the owner of the
// subject only, who has proved to read that. Times are microseconds since 1970 in UTC; hour counts hours since then.
#pragma once

namespace hinomi::store::sqlite {

inline constexpr const char* kSchema0002 = R"sql(
CREATE TABLE read_mark (
  kind TEXT NOT NULL,
  subject BLOB NOT NULL CHECK (length(subject) = 16),
  version INTEGER NOT NULL,
  object_label_id INTEGER NOT NULL,
  first_object INTEGER NOT NULL,
  last_object INTEGER NOT NULL,
  person_id BLOB NOT NULL CHECK (length(person_id) = 16),
  hour INTEGER NOT NULL,
  org_id BLOB NOT NULL CHECK (length(org_id) = 16),
  first_at INTEGER NOT NULL,
  PRIMARY KEY (kind, subject, person_id, hour, version, object_label_id, first_object, last_object)
) STRICT, WITHOUT ROWID;
CREATE INDEX read_mark_by_hour ON read_mark (hour);
)sql";

}  // namespace hinomi::store::sqlite
