#include "hunt/bundle.h"

#include <gmock/gmock.h>

#include <random>

#include "hunt/hunt_test_support.h"
#include "hunt/stored_zip.h"

namespace hinomi {
namespace {

using hunting::ZipEntry;

const Instant kNow = parse_rfc3339("2026-11-23T00:00:00Z").value();

SigningKey key_from(std::uint64_t seed) {
  SeededRandom random(seed);
  return SigningKey::generate(random);
}

Bundle a_bundle() {
  Bundle bundle;
  bundle.issuer = "Hinomi 電力ISAC";
  bundle.created = kNow;
  bundle.expires = kNow + std::chrono::hours(24 * 7);
  bundle.labels = {"TLP:GREEN", "TLP:AMBER"};
  bundle.members = {{std::string(kIndicatorsMember), indicators_jsonl(indicators_of({"evil.example", "1.2.3.4"}))},
                    {"notes/README.txt", "読んでから使うこと\n"}};
  return bundle;
}

Bytes a_file() { return write_bundle(a_bundle(), key_from(1)).value(); }

std::string code_of(ByteView bytes, const SigningKey& trusted = key_from(1), Instant now = kNow) {
  const std::vector<PublicKey> keys{key_from(9).public_key(), trusted.public_key()};
  const auto opened = open_bundle(bytes, keys, now);
  return opened.ok() ? "" : opened.error().code;
}

// The same file with its entries changed by `change`, and check sums that fit again.
template <class Change>
Bytes rebuilt(Change change) {
  const Bytes file = a_file();
  std::vector<std::string> contents;
  std::vector<ZipEntry> entries = hunting::read_stored_zip(file).value();
  for (const ZipEntry& entry : entries) contents.emplace_back(entry.content);
  for (std::size_t i = 0; i < entries.size(); ++i) entries[i].content = contents[i];
  change(entries, contents);
  return hunting::write_stored_zip(entries).value();
}

TEST(Bundle, OpensWithWhatWasPutIn) {
  const std::vector<PublicKey> keys{key_from(1).public_key()};
  const auto bundle = open_bundle(a_file(), keys, kNow);
  ASSERT_TRUE(bundle.ok()) << bundle.error().detail;
  EXPECT_EQ(bundle->issuer, "Hinomi 電力ISAC");
  EXPECT_EQ(bundle->key_id, key_from(1).key_id());
  EXPECT_THAT(bundle->labels, testing::ElementsAre("TLP:AMBER", "TLP:GREEN"));
  const auto indicators = read_indicators_jsonl(bundle->find(kIndicatorsMember)->content);
  ASSERT_TRUE(indicators.ok());
  EXPECT_EQ(*indicators, indicators_of({"evil.example", "1.2.3.4"}));
  EXPECT_EQ(bundle->find("nothing"), nullptr);
}

TEST(Bundle, HasTheSameBytesForTheSameContent) { EXPECT_EQ(a_file(), a_file()); }

TEST(Bundle, IsRefusedFromAKeyThatIsNotTrusted) { EXPECT_EQ(code_of(a_file(), key_from(2)), "bundle.untrusted_key"); }

TEST(Bundle, IsRefusedAfterItsExpiry) {
  EXPECT_EQ(code_of(a_file(), key_from(1), kNow + std::chrono::hours(24 * 7)), "bundle.expired");
  EXPECT_EQ(code_of(a_file(), key_from(1), kNow + std::chrono::hours(24 * 7) - std::chrono::seconds(1)), "");
}

TEST(Bundle, CannotBeWrittenWithAnExpiryInThePast) {
  Bundle bundle = a_bundle();
  bundle.expires = bundle.created;
  EXPECT_EQ(write_bundle(bundle, key_from(1)).error().code, "bundle.expiry");
}

TEST(Bundle, TellsAnAlteredMember) {
  const Bytes file = rebuilt([](auto& entries, auto& contents) {
    contents[2][10] ^= 1;
    entries[2].content = contents[2];
  });
  EXPECT_EQ(code_of(file), "bundle.member_altered");
}

TEST(Bundle, TellsAMissingMember) {
  EXPECT_EQ(code_of(rebuilt([](auto& entries, auto&) { entries.pop_back(); })), "bundle.member_missing");
}

TEST(Bundle, TellsAnUnsignedMember) {
  EXPECT_EQ(code_of(rebuilt([](auto& entries, auto&) { entries.push_back({"extra.txt", "x"}); })),
            "bundle.member_unlisted");
}

TEST(Bundle, TellsAnAlteredManifest) {
  const Bytes file = rebuilt([](auto& entries, auto& contents) {
    const std::size_t at = contents[0].find("2026-11-30");
    contents[0].replace(at, 4, "2036");
    entries[0].content = contents[0];
  });
  EXPECT_EQ(code_of(file), "bundle.signature");
}

TEST(Bundle, RefusesAManifestThatIsNotCanonical) {
  const Bytes file = rebuilt([](auto& entries, auto& contents) {
    contents[0].insert(1, " ");
    entries[0].content = contents[0];
  });
  EXPECT_EQ(code_of(file), "bundle.manifest");
}

TEST(Bundle, RefusesEveryTruncationAndEveryChangedByte) {
  const Bytes file = a_file();
  for (std::size_t size = 0; size < file.size(); ++size) EXPECT_NE(code_of(ByteView(file).first(size)), "") << size;
  for (std::size_t at = 0; at < file.size(); ++at) {
    Bytes changed = file;
    changed[at] ^= 0x20;
    EXPECT_NE(code_of(changed), "") << at;
  }
}

TEST(Bundle, RefusesTrailingBytes) {
  Bytes file = a_file();
  file.push_back(0);
  EXPECT_EQ(code_of(file), "bundle.damaged");
}

TEST(StoredZip, RefusesNamesThatLeaveTheirFolder) {
  for (const char* name : {"/etc/passwd", "../up", "a/../b", "a//b", "", "a\\b", "C:x", ".", "日本"}) {
    const std::vector<ZipEntry> entries{{name, "x"}};
    EXPECT_EQ(hunting::write_stored_zip(entries).error().code, "bundle.name") << name;
  }
  const std::vector<ZipEntry> twice{{"a.txt", "x"}, {"A.TXT", "y"}};
  EXPECT_FALSE(hunting::write_stored_zip(twice).ok());
}

struct OddZip {
  const char* name;
  std::size_t local, directory;  // offsets of a byte inside the local header and the directory record
  std::uint8_t value;
};

TEST(StoredZip, RefusesWhatAnotherReaderCouldUnderstandDifferently) {
  const std::vector<ZipEntry> entries{{"a", "content"}};
  const Bytes good = hunting::write_stored_zip(entries).value();
  ASSERT_TRUE(hunting::read_stored_zip(good).ok());
  const std::size_t directory = 30 + 1 + 7;
  for (const OddZip& odd : {OddZip{"compressed", 8, 10, 8}, OddZip{"encrypted", 6, 8, 1}, OddZip{"descriptor", 6, 8, 8},
                            OddZip{"two sizes", 18, 20, 9}, OddZip{"extra field", 28, 30, 1},
                            OddZip{"longer than the file", 22, 24, 200}, OddZip{"check sum", 14, 16, 0}}) {
    Bytes bytes = good;
    bytes[odd.local] = odd.value;
    bytes[directory + odd.directory] = odd.value;
    EXPECT_EQ(hunting::read_stored_zip(bytes).error().code, "bundle.damaged") << odd.name;
  }
}

TEST(IndicatorsJsonl, NamesTheLineThatIsWrong) {
  const std::string good = indicators_jsonl(indicators_of({"evil.example"}));
  const auto read = read_indicators_jsonl(good + R"({"id":"x","type":"domain","value":"com","release":"","label":""})");
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, "bundle.indicator");
  EXPECT_EQ(read.error().where, "indicators.jsonl:2");
}

}  // namespace
}  // namespace hinomi
