#include "ledger/checkpoint.h"

#include <gmock/gmock.h>

#include <functional>

#include "ledger/receipt.h"

namespace hinomi {
namespace {

const Instant kTime = *parse_rfc3339("2026-11-23T03:00:00Z");
constexpr std::string_view kOrigin = "isac.example/ledger";

SigningKey key_of(std::uint64_t seed) {
  SeededRandom random(seed);
  return SigningKey::generate(random);
}

TrustedLog trusted() { return {std::string(kOrigin), key_of(1).public_key()}; }

LedgerRecord a_record(std::uint32_t version) {
  Uuid subject{};
  subject.fill(7);
  return {RecordKind::Release, subject, version, sha256(std::string_view("the text")), kTime};
}

LeafSalt salt_of(std::uint8_t byte) {
  LeafSalt salt{};
  salt.fill(byte);
  return salt;
}

MerkleTree tree_of(std::uint32_t leaves) {
  MerkleTree tree;
  for (std::uint32_t i = 0; i < leaves; ++i)
    tree.append(record_leaf(a_record(i), salt_of(static_cast<std::uint8_t>(i))));
  return tree;
}

Checkpoint a_checkpoint(std::uint32_t leaves = 5, Instant time = kTime) {
  const auto checkpoint = sign_checkpoint({std::string(kOrigin), tree_of(leaves).head(), time}, key_of(1));
  EXPECT_TRUE(checkpoint.ok());
  return *checkpoint;
}

Receipt a_receipt() { return {a_record(3), salt_of(3), *tree_of(5).inclusion_proof(3, 5), a_checkpoint()}; }

TEST(Checkpoint, ReadsBackAndVerifies) {
  const Checkpoint checkpoint = a_checkpoint();
  const auto read = parse_checkpoint(checkpoint_text(checkpoint));
  ASSERT_TRUE(read.ok()) << read.error().detail << read.error().where;
  EXPECT_EQ(*read, checkpoint);
  EXPECT_TRUE(verify_checkpoint(*read, trusted()).ok());
}

TEST(Checkpoint, OfAnEmptyLogIsACheckpointToo) { EXPECT_TRUE(verify_checkpoint(a_checkpoint(0), trusted()).ok()); }

TEST(Checkpoint, EveryChangeBreaksTheSignature) {
  const std::vector<std::function<void(Checkpoint&)>> changes{
      [](Checkpoint& c) { c.head.size += 1; }, [](Checkpoint& c) { c.head.root[31] ^= 1; },
      [](Checkpoint& c) { c.time += std::chrono::microseconds(1); }, [](Checkpoint& c) { c.signature[0] ^= 1; },
      [](Checkpoint& c) { c.key_id[0] = c.key_id[0] == '0' ? '1' : '0'; }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Checkpoint changed = a_checkpoint();
    changes[i](changed);
    const auto status = verify_checkpoint(changed, trusted());
    ASSERT_FALSE(status.ok()) << i;
    EXPECT_EQ(status.error().code, "ledger.signature_wrong") << i;
  }
}

TEST(Checkpoint, OfAnotherLogOrKeyIsNotTrusted) {
  Checkpoint renamed = a_checkpoint();
  renamed.origin = "other.example/ledger";
  EXPECT_EQ(verify_checkpoint(renamed, trusted()).error().code, "ledger.origin_wrong");
  EXPECT_EQ(verify_checkpoint(renamed, {renamed.origin, trusted().key}).error().code, "ledger.signature_wrong");
  const auto foreign = sign_checkpoint({std::string(kOrigin), tree_of(5).head(), kTime}, key_of(2));
  EXPECT_EQ(verify_checkpoint(*foreign, trusted()).error().code, "ledger.signature_wrong");
}

TEST(Checkpoint, ASignatureMadeForAnotherPurposeIsWorthless) {
  Checkpoint checkpoint = a_checkpoint();
  const std::string text = checkpoint_text(checkpoint);
  checkpoint.signature = key_of(1).sign("hinomi.release.v1", as_bytes(text));
  EXPECT_FALSE(verify_checkpoint(checkpoint, trusted()).ok());
}

TEST(Checkpoint, RefusesANameThatIsNone) {
  for (const auto& origin : {std::string(), std::string("a b"), std::string("火の見"), std::string(201, 'a')}) {
    EXPECT_FALSE(sign_checkpoint({origin, {}, kTime}, key_of(1)).ok()) << origin;
  }
}

TEST(Checkpoint, RefusesEverySpellingButItsOwn) {
  const std::string good = checkpoint_text(a_checkpoint());
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };
  const std::vector<std::pair<std::string, std::string>> cases{
      {" " + good, "ledger.not_canonical"},
      {with("\"size\":5", "\"size\": 5"), "ledger.not_canonical"},
      {with("\"size\":5", "\"size\":-5"), "ledger.number_malformed"},
      {with("\"size\":5", "\"size\":9007199254740992"), "ledger.number_malformed"},
      {with("\"size\":5", "\"size\":\"5\""), "ledger.number_malformed"},
      {with("\"size\":5", "\"size\":5,\"more\":1"), "json.unknown_field"},
      {with("\"size\":5,", ""), "json.missing_field"},
      {with("000000Z", "000Z"), "ledger.time_malformed"},
      {with("\"root\":\"", "\"root\":\"00"), "ledger.hex_malformed"},
      {with("\"signature\":\"", "\"signature\":\"G"), "ledger.hex_malformed"},
      {with("isac.example", "isac example"), "ledger.origin_malformed"}};
  ASSERT_TRUE(parse_checkpoint(good).ok());
  for (const auto& [text, code] : cases) {
    const auto read = parse_checkpoint(text);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.error().code, code) << text;
  }
  EXPECT_FALSE(parse_checkpoint("").ok());
  EXPECT_EQ(parse_checkpoint(std::string(5000, ' ')).error().code, "json.too_large");
}

