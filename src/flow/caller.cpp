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

Status still_entitled(const Platform& platform, const Caller& caller) {
  const auto session = platform.store.session(caller.session, platform.clock.now());
  if (!session.ok() && session.error().kind != ErrorKind::NotFound) return session.error();
  auto now = policy::principal_of(*platform.store.directory(), caller.principal.person);
  if (!session.ok() || !now.ok()) return forbidden("signin.needed", "Your session ended while this was answered.");
  now->epoch = caller.principal.epoch;    // others' rights may have changed
  now->scopes = caller.principal.scopes;  // of the session, which stays as it was made
  if (*now != caller.principal)
    return unavailable("rights.changed", "Your rights changed while this was answered. Look again.");
  return {};
}

Result<Caller> renewed(const Platform& platform, const Caller& earlier) {
  TRY(Caller caller, caller_for(platform, earlier.principal.person, earlier.principal.scopes));
  caller.session = earlier.session;
  caller.reach.continue_trail_of(earlier.reach);
  return caller;
}

}  // namespace hinomi::flow
