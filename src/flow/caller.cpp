#include "flow/caller.h"

#include <algorithm>
#include <span>

namespace hinomi::flow {

Result<Caller> caller_for(const Platform& platform, const PersonId& person) {
  return caller_for(platform, person, policy::all_scopes());
}

Result<Caller> caller_for(const Platform& platform, const PersonId& person, const policy::Scopes& scopes) {
  auto directory = platform.store.directory();
  TRY(policy::Principal principal, policy::principal_of(*directory, person));
  principal.scopes = scopes;
  // Counted before anything is read: what is taken away later is seen to be later.
  const std::size_t narrowings = platform.store.narrowings()->size();
  const auto labels = platform.store.labels();
  return Caller{principal, platform.reaches->reach_of(principal, *labels), std::move(directory), {}, narrowings};
}

namespace {

// A request that took something away itself has made its answer after that.
bool has_lost_something(const Platform& platform, const Caller& caller) {
  const auto narrowings = platform.store.narrowings();
  const auto later = std::span(*narrowings).subspan(std::min(caller.narrowings, narrowings->size()));
  return std::ranges::any_of(later, [&](const store::Narrowing& narrowing) {
    return caller.reach.covers(narrowing.from) && !caller.reach.trail().made_narrowing(narrowing.at);
  });
}

}  // namespace

Status still_entitled(const Platform& platform, const Caller& caller) {
  const auto session = platform.store.session(caller.session, platform.clock.now());
  if (!session.ok() && session.error().kind != ErrorKind::NotFound) return session.error();
  auto now = policy::principal_of(*platform.store.directory(), caller.principal.person);
  if (!session.ok() || !now.ok()) return forbidden("signin.needed", "Your session ended while this was answered.");
  now->epoch = caller.principal.epoch;    // others' rights may have changed
  now->scopes = caller.principal.scopes;  // of the session, which stays as it was made
  if (*now != caller.principal || has_lost_something(platform, caller))
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
