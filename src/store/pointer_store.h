// Pointers to what this platform must not hold. A pointer stands under a label of its own, as everything readable, and
// nothing of it is ever changed but that it ends. Part of the storage interface (store/store.h).
#pragma once

#include "model/pointer.h"
#include "policy/permit.h"
#include "policy/reading.h"
#include "store/records.h"

namespace hinomi::store {

class PointerStore {
 public:
  virtual ~PointerStore() = default;
  // Under pointer.label, which is the permit's.
  virtual Status add_pointer(const policy::Permit<policy::action::MakePointer>& permit, const Pointer& pointer,
                             const Alongside& with) = 0;
  // NotFound when there is none; Conflict "pointer.ended" when it has ended already.
  virtual Status end_pointer(const policy::Permit<policy::action::EndPointer>& permit, const Alongside& with) = 0;
  virtual Result<Pointer> pointer(const policy::Reach& reach, const PointerId& id) = 0;
  // Newest first, those that ended too.
  virtual Result<Listed<Pointer>> pointers(const policy::Reach& reach, const Page& page) = 0;
};

}  // namespace hinomi::store
