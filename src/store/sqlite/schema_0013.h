// Schema, step 0013: what people are still typing. `record` names the key of the text, because two people may draw the
// same id; when the row goes, the key goes with it.
#pragma once

namespace hinomi::store::sqlite {

inline constexpr const char* kSchema0013 = R"sql(
CREATE TABLE draft (
  person_id BLOB NOT NULL CHECK (length(person_id) = 16),
  id BLOB NOT NULL CHECK (length(id) = 16),
  record BLOB NOT NULL UNIQUE CHECK (length(record) = 16),
  revision INTEGER NOT NULL CHECK (revision > 0),
  editor TEXT NOT NULL,
  begun_at INTEGER NOT NULL,
  saved_at INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (person_id, id)
) STRICT;
CREATE INDEX draft_saved ON draft (saved_at);
CREATE TRIGGER draft_key_goes_with_it AFTER DELETE ON draft
BEGIN DELETE FROM record_key WHERE subject = old.record AND version = 1 AND kind = 'draft'; END;
CREATE TRIGGER drafts_stay_in_their_organisation AFTER UPDATE OF org_id ON person WHEN old.org_id <> new.org_id
BEGIN DELETE FROM draft WHERE person_id = new.id; END;
)sql";

}  // namespace hinomi::store::sqlite
