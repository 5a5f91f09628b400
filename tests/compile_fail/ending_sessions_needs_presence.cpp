// Leave to end sessions asks for proof that the person is there.
// expect: static assertion failed|this act needs proof
#include "policy/permit.h"

namespace policy = hinomi::policy;
namespace action = hinomi::policy::action;

bool end(const policy::Principal& principal, const action::EndSessions::Subject& subject,
         const policy::Presence& proof) {
#ifdef WRONG
  static_cast<void>(proof);
  return policy::permit<action::EndSessions>(principal, subject).ok();
#else
  return policy::permit<action::EndSessions>(principal, subject, proof).ok();
#endif
}
