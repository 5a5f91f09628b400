// Other readers for a release, by two people of the desk. Part of the storage interface (store/store.h).
#pragma once

#include <vector>

#include "model/relabelling.h"
#include "policy/permit.h"
#include "policy/reading.h"
#include "store/records.h"

namespace hinomi::store {

class RelabellingStore {
 public:
  virtual ~RelabellingStore() = default;
  // Keeps the proposal under `label`: of those of the desk who read the release. Conflict "relabelling.moved_on" when
  // the release does not stand under relabelling.from, "release.held", "release.withdrawn".
  virtual Status propose_relabelling(const policy::Permit<policy::action::ProposeRelabelling>& permit,
                                     const Relabelling& relabelling, const Label& label, const Alongside& with) = 0;
  // In one transaction: the release with its objects, indicators and ledger entries stands under the new label, as a
  // gain for whoever could not read it; what readers lost is a Narrowing (store.narrowings()); an embargo is noted for
  // carry_out_due(). The sequence of that narrowing. Conflict as above, and "relabelling.closed".
  virtual Result<Sequence> carry_out_relabelling(const policy::Permit<policy::action::AgreeToRelabelling>& permit,
                                                 const Alongside& with) = 0;
  virtual Status reject_relabelling(const policy::Permit<policy::action::RejectRelabelling>& permit,
                                    const Alongside& with) = 0;
  // Of one release, newest first, at most 200.
  virtual Result<std::vector<Relabelling>> relabellings_of(const policy::Reach& reach, const ReleaseId& release) = 0;
};

}  // namespace hinomi::store
