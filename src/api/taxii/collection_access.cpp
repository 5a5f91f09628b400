#include "api/taxii/collection_access.h"

#include "policy/permit.h"
#include "policy/reading.h"

namespace hinomi::api {

Result<std::vector<CollectionAccess>> visible_collections(const Api& api, const flow::Caller& caller) {
  TRY(auto collections, api.platform().store.collections());
  std::vector<CollectionAccess> visible;
  for (store::Collection& collection : collections) {
    const bool can_read = policy::may_read(caller.principal, collection.readers);
    const bool can_write =
        policy::permit<policy::action::WriteCollection>(caller.principal, {collection.id, collection.writers}).ok();
    if (can_read || can_write) visible.push_back({std::move(collection), can_read, can_write});
  }
  return visible;
}

Result<CollectionAccess> find_collection(const Api& api, const flow::Caller& caller, std::string_view id_or_alias) {
  TRY(auto visible, visible_collections(api, caller));
  for (CollectionAccess& access : visible) {
    if (access.collection.id.text() == id_or_alias || access.collection.alias == id_or_alias) return std::move(access);
  }
  return not_found();
}

Status require_read(const CollectionAccess& access) {
  if (access.can_read) return {};
  return forbidden("taxii.unreadable", "You may add to this collection but not read it.");
}

}  // namespace hinomi::api
