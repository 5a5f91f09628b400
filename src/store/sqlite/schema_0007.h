// Schema, step 0007: releases held while their originator's consent is taken back.
#pragma once

namespace hinomi::store::sqlite {

inline constexpr const char* kSchema0007 = R"sql(
-- Writer only. One row for each label under which versions of the release stood; they stand under held_label_id meanwhile.
CREATE TABLE consent_hold (
  release_id BLOB NOT NULL REFERENCES release (id),
  published_label_id INTEGER NOT NULL REFERENCES label (id),
  held_label_id INTEGER NOT NULL REFERENCES label (id),
  review_id BLOB NOT NULL CHECK (length(review_id) = 16),
  opened INTEGER NOT NULL,
  PRIMARY KEY (release_id, published_label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX release_object_of_object ON release_object (label_id, object_sequence);
CREATE INDEX review_urgent ON review (label_id, sequence)
  WHERE state = 'open' AND purpose = 'withdrawal' AND consent = 'refused';
)sql";

}  // namespace hinomi::store::sqlite
