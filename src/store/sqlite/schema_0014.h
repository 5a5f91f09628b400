// Schema, step 0014: marks of reads as they were committed together, until they are put in their place in read_mark.
#pragma once

namespace hinomi::store::sqlite {

inline constexpr const char* kSchema0014 = R"sql(
CREATE TABLE read_batch (
  sequence INTEGER PRIMARY KEY,
  marks BLOB NOT NULL
) STRICT;
)sql";

}  // namespace hinomi::store::sqlite
