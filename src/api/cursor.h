// Opaque positions in lists. A sequence number would tell how much happens that the reader may not see, so it travels
// encrypted, bound to the reader and to the list it came from; the same position gives the same text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "model/ids.h"
#include "store/records.h"

namespace hinomi::api {

struct CursorScope {
  PersonId person;
  std::string_view list;  // "reports", or "taxii:" + collection id
};

std::string make_cursor(const Secret<Bytes>& key, const CursorScope& scope, std::int64_t position);
// Invalid "cursor.malformed" for anything that make_cursor did not give for this very scope.
Result<std::int64_t> read_cursor(const Secret<Bytes>& key, const CursorScope& scope, std::string_view text);

// The same for lists in the order in which their rows became visible to the reader.
std::string make_position_cursor(const Secret<Bytes>& key, const CursorScope& scope, const store::Position& position);
Result<store::Position> read_position_cursor(const Secret<Bytes>& key, const CursorScope& scope, std::string_view text);

}  // namespace hinomi::api
