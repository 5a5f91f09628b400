// A permit comes from the rule of its action; it cannot be put together from a name.
// expect: calling a private constructor
#include "policy/permit.h"

namespace action = hinomi::policy::action;

hinomi::Result<hinomi::policy::Permit<action::Administer>> administer(const hinomi::policy::Principal& principal) {
#ifdef WRONG
  return hinomi::policy::Permit<action::Administer>(principal.person, principal.org, principal.epoch, {});
#else
  return hinomi::policy::permit<action::Administer>(principal, {});
#endif
}
