// Leave to bring a change of the directory forward asks for proof that the person is there.
// expect: static assertion failed|this act needs proof
#include "policy/permit.h"

namespace policy = hinomi::policy;
namespace action = hinomi::policy::action;

bool propose(const policy::Principal& principal, const action::ProposeDirectoryChange::Subject& subject,
             const policy::Presence& proof) {
#ifdef WRONG
  static_cast<void>(proof);
  return policy::permit<action::ProposeDirectoryChange>(principal, subject).ok();
#else
  return policy::permit<action::ProposeDirectoryChange>(principal, subject, proof).ok();
#endif
}
