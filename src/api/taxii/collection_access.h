// Which collections a caller sees, and what it may do in each. Decided by policy over the collection's two labels.
#pragma once

#include <string_view>
#include <vector>

#include "api/api.h"

namespace hinomi::api {

struct CollectionAccess {
  store::Collection collection;
  bool can_read = false;
  bool can_write = false;
};

// Those the caller may read or write, in the store's stable order.
std::vector<CollectionAccess> visible_collections(const Api& api, const flow::Caller& caller);
// By id or alias. NotFound for one that is hidden and for one that does not exist, alike.
Result<CollectionAccess> find_collection(const Api& api, const flow::Caller& caller, std::string_view id_or_alias);
// Forbidden when the collection is listed for the caller but not readable (TAXII 2.1 §5.4).
Status require_read(const CollectionAccess& access);

}  // namespace hinomi::api
