// Schema, step 0012: the open pointers of an organisation, to count them and to find those that nobody there reads.
#pragma once

namespace hinomi::store::sqlite {

inline constexpr const char* kSchema0012 = R"sql(
CREATE INDEX open_pointer_of_org ON pointer (org_id, label_id, sequence) WHERE ended_at IS NULL;
)sql";

}  // namespace hinomi::store::sqlite
