#include <gmock/gmock.h>

#include "base/bytes.h"
#include "base/catalogue.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/files.h"
#include "base/id.h"
#include "base/text.h"
#include "base/time.h"

namespace hinomi {
namespace {

TEST(Time, RoundTripsWithSixDigitsAndAcceptsOffsets) {
  EXPECT_EQ(to_rfc3339(*parse_rfc3339("2026-12-05T22:30:00+09:00")), "2026-12-05T13:30:00.000000Z");
  EXPECT_EQ(to_rfc3339(*parse_rfc3339("2024-02-29T00:00:00.1234567Z")), "2024-02-29T00:00:00.123456Z");
  for (const char* bad : {"2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01", "2026-01-01T24:00:00Z",
                          "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z"}) {
    EXPECT_FALSE(parse_rfc3339(bad).ok()) << bad;
  }
}

TEST(Time, TokyoDaysStartAtFifteenHoursUtc) {
  EXPECT_EQ(day_text(tokyo_day(*parse_rfc3339("2026-12-05T14:59:59Z"))), "2026-12-05");
  EXPECT_EQ(day_text(tokyo_day(*parse_rfc3339("2026-12-05T15:00:00Z"))), "2026-12-06");
  EXPECT_EQ(tokyo_text(*parse_rfc3339("2026-12-05T13:30:00Z")), "2026-12-05 22:30 (土)");
}

TEST(Ids, AreVersionFourAndParseStrictly) {
  SeededRandom random(1);
  const std::string text = uuid_text(random_uuid(random));
  EXPECT_EQ(text[14], '4');
  EXPECT_EQ(uuid_text(*parse_uuid(text)), text);
  EXPECT_FALSE(parse_uuid(text + " ").ok());
  EXPECT_FALSE(parse_uuid("00000000-0000-0000-0000-00000000000g").ok());
}

// The worked example of STIX 2.1 §2.9: an address object's deterministic id.
TEST(Ids, VersionFiveAgreesWithStix) {
  const auto name_space = *parse_uuid("00abedb4-aa42-466c-9c01-fed23315a9b7");
  EXPECT_EQ(uuid_text(uuid_v5(name_space, R"({"value":"198.51.100.3"})")), "28bb3599-77cd-5a82-a950-b5bc3caf07c4");
}

TEST(Bytes, NothingDecodesToNothing) {
  for (const auto& decoded : {from_hex(""), from_base64(""), from_base64url("")}) {
    ASSERT_TRUE(decoded.ok());
    EXPECT_TRUE(decoded->empty());
  }
}

TEST(Bytes, DecodersAcceptOneSpellingOnly) {
  EXPECT_EQ(as_text(*from_base64("aGk=")), "hi");
  EXPECT_FALSE(from_base64("aGk").ok());
  EXPECT_FALSE(from_hex("a").ok());
  EXPECT_FALSE(from_hex("abc").ok());
  EXPECT_EQ(to_base32(as_bytes("12345678901234567890")), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  EXPECT_EQ(as_text(*from_base32("GEZDGNBVGY3TQOJQ")), "1234567890");
}

// RFC 6238 appendix B (SHA-1), cut to six digits.
TEST(Crypto, TotpAgreesWithTheStandard) {
  const Secret<Bytes> secret(*from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
  EXPECT_EQ(totp_code(secret, 59 / 30), "287082");
  EXPECT_EQ(totp_code(secret, 1111111109 / 30), "081804");
  EXPECT_EQ(totp_step(secret, "287082", Instant(std::chrono::seconds(59))), 1);
  EXPECT_EQ(totp_step(secret, "287082", Instant(std::chrono::seconds(200))), std::nullopt);
}

TEST(Crypto, ASignatureForOnePurposeIsWorthlessForAnother) {
  SeededRandom random(2);
  const SigningKey key = SigningKey::generate(random);
  const Signature signature = key.sign("release", as_bytes("text"));
  EXPECT_TRUE(verify_signature(key.public_key(), "release", as_bytes("text"), signature));
  EXPECT_FALSE(verify_signature(key.public_key(), "bundle", as_bytes("text"), signature));
  EXPECT_FALSE(verify_signature(key.public_key(), "release", as_bytes("Text"), signature));
}

TEST(Crypto, ASealedRecordOpensOnlyInItsPlace) {
  SeededRandom random(3);
  const RecordKey key = make_record_key(random);
  const Bytes sealed = seal(key, "report 1 v1", as_bytes("body"), random);
  EXPECT_EQ(as_text(*open_sealed(key, "report 1 v1", sealed)), "body");
  EXPECT_FALSE(open_sealed(key, "report 1 v2", sealed).ok());
}

TEST(Crypto, AnEmptyPasswordNeverMatches) {
  const std::string hash = hash_password(SecretText("correct horse"), HashCost::Test);
  EXPECT_TRUE(password_matches(hash, SecretText("correct horse")));
  EXPECT_FALSE(password_matches(hash, SecretText("wrong")));
  EXPECT_FALSE(password_matches(hash_password(SecretText(""), HashCost::Test), SecretText("")));
}

TEST(Text, NormalisesWidthAndCase) {
  EXPECT_EQ(folded("ＴＥＰＣＯ　PG"), "tepco pg");
  EXPECT_EQ(nfkc("ｱｲｳ"), "アイウ");
  EXPECT_FALSE(is_utf8("\xC0\xAF"));
  EXPECT_EQ(*url_decoded("a%20b+c", Plus::IsSpace), "a b c");
  EXPECT_FALSE(url_decoded("a%2", Plus::IsPlus).ok());
  EXPECT_EQ(grapheme_count("が👨‍👩‍👧"), 2U);
}

TEST(Catalogue, SpeaksBothLanguagesOrIsRefused) {
  const std::string_view japanese[] = {R"({"hello":"{name}さん"})", R"({"bye":"では"})"};
  const std::string_view english[] = {R"({"hello":"Hello {name}","bye":"Bye"})"};
  const auto catalogue = Catalogue::create(japanese, english);
  ASSERT_TRUE(catalogue.ok());
  EXPECT_EQ(catalogue->text(Language::Japanese, "hello", {{"name", "佐藤"}}), "佐藤さん");
  EXPECT_EQ(catalogue->text(Language::English, "hello", {{"name", "Sato"}}), "Hello Sato");
  EXPECT_FALSE(Catalogue::create(japanese, {}).ok());
}

}  // namespace
}  // namespace hinomi
