// The last step of the road: what two people approved becomes a numbered, signed release with its threat objects,
// ledger entry, receipts asked for and event, in one transaction. Corrections and withdrawals take the same step.
#pragma once

#include "flow/caller.h"
#include "flow/repeat.h"
#include "policy/presence.h"
#include "store/records.h"

namespace hinomi::flow {

// The approval that completes two.
struct LastApproval {
  policy::Presence proof;
  std::optional<RepeatKey> repeat;
};
// `review` carries at least two different people's approvals of its revision; the caller is the one who completes them.
Result<Release> publish_review(const Platform& platform, const Caller& caller, const store::Review& review,
                               const LastApproval& last);

// Conflict "release.embargoed" for a correction of a release that waits for an instant: it would be signed for, and
// from then on measured against, readers that nobody agreed to.
Status check_not_waiting(const Release& release, store::ReviewPurpose purpose);

// By id or number; hidden and absent alike.
Result<Release> find_release(const Platform& platform, const Caller& caller, std::string_view id_or_number);

}  // namespace hinomi::flow
