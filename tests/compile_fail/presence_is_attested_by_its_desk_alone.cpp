// A proof of presence is made where a factor was verified, and nowhere else.
// expect: private|protected|inaccessible|calling a private constructor
#include "policy/presence.h"

namespace policy = hinomi::policy;

policy::Presence invented(const policy::Presence& proven) {
#ifdef WRONG
  return policy::Presence(proven.person(), "review.approve");
#else
  return proven;
#endif
}
