// Schema, step 0011: who keeps the watch of an organisation.
#pragma once

namespace hinomi::store::sqlite {

inline constexpr const char* kSchema0011 = R"sql(
CREATE TABLE handover (
  sequence INTEGER PRIMARY KEY,
  org_id BLOB NOT NULL CHECK (length(org_id) = 16),
  taken_by BLOB NOT NULL CHECK (length(taken_by) = 16),
  taken_at INTEGER NOT NULL,
  memo BLOB NOT NULL CHECK (length(memo) = 32)
) STRICT;
CREATE INDEX handover_of_org ON handover (org_id, sequence);
CREATE TRIGGER handover_is_not_changed BEFORE UPDATE ON handover
BEGIN SELECT RAISE(ABORT, 'a handover is not changed'); END;
CREATE TRIGGER handover_is_not_removed BEFORE DELETE ON handover
BEGIN SELECT RAISE(ABORT, 'a handover is not removed'); END;
)sql";

}  // namespace hinomi::store::sqlite
