// What is kept for a time only. Part of the storage interface (store/store.h says what all of it promises).
#pragma once

#include <cstddef>

#include "base/result.h"
#include "base/time.h"

namespace hinomi::store {

// RepeatKeys: what an Idempotency-Key was answered. Statuses: of TAXII posts. Reads: marks of who was given what.
// Drafts: by their last saving.
enum class Kept { RepeatKeys, Statuses, Notices, Reads, Drafts };

class RetentionStore {
 public:
  virtual ~RetentionStore() = default;
  // Removes at most `most` of them that are older than `before`, a mark of a read when the hour it stands for began
  // before that of `before`; the number removed. One transaction, so `most` bounds how long other writes wait.
  virtual Result<std::size_t> forget(Kept what, Instant before, std::size_t most) = 0;
};

}  // namespace hinomi::store
