// Pointers to what this platform must not hold. A pointer stands under a label of its own, as everything readable, and
// nothing of it is ever changed but that it ends. Part of the storage interface (store/store.h).
#pragma once

#include <vector>

#include "model/pointer.h"
#include "policy/permit.h"
#include "policy/reading.h"
#include "store/records.h"

namespace hinomi::store {

// Of those that its maker reads: what they cannot read, they cannot notice by its number either.
inline constexpr std::size_t kMostOpenPointers = 1000;

// An open pointer by what is not its text.
struct StandingPointer {
  PointerId id;
  Instant made_at;
  Label label;
};

class PointerStore {
 public:
  virtual ~PointerStore() = default;
  // Under pointer.label, which is the permit's. `maker` is the reach of who makes it. TooLarge "pointer.too_many" where
  // its organisation has kMostOpenPointers open ones in that reach.
  virtual Status add_pointer(const policy::Permit<policy::action::MakePointer>& permit, const policy::Reach& maker,
                             const Pointer& pointer, const Alongside& with) = 0;
  // NotFound when there is none; Conflict "pointer.ended" when it has ended already.
  virtual Status end_pointer(const policy::Permit<policy::action::EndPointer>& permit, const Alongside& with) = 0;
  // The open ones of the permit's organisation, oldest first, whoever reads them.
  virtual Result<std::vector<StandingPointer>> standing_pointers(
      const policy::Permit<policy::action::SeeUnreadPointers>& permit) = 0;
  // As end_pointer(); NotFound too where it stands under another label than was weighed.
  virtual Status end_unread_pointer(const policy::Permit<policy::action::EndUnreadPointer>& permit,
                                    const Alongside& with) = 0;
  virtual Result<Pointer> pointer(const policy::Reach& reach, const PointerId& id) = 0;
  // Newest first, those that ended too.
  virtual Result<Listed<Pointer>> pointers(const policy::Reach& reach, const Page& page) = 0;
};

}  // namespace hinomi::store
