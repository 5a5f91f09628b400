// Leave to carry out a change of the directory asks for proof that the person is there.
// expect: static assertion failed|this act needs proof
#include "policy/permit.h"

namespace policy = hinomi::policy;
namespace action = hinomi::policy::action;

bool carry_out(const policy::Principal& principal, const action::CarryOutDirectoryChange::Subject& subject,
           const policy::Presence& proof) {
#ifdef WRONG
  static_cast<void>(proof);
  return policy::permit<action::CarryOutDirectoryChange>(principal, subject).ok();
#else
  return policy::permit<action::CarryOutDirectoryChange>(principal, subject, proof).ok();
#endif
}
