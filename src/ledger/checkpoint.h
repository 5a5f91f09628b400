// A checkpoint: the log's signed statement of its size and root at one time. Members keep them and compare; a log that
// shows two histories, or takes a leaf back, is caught by a consistency proof between two checkpoints.
// Plain values and pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "ledger/merkle.h"

namespace hinomi {

struct Checkpoint {
  std::string origin;  // names the log: "isac.example/ledger"
  TreeHead head;
  Instant time;
  std::string key_id;
  Signature signature{};  // purpose "hinomi.checkpoint.v1"
  bool operator==(const Checkpoint&) const = default;
};

// What is stated, before it is signed. Size and root are those of the head.
struct TreeStatement {
  std::string origin;
  TreeHead head;
  Instant time;
};

// Invalid when the origin is not 1–200 visible ASCII characters or the tree is over 2^53 − 1 leaves.
Result<Checkpoint> sign_checkpoint(TreeStatement statement, const SigningKey& key);

// One JSON object, keys sorted, root and signature in lower-case hex; parse_checkpoint reads no other spelling.
std::string checkpoint_text(const Checkpoint& checkpoint);
Result<Checkpoint> parse_checkpoint(std::string_view json);
Result<Checkpoint> read_checkpoint(JsonView value, std::string pointer);

// Whose statements the caller trusts.
struct TrustedLog {
  std::string origin;
  PublicKey key{};
};
// Invalid: ledger.origin_wrong for another log's checkpoint, ledger.signature_wrong for one that the key did not sign.
Status verify_checkpoint(const Checkpoint& checkpoint, const TrustedLog& log);

struct CheckpointPair {
  Checkpoint older;
  Checkpoint newer;
};
// Both are the log's, the newer is not earlier in time, and `path` proves that it only added leaves.
Status verify_extension(const CheckpointPair& pair, const std::vector<TreeHash>& path, const TrustedLog& log);

}  // namespace hinomi
