#include "flow/caller.h"

namespace hinomi::flow {

Result<Caller> caller_for(const Platform& platform, const PersonId& person) {
  return caller_for(platform, person, policy::all_scopes());
}

Result<Caller> caller_for(const Platform& platform, const PersonId& person, const policy::Scopes& scopes) {
  auto directory = platform.store.directory();
  TRY(policy::Principal principal, policy::principal_of(*directory, person));
  principal.scopes = scopes;
  const auto labels = platform.store.labels();
  return Caller{principal, policy::reach_of(principal, *labels), std::move(directory), {}};
}

Result<Caller> renewed(const Platform& platform, const Caller& earlier) {
  TRY(Caller caller, caller_for(platform, earlier.principal.person, earlier.principal.scopes));
  caller.session = earlier.session;
  caller.reach.continue_trail_of(earlier.reach);
  return caller;
}

}  // namespace hinomi::flow