TEST(Extension, HoldsBetweenTwoCheckpointsOfOneLog) {
  const CheckpointPair pair{a_checkpoint(5), a_checkpoint(9, kTime + std::chrono::hours(1))};
  EXPECT_TRUE(verify_extension(pair, *tree_of(9).consistency_proof(5), trusted()).ok());
  EXPECT_FALSE(verify_extension(pair, *tree_of(9).consistency_proof(4), trusted()).ok());
}

TEST(Extension, ATreeCannotShrinkNorTimeGoBack) {
  const Checkpoint five = a_checkpoint(5);
  const Checkpoint nine = a_checkpoint(9, kTime + std::chrono::hours(1));
  EXPECT_EQ(verify_extension({nine, five}, {}, trusted()).error().code, "ledger.time_went_back");
  const Checkpoint later_five = a_checkpoint(5, kTime + std::chrono::hours(2));
  EXPECT_EQ(verify_extension({nine, later_five}, {}, trusted()).error().code, "ledger.tree_shrank");
}

TEST(Leaf, RevealsNothingWithoutTheSaltAndChangesWithEveryField) {
  const LedgerRecord record = a_record(3);
  const TreeHash leaf = record_leaf(record, salt_of(1));
  EXPECT_EQ(record_leaf(record, salt_of(1)), leaf);
  EXPECT_NE(record_leaf(record, salt_of(2)), leaf);
  const std::vector<std::function<void(LedgerRecord&)>> changes{
      [](LedgerRecord& r) { r.kind = RecordKind::Report; }, [](LedgerRecord& r) { r.subject[0] ^= 1; },
      [](LedgerRecord& r) { r.version += 1; }, [](LedgerRecord& r) { r.content_hash[0] ^= 1; },
      [](LedgerRecord& r) { r.time += std::chrono::microseconds(1); }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    LedgerRecord changed = record;
    changes[i](changed);
    EXPECT_NE(record_leaf(changed, salt_of(1)), leaf) << i;
  }
}

TEST(Leaf, IsTheSameForever) {
  EXPECT_EQ(record_text(a_record(3)),
            R"({"content":"41a1f654dc79a9ac645afa553c31d51fd115eca8dd1cb9e6c67ae03e52718e8b","kind":"release",)"
            R"("subject":"07070707-0707-0707-0707-070707070707","time":"2026-11-23T03:00:00.000000Z","version":3})");
  EXPECT_EQ(to_hex(record_leaf(a_record(3), salt_of(3))),
            "2ad45629def4801bbfe79c7a3f49657ce49d96f524f3750e592a0a755dda5efd");
}

TEST(Leaf, SaltsAreDrawnAnew) {
  SeededRandom random(9);
  EXPECT_NE(make_leaf_salt(random), make_leaf_salt(random));
}

TEST(Receipt, ReadsBackAndVerifies) {
  const auto read = parse_receipt(receipt_text(a_receipt()));
  ASSERT_TRUE(read.ok()) << read.error().detail << read.error().where;
  EXPECT_EQ(*read, a_receipt());
  EXPECT_TRUE(verify_receipt(*read, trusted()).ok());
  EXPECT_TRUE(verify_receipt_for(*read, "the text", trusted()).ok());
  EXPECT_EQ(verify_receipt_for(*read, "another text", trusted()).error().code, "ledger.content_differs");
}

TEST(Receipt, EveryChangeIsNoticed) {
  const std::vector<std::function<void(Receipt&)>> changes{
      [](Receipt& r) { r.record.version += 1; },         [](Receipt& r) { r.salt[0] ^= 1; },
      [](Receipt& r) { r.proof.leaf_index -= 1; },       [](Receipt& r) { r.proof.path[0][0] ^= 1; },
      [](Receipt& r) { r.proof.path.pop_back(); },       [](Receipt& r) { r.checkpoint.head.root[0] ^= 1; },
      [](Receipt& r) { r.checkpoint = a_checkpoint(4); }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Receipt changed = a_receipt();
    changes[i](changed);
    EXPECT_FALSE(verify_receipt(changed, trusted()).ok()) << i;
  }
}

TEST(Receipt, ErrorsPointAtTheirPlace) {
  const std::string good = receipt_text(a_receipt());
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  const std::vector<std::pair<std::string, std::string>> cases{
      {with("\"kind\":\"release\"", "\"kind\":\"rumour\""), "/record/kind"},
      {with("\"path\":[\"", "\"path\":[\"z"), "/path/0"},
      {with("\"leaf_index\":3", "\"leaf_index\":3.5"), "/leaf_index"},
      {with("\"origin\"", "\"origine\""), "/checkpoint/origine"},
      {with("\"salt\"", "\"pepper\""), "/pepper"}};
  for (const auto& [text, where] : cases) {
    const auto read = parse_receipt(text);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.error().where, where);
  }
}

TEST(RecordKind, EveryWordReadsBack) {
  for (int i = 0; i <= static_cast<int>(RecordKind::Padding); ++i) {
    const auto kind = static_cast<RecordKind>(i);
    const auto read = parse_record_kind(record_kind_text(kind));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(*read, kind);
  }
  EXPECT_FALSE(parse_record_kind("gossip").ok());
}

}  // namespace
}  // namespace hinomi
