// How long what nobody needs for ever is kept (docs/guides/retention.md), and the round that forgets it.
#pragma once

#include <chrono>
#include <optional>

#include "flow/platform.h"

namespace hinomi::flow {

struct Retention {
  std::chrono::days repeat_keys{7};  // a write repeated later with the same Idempotency-Key is a new one
  std::chrono::days statuses{30};    // of TAXII posts
  std::chrono::days notices{365};
  std::chrono::days drafts{30};      // after the last saving
  std::chrono::days reads{5 * 365};  // who has seen what; taking consent back reads it
};

// One round an hour by the platform's clock. One thread only; the platform must outlive it.
class Forgetting {
 public:
  Forgetting(const Platform& platform, const Retention& retention) : platform_(platform), retention_(retention) {}
  // Forgets what is older than its time, a bounded part of it at once; what is left is due at the next call. Nothing
  // while the last whole round is less than an hour ago.
  Status forget_if_due();

 private:
  const Platform& platform_;
  const Retention retention_;
  std::optional<Instant> last_;  // whole round
};

}  // namespace hinomi::flow
