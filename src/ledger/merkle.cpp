#include "ledger/merkle.h"

#include <algorithm>
#include <array>
#include <bit>
#include <span>

namespace hinomi {
namespace {

constexpr std::array<std::uint8_t, 1> kLeafPrefix{0x00};
constexpr std::array<std::uint8_t, 1> kNodePrefix{0x01};

// RFC 9162 §2.1.1: the left subtree is the largest full one that leaves something for the right.
std::uint64_t left_size(std::uint64_t size) { return std::bit_floor(size - 1); }

bool is_odd(std::uint64_t number) { return (number & 1) != 0; }

Error bad_proof() { return invalid("ledger.proof_invalid", "The proof does not lead to the root of the tree."); }

}  // namespace

TreeHash leaf_hash(ByteView leaf) {
  Sha256Stream stream;
  stream.update(kLeafPrefix);
  stream.update(leaf);
  return stream.finish();
}

TreeHash node_hash(const TreeHash& left, const TreeHash& right) {
  Sha256Stream stream;
  stream.update(kNodePrefix);
  stream.update(left);
  stream.update(right);
  return stream.finish();
}

TreeHash empty_root() { return sha256(ByteView{}); }

void MerkleTree::append(const TreeHash& leaf) {
  TreeHash full = leaf;
  for (std::size_t level = 0;; ++level) {
    if (level == levels_.size()) levels_.emplace_back();
    levels_[level].push_back(full);
    const std::size_t count = levels_[level].size();
    if (is_odd(count)) return;
    full = node_hash(levels_[level][count - 2], full);
  }
}

// `begin` is a multiple of every full subtree in the range, as in all ranges that RFC 9162 splits off.
TreeHash MerkleTree::range_root(std::uint64_t begin, std::uint64_t end) const {
  if (begin == end) return empty_root();
  std::vector<TreeHash> full_subtrees;
  while (begin < end) {
    const auto size = std::bit_floor(end - begin);
    const auto level = static_cast<std::size_t>(std::countr_zero(size));
    full_subtrees.push_back(levels_[level][begin >> level]);
    begin += size;
  }
  TreeHash root = full_subtrees.back();
  for (auto left = full_subtrees.rbegin() + 1; left != full_subtrees.rend(); ++left) root = node_hash(*left, root);
  return root;
}

TreeHead MerkleTree::head() const { return {size(), range_root(0, size())}; }

Result<TreeHead> MerkleTree::head_at(std::uint64_t size_then) const {
  if (size_then > size()) return not_found();
  return TreeHead{size_then, range_root(0, size_then)};
}

Result<InclusionProof> MerkleTree::inclusion_proof(std::uint64_t leaf_index, std::uint64_t tree_size) const {
  if (tree_size > size() || leaf_index >= tree_size) return not_found();
  InclusionProof proof{leaf_index, {}};
  std::uint64_t begin = 0;
  std::uint64_t end = tree_size;
  while (end - begin > 1) {
    const std::uint64_t middle = begin + left_size(end - begin);
    const bool is_left = leaf_index < middle;
    proof.path.push_back(is_left ? range_root(middle, end) : range_root(begin, middle));
    (is_left ? end : begin) = middle;
  }
  std::reverse(proof.path.begin(), proof.path.end());
  return proof;
}

Result<std::vector<TreeHash>> MerkleTree::consistency_proof(std::uint64_t older_size) const {
  if (older_size > size()) return not_found();
  std::vector<TreeHash> path;
  if (older_size == 0 || older_size == size()) return path;
  std::uint64_t begin = 0;
  std::uint64_t end = size();
  while (older_size != end) {
    const std::uint64_t middle = begin + left_size(end - begin);
    const bool is_left = older_size <= middle;
    path.push_back(is_left ? range_root(middle, end) : range_root(begin, middle));
    (is_left ? end : begin) = middle;
  }
  // The older root itself is known to the verifier; a part of it is not.
  if (begin != 0) path.push_back(range_root(begin, end));
  std::reverse(path.begin(), path.end());
  return path;
}

Status verify_inclusion(const TreeHash& leaf, const InclusionProof& proof, const TreeHead& head) {
  if (proof.leaf_index >= head.size) return bad_proof();
  std::uint64_t node = proof.leaf_index;
  std::uint64_t last = head.size - 1;
  TreeHash root = leaf;
  for (const auto& sibling : proof.path) {
    if (last == 0) return bad_proof();
    if (is_odd(node) || node == last) {
      root = node_hash(sibling, root);
      // The rightmost node rises without a sibling until it is a right child.
      while (!is_odd(node) && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      root = node_hash(root, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0 || root != head.root) return bad_proof();
  return {};
}

namespace {

// The loop of §2.1.4.2 from step 3 on; `path` begins with a root of a subtree that both trees hold.
Status verify_common_path(const Growth& growth, std::span<const TreeHash> path) {
  std::uint64_t node = growth.older.size - 1;
  std::uint64_t last = growth.newer.size - 1;
  const int shared = std::countr_one(node);
  node >>= shared;
  last >>= shared;
  TreeHash older = path.front();
  TreeHash newer = path.front();
  for (const auto& hash : path.subspan(1)) {
    if (last == 0) return bad_proof();
    if (is_odd(node) || node == last) {
      older = node_hash(hash, older);
      newer = node_hash(hash, newer);
      while (!is_odd(node) && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      newer = node_hash(newer, hash);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0 || older != growth.older.root || newer != growth.newer.root) return bad_proof();
  return {};
}

}  // namespace

Status verify_consistency(const Growth& growth, const std::vector<TreeHash>& path) {
  const auto& [older, newer] = growth;
  if (older.size > newer.size) return invalid("ledger.tree_shrank", "The newer tree has fewer leaves than the older.");
  if (older.size == newer.size || older.size == 0) {
    const bool same = older.size == 0 ? older.root == empty_root() : older.root == newer.root;
    const bool newer_is_sound = newer.size != 0 || newer.root == empty_root();
    if (!path.empty() || !same || !newer_is_sound) return bad_proof();
    return {};
  }
  if (path.empty()) return bad_proof();
  if (!std::has_single_bit(older.size)) return verify_common_path(growth, path);
  std::vector<TreeHash> from_older{older.root};
  from_older.insert(from_older.end(), path.begin(), path.end());
  return verify_common_path(growth, from_older);
}

}  // namespace hinomi
