// Schema, step 0008: what is kept for a time only is found by its age.
#pragma once

namespace hinomi::store::sqlite {

inline constexpr const char* kSchema0008 = R"sql(
CREATE INDEX idempotency_by_age ON idempotency (at);
CREATE INDEX taxii_status_by_age ON taxii_status (at);
CREATE INDEX notice_by_age ON notice (at);
)sql";

}  // namespace hinomi::store::sqlite
