// Schema, step 0005: identities at OpenID providers. Times are microseconds since 1970 in UTC.
#pragma once

namespace hinomi::store::sqlite {

inline constexpr const char* kSchema0005 = R"sql(
CREATE TABLE provider_binding (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  person_id BLOB NOT NULL REFERENCES person (id),
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  bound_at INTEGER NOT NULL,
  UNIQUE (issuer, subject)
) STRICT;
CREATE INDEX provider_binding_of_person ON provider_binding (person_id, bound_at);
)sql";

}  // namespace hinomi::store::sqlite
