// The Merkle tree of RFC 9162 §2.1 over SHA-256: an append-only log whose root commits to every leaf and their order.
// MerkleTree keeps the hash of every full subtree (64 bytes a leaf); whoever stores the leaf hashes hands them all over
// at start. One writer at a time; the free functions are pure.
#pragma once

#include <cstdint>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"

namespace hinomi {

using TreeHash = Sha256;

TreeHash leaf_hash(ByteView leaf);                                // SHA-256(0x00 ‖ leaf)
TreeHash node_hash(const TreeHash& left, const TreeHash& right);  // SHA-256(0x01 ‖ left ‖ right)
TreeHash empty_root();                                            // SHA-256 of nothing

// A tree at one moment.
struct TreeHead {
  std::uint64_t size = 0;
  TreeHash root = empty_root();
  bool operator==(const TreeHead&) const = default;
};

// The siblings on the way from a leaf to the root, from the bottom up.
struct InclusionProof {
  std::uint64_t leaf_index = 0;
  std::vector<TreeHash> path;
  bool operator==(const InclusionProof&) const = default;
};

// Two heads of which the newer shall only have added leaves to the older.
struct Growth {
  TreeHead older;
  TreeHead newer;
};

class MerkleTree {
 public:
  void append(const TreeHash& leaf);
  [[nodiscard]] std::uint64_t size() const { return levels_.empty() ? 0 : levels_.front().size(); }
  [[nodiscard]] TreeHead head() const;
  // The head as it was with `size` leaves. NotFound when the tree is smaller.
  [[nodiscard]] Result<TreeHead> head_at(std::uint64_t size) const;
  // That the leaf stands in the tree of `tree_size` leaves (§2.1.3.1). NotFound for a leaf or tree that is not there.
  [[nodiscard]] Result<InclusionProof> inclusion_proof(std::uint64_t leaf_index, std::uint64_t tree_size) const;
  // That the tree of now begins with the tree of `older_size` leaves (§2.1.4.1); empty for none and for all of them.
  [[nodiscard]] Result<std::vector<TreeHash>> consistency_proof(std::uint64_t older_size) const;

 private:
  [[nodiscard]] TreeHash range_root(std::uint64_t begin, std::uint64_t end) const;
  // levels_[k][i] is the root over the leaves [i·2^k, (i+1)·2^k).
  std::vector<std::vector<TreeHash>> levels_;
};

// §2.1.3.2 and §2.1.4.2. Invalid (ledger.proof_invalid) unless the proof is exactly right.
Status verify_inclusion(const TreeHash& leaf, const InclusionProof& proof, const TreeHead& head);
Status verify_consistency(const Growth& growth, const std::vector<TreeHash>& path);

}  // namespace hinomi
