#include "flow/retention.h"

#include <array>

namespace hinomi::flow {
namespace {

constexpr std::chrono::hours kBetweenRounds{1};
// Other writes wait for one of these, and a stopping server for a few.
constexpr std::size_t kAtOnce = 500;
constexpr int kTransactions = 20;

struct Term {
  store::Kept what;
  std::string_view name;
  std::chrono::days kept;
};

struct Forgotten {
  std::size_t count = 0;
  bool all = false;
};

Result<Forgotten> forget(const Platform& platform, const Term& term, Instant now) {
  Forgotten forgotten;
  for (int i = 0; i < kTransactions && !forgotten.all; ++i) {
    TRY(const std::size_t count, platform.store.forget(term.what, now - term.kept, kAtOnce));
    forgotten.count += count;
    forgotten.all = count < kAtOnce;
  }
  return forgotten;
}

}  // namespace

Status Forgetting::forget_if_due() {
  const Instant now = platform_.clock.now();
  // A clock that was set back does not stop the rounds.
  if (last_ && now >= *last_ && now < *last_ + kBetweenRounds) return {};
  const std::array terms{Term{store::Kept::RepeatKeys, "repeat_keys", retention_.repeat_keys},
                         Term{store::Kept::Statuses, "statuses", retention_.statuses},
                         Term{store::Kept::Notices, "notices", retention_.notices},
                         Term{store::Kept::Drafts, "drafts", retention_.drafts},
                         Term{store::Kept::Reads, "reads", retention_.reads}};
  bool all = true;
  for (const Term& term : terms) {
    TRY(const Forgotten forgotten, forget(platform_, term, now));
    if (forgotten.count > 0)
      platform_.log.info("forgotten", {{"what", std::string(term.name)}, {"count", std::to_string(forgotten.count)}});
    all = all && forgotten.all;
  }
  if (all) last_ = now;
  return {};
}

}  // namespace hinomi::flow
