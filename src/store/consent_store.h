// The originator's consent after publication: taken back, the release goes to nobody new until it is decided. Part of
// the storage interface (store/store.h says what all of it promises).
#pragma once

#include <memory>
#include <vector>

#include "policy/permit.h"
#include "policy/reading.h"
#include "store/records.h"

namespace hinomi::store {

using policy::Permit;
using policy::Reach;
namespace action = policy::action;

// What taking back did. Nothing when it was taken back before, or nothing is published any more.
struct ConsentTakenBack {
  bool is_news = false;
  std::optional<ReviewId> to_decide;  // the withdrawal that is open now
  Sequence at = 0;                    // of what readers lost; 0: nothing
};

class ConsentStore {
 public:
  virtual ~ConsentStore() = default;
  // The permit's review is a published one. In one transaction: its consent and that of every open review of the
  // report becomes Refused; the release stands under policy::held_label of the reporter and the organisations that
  // were given it; `withdrawal` is opened beside it, or the one that is open already becomes the one to decide; `tell`
  // hear of it. Conflict "review.not_published", "review.moved_on".
  struct TakeBack {
    Review withdrawal;
    std::vector<PersonId> tell;
  };
  virtual Result<ConsentTakenBack> take_consent_back(const Permit<action::ConsentToRelease>& permit,
                                                     const TakeBack& what, const Alongside& with) = 0;
  // The reverse, while the release is held: it stands under its own label again, as a gain for whoever could not read
  // it meanwhile, and the withdrawal that was opened for it is abandoned. Conflict "release.not_held".
  virtual Status give_consent_again(const Permit<action::ConsentToRelease>& permit, const Alongside& with) = 0;
  // Open withdrawals whose originator has taken its consent back, newest first.
  virtual Result<std::vector<Review>> urgent_reviews(const Reach& reach) = 0;

  // What was taken away from readers since the start, in order: a snapshot, cheap, no query. An answer that was made
  // with one of these labels before must not leave (flow/caller.h).
  [[nodiscard]] virtual std::shared_ptr<const std::vector<Narrowing>> narrowings() const = 0;
};

}  // namespace hinomi::store
