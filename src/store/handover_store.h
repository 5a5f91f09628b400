// Who keeps the watch of an organisation, and since when. Rows are added and never changed. Nothing here is labelled
// content: of what was handed over only the hash is kept.
#pragma once

#include <optional>

#include "base/crypto.h"
#include "base/time.h"
#include "model/ids.h"
#include "model/label.h"
#include "policy/permit.h"
#include "store/records.h"

namespace hinomi::store {

struct Handover {
  OrgId org;
  PersonId taken_by;
  Instant taken_at;
  Sha256 memo{};  // of the memo that was read and taken over (flow/handover.h)
  bool operator==(const Handover&) const = default;
};

class HandoverStore {
 public:
  virtual ~HandoverStore() = default;
  // Adds the newest; `label` is that of its ledger entry. Conflict "handover.taken" unless `before` is the newest so
  // far: two people never take the same watch from one another.
  virtual Status take_over(const policy::Permit<policy::action::TakeOver>& permit, const Handover& handover,
                           const std::optional<Handover>& before, const Label& label, const Alongside& with) = 0;
  // The newest of this organisation; nothing when nobody has taken its watch yet.
  virtual Result<std::optional<Handover>> watch_of(const OrgId& org) = 0;
};

}  // namespace hinomi::store
