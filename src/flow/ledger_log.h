// The platform's Merkle log: seals what transactions recorded into the tree, in padded batches so that its growth tells
// nothing, and proves to those who may read a thing that it stands there. Owns the tree; safe on any thread.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "base/crypto.h"
#include "flow/caller.h"
#include "ledger/checkpoint.h"
#include "ledger/merkle.h"
#include "ledger/receipt.h"
#include "store/store.h"

namespace hinomi::flow {

inline constexpr std::string_view kLogOrigin = "hinomi/ledger";
inline constexpr std::size_t kLeafBatch = 16;

class LedgerLog {
 public:
  // Builds the tree from the sealed leaves. Internal when the newest checkpoint does not match them: the history was
  // altered.
  static Result<std::unique_ptr<LedgerLog>> open(store::LedgerStore& store, const SigningKey& key);

  // Seals what is waiting; returns how many entries. Several callers take turns.
  Result<std::size_t> seal(const Platform& platform);
  // The newest signed tree head as JSON. NotFound before the first batch.
  Result<std::string> checkpoint(const Platform& platform);
  // Proof for one version of a thing the caller may read; Unavailable "ledger.not_sealed" for the moment until it is
  // sealed.
  Result<Receipt> receipt(const Platform& platform, const Caller& caller, const Release& release);

 private:
  LedgerLog() = default;
  std::mutex mutex_;
  MerkleTree tree_;
};

}  // namespace hinomi::flow
