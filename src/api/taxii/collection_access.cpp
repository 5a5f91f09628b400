#include "api/taxii/collection_access.h"

#include <algorithm>

#include "policy/permit.h"
#include "policy/reading.h"

namespace hinomi::api {

namespace {

struct Rights {
  bool can_read = false;
  bool can_write = false;
};

Rights rights_in(const store::Collection& collection, const flow::Caller& caller) {
  return {policy::may_read(caller.principal, collection.readers),
          policy::permit<policy::action::WriteCollection>(caller.principal, {collection.id, collection.writers}).ok()};
}

}  // namespace

std::vector<CollectionAccess> visible_collections(const Api& api, const flow::Caller& caller) {
  std::vector<CollectionAccess> visible;
  for (const store::Collection& collection : *api.platform().store.collections()) {
    const auto [can_read, can_write] = rights_in(collection, caller);
    if (can_read || can_write) visible.push_back({collection, can_read, can_write});
  }
  return visible;
}

Result<CollectionAccess> find_collection(const Api& api, const flow::Caller& caller, std::string_view id_or_alias) {
  const auto all = api.platform().store.collections();
  const auto id = CollectionId::parse(id_or_alias);
  const auto found = std::ranges::find_if(*all, [&](const store::Collection& collection) {
    return (id.ok() && collection.id == *id) || collection.alias == id_or_alias;
  });
  if (all->empty()) return not_found();
  // Policy is asked about one collection whether there is such a one or not: absent costs what hidden costs.
  const store::Collection& asked = found == all->end() ? all->front() : *found;
  const auto [can_read, can_write] = rights_in(asked, caller);
  if (found != all->end() && (can_read || can_write)) return CollectionAccess{*found, can_read, can_write};
  return not_found();
}

Status require_read(const CollectionAccess& access) {
  if (access.can_read) return {};
  return forbidden("taxii.unreadable", "You may add to this collection but not read it.");
}

}  // namespace hinomi::api
