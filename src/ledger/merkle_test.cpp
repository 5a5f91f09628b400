#include "ledger/merkle.h"

#include <gmock/gmock.h>

#include <span>
#include <string>

namespace hinomi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::uint64_t kMostLeaves = 65;

// The eight inputs that Certificate Transparency implementations share, and the roots over the first n of them.
const std::vector<std::string> kInputs{
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> kRoots{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

MerkleTree tree_of_inputs(std::size_t count) {
  MerkleTree tree;
  for (std::size_t i = 0; i < count; ++i) tree.append(leaf_hash(*from_hex(kInputs[i])));
  return tree;
}

TreeHash numbered_leaf(std::uint64_t number) { return leaf_hash(as_bytes("leaf " + std::to_string(number))); }

std::vector<TreeHash> numbered_leaves(std::uint64_t count) {
  std::vector<TreeHash> leaves;
  for (std::uint64_t i = 0; i < count; ++i) leaves.push_back(numbered_leaf(i));
  return leaves;
}

MerkleTree numbered_tree(std::uint64_t count) {
  MerkleTree tree;
  for (const auto& leaf : numbered_leaves(count)) tree.append(leaf);
  return tree;
}

// MTH exactly as RFC 9162 §2.1.1 writes it down, to compare the incremental tree with.
TreeHash root_by_definition(std::span<const TreeHash> leaves) {
  if (leaves.empty()) return sha256(std::string_view());
  if (leaves.size() == 1) return leaves.front();
  std::size_t left = 1;
  while (left * 2 < leaves.size()) left *= 2;
  return node_hash(root_by_definition(leaves.first(left)), root_by_definition(leaves.subspan(left)));
}

std::vector<std::string> hex(const std::vector<TreeHash>& path) {
  std::vector<std::string> texts;
  for (const auto& hash : path) texts.push_back(to_hex(hash));
  return texts;
}

TEST(Merkle, HasTheRootsOfTheCommonVectors) {
  for (std::size_t count = 0; count < kRoots.size(); ++count) {
    EXPECT_EQ(to_hex(tree_of_inputs(count).head().root), kRoots[count]) << count;
    EXPECT_EQ(to_hex(tree_of_inputs(8).head_at(count)->root), kRoots[count]) << count;
  }
}

TEST(Merkle, GivesTheProofsOfTheCommonVectors) {
  const MerkleTree tree = tree_of_inputs(8);
  EXPECT_THAT(hex(tree.inclusion_proof(0, 8)->path),
              ElementsAre("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"));
  EXPECT_THAT(hex(*tree.consistency_proof(6)),
              ElementsAre("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
}

TEST(Merkle, AgreesWithTheDefinitionAtEverySize) {
  const auto leaves = numbered_leaves(kMostLeaves);
  const MerkleTree tree = numbered_tree(kMostLeaves);
  for (std::uint64_t size = 0; size <= kMostLeaves; ++size) {
    EXPECT_EQ(tree.head_at(size)->root, root_by_definition(std::span(leaves).first(size))) << size;
    EXPECT_EQ(numbered_tree(size).head(), *tree.head_at(size)) << size;
  }
}

TEST(Merkle, ProvesEveryLeafOfEverySizeAndNoOtherLeaf) {
  const MerkleTree tree = numbered_tree(kMostLeaves);
  for (std::uint64_t size = 1; size <= kMostLeaves; ++size) {
    const TreeHead head = *tree.head_at(size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const auto proof = tree.inclusion_proof(index, size);
      ASSERT_TRUE(proof.ok());
      EXPECT_TRUE(verify_inclusion(numbered_leaf(index), *proof, head).ok()) << index << " of " << size;
      EXPECT_FALSE(verify_inclusion(numbered_leaf(index + 1), *proof, head).ok()) << index << " of " << size;
    }
  }
}

TEST(Merkle, AnInclusionProofHoldsForItsOwnPlaceOnly) {
  const MerkleTree tree = numbered_tree(21);
  for (std::uint64_t index = 0; index < 21; ++index) {
    const auto proof = tree.inclusion_proof(index, 21);
    for (std::uint64_t claimed = 0; claimed < 30; ++claimed) {
      const InclusionProof moved{claimed, proof->path};
      EXPECT_EQ(verify_inclusion(numbered_leaf(index), moved, tree.head()).ok(), claimed == index) << claimed;
    }
  }
}

TEST(Merkle, ATamperedInclusionProofIsNoticed) {
  const MerkleTree tree = numbered_tree(21);
  for (std::uint64_t index = 0; index < 21; ++index) {
    const auto proof = *tree.inclusion_proof(index, 21);
    for (std::size_t i = 0; i < proof.path.size(); ++i) {
      InclusionProof tampered = proof;
      tampered.path[i][7] ^= 1;
      EXPECT_FALSE(verify_inclusion(numbered_leaf(index), tampered, tree.head()).ok());
      tampered = proof;
      tampered.path.erase(tampered.path.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_FALSE(verify_inclusion(numbered_leaf(index), tampered, tree.head()).ok());
    }
    InclusionProof longer = proof;
    longer.path.push_back(tree.head().root);
    EXPECT_FALSE(verify_inclusion(numbered_leaf(index), longer, tree.head()).ok());
  }
}

TEST(Merkle, AnInnerNodeIsNoLeaf) {
  const MerkleTree tree = numbered_tree(4);
  const TreeHash inner = node_hash(numbered_leaf(0), numbered_leaf(1));
  const TreeHash right = node_hash(numbered_leaf(2), numbered_leaf(3));
  EXPECT_TRUE(verify_inclusion(inner, {0, {right}}, {2, tree.head().root}).ok()) << "the hashes do fit";
  EXPECT_FALSE(verify_inclusion(inner, {0, {right}}, tree.head()).ok()) << "but not in a tree of four";
  std::string both = "\x01";
  both += as_text(numbered_leaf(0));
  both += as_text(numbered_leaf(1));
  EXPECT_NE(leaf_hash(as_bytes(both)), inner);
}

TEST(Merkle, EveryLaterTreeIsConsistentWithEveryEarlierOne) {
  const MerkleTree whole = numbered_tree(kMostLeaves);
  for (std::uint64_t newer = 0; newer <= kMostLeaves; ++newer) {
    const MerkleTree tree = numbered_tree(newer);
    for (std::uint64_t older = 0; older <= newer; ++older) {
      const auto path = tree.consistency_proof(older);
      ASSERT_TRUE(path.ok());
      EXPECT_TRUE(verify_consistency({*whole.head_at(older), tree.head()}, *path).ok()) << older << " to " << newer;
    }
  }
}

TEST(Merkle, ARewrittenHistoryIsNoticedAtEverySize) {
  for (std::uint64_t older = 1; older <= 33; ++older) {
    const TreeHead before = numbered_tree(older).head();
    for (std::uint64_t changed = 0; changed < older; ++changed) {
      MerkleTree rewritten;
      for (std::uint64_t i = 0; i < 33; ++i) rewritten.append(numbered_leaf(i == changed ? 1000 : i));
      const auto path = rewritten.consistency_proof(older);
      EXPECT_FALSE(verify_consistency({before, rewritten.head()}, *path).ok()) << changed << " in " << older;
    }
  }
}

TEST(Merkle, ATamperedConsistencyProofIsNoticed) {
  const MerkleTree tree = numbered_tree(33);
  for (std::uint64_t older = 1; older < 33; ++older) {
    const Growth growth{*tree.head_at(older), tree.head()};
    const auto path = *tree.consistency_proof(older);
    for (std::size_t i = 0; i < path.size(); ++i) {
      auto tampered = path;
      tampered[i][0] ^= 0x80;
      EXPECT_FALSE(verify_consistency(growth, tampered).ok()) << older;
    }
    auto longer = path;
    longer.push_back(tree.head().root);
    EXPECT_FALSE(verify_consistency(growth, longer).ok()) << older;
    EXPECT_FALSE(verify_consistency(growth, {}).ok()) << older;
  }
}

TEST(Merkle, AShrunkenOrForkedTreeIsNoticed) {
  const TreeHead eight = numbered_tree(8).head();
  const TreeHead seven = numbered_tree(7).head();
  EXPECT_EQ(verify_consistency({eight, seven}, {}).error().code, "ledger.tree_shrank");
  EXPECT_EQ(verify_consistency({eight, {8, seven.root}}, {}).error().code, "ledger.proof_invalid");
  EXPECT_FALSE(verify_consistency({{0, seven.root}, eight}, {}).ok());
  EXPECT_FALSE(verify_consistency({{}, {0, seven.root}}, {}).ok());
  EXPECT_TRUE(verify_consistency({{}, eight}, {}).ok());
}

TEST(Merkle, SaysWhenThereIsNoSuchLeafOrTree) {
  const MerkleTree tree = numbered_tree(5);
  EXPECT_EQ(tree.inclusion_proof(5, 5).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(tree.inclusion_proof(0, 6).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(tree.inclusion_proof(0, 0).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(tree.consistency_proof(6).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(tree.head_at(6).error().kind, ErrorKind::NotFound);
  EXPECT_THAT(MerkleTree().inclusion_proof(0, 1).ok(), false);
  EXPECT_THAT(*MerkleTree().consistency_proof(0), IsEmpty());
}

TEST(Merkle, ProofsGrowWithTheLogarithm) {
  MerkleTree tree;
  for (std::uint64_t i = 0; i < 5000; ++i) tree.append(numbered_leaf(i));
  EXPECT_LE(tree.inclusion_proof(1234, 5000)->path.size(), 13U);
  EXPECT_LE(tree.consistency_proof(1234)->size(), 14U);
}

}  // namespace
}  // namespace hinomi
