// Leave to approve is not leave to publish.
// expect: no viable conversion|no matching (member )?function|reference to type
#include "store/store.h"

namespace action = hinomi::policy::action;

hinomi::Status approve(hinomi::store::Store& store, const hinomi::policy::Permit<action::EditReview>& edit,
                       const hinomi::policy::Permit<action::ApproveRelease>& approval,
                       const hinomi::store::Alongside& with) {
#ifdef WRONG
  static_cast<void>(approval);
  return store.approve_review(edit, with);
#else
  static_cast<void>(edit);
  return store.approve_review(approval, with);
#endif
}
