#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

#include "formats/cbor.h"
#include "support/software_authenticator.h"

namespace hinomi {
namespace {

using testing::append;
using testing::cbor_bytes;
using testing::cbor_integer;
using testing::cbor_map;
using testing::cbor_text;
using testing::SoftwareAuthenticator;
using Algorithm = SoftwareAuthenticator::Algorithm;
using Pieces = SoftwareAuthenticator::Pieces;

const PasskeyExpectation& asked() {
  static const PasskeyExpectation expectation{Bytes(32, 7), "https://isac.example", "isac.example"};
  return expectation;
}

const SoftwareAuthenticator& authenticator(Algorithm algorithm) {
  static const SoftwareAuthenticator es256(Algorithm::Es256);
  static const SoftwareAuthenticator eddsa(Algorithm::EdDsa);
  static const SoftwareAuthenticator rs256(Algorithm::Rs256);
  return algorithm == Algorithm::Es256 ? es256 : algorithm == Algorithm::EdDsa ? eddsa : rs256;
}

std::string code_of(const auto& result) { return result.ok() ? "ok" : result.error().code; }

TEST(Passkey, OfEveryAcceptedAlgorithmIsRegisteredAndSignsIn) {
  for (const Algorithm algorithm : {Algorithm::Es256, Algorithm::EdDsa, Algorithm::Rs256}) {
    const SoftwareAuthenticator& key = authenticator(algorithm);
    const auto made = verify_registration(SoftwareAuthenticator::registration(key.registration_of(asked())), asked());
    ASSERT_TRUE(made.ok()) << made.error().detail;
    EXPECT_EQ(made->credential, key.credential());
    const auto counter = verify_assertion(key.assertion(key.assertion_of(asked(), 9)), asked(), made->public_key);
    ASSERT_TRUE(counter.ok()) << counter.error().detail;
    EXPECT_EQ(*counter, 9U);
  }
}

TEST(Passkey, MayComeWithExtensionsAndABackupState) {
  const SoftwareAuthenticator& key = authenticator(Algorithm::Es256);
  Pieces pieces = key.registration_of(asked());
  pieces.flags = 0xDD;  // present, verified, eligible, backed up, credential, extensions
  pieces.tail = cbor_map({{cbor_text("credProtect"), cbor_integer(2)}});
  EXPECT_TRUE(verify_registration(SoftwareAuthenticator::registration(pieces), asked()).ok());
}

struct OneChange {
  const char* what;
  const char* code;
  std::function<void(Pieces&)> change;
};

Bytes es256_key(std::initializer_list<std::pair<Bytes, Bytes>> pairs) { return cbor_map(pairs); }

std::vector<OneChange> client_data_changes() {
  return {
      {"another ceremony", "webauthn.type", [](Pieces& p) { p.type = "webauthn.get"; }},
      {"no ceremony", "webauthn.type", [](Pieces& p) { p.type.clear(); }},
      {"another challenge", "webauthn.challenge", [](Pieces& p) { p.challenge = to_base64url(Bytes(32, 8)); }},
      {"a shorter challenge", "webauthn.challenge", [](Pieces& p) { p.challenge = to_base64url(Bytes(31, 7)); }},
      {"no challenge", "webauthn.challenge", [](Pieces& p) { p.challenge.clear(); }},
      {"padded base64", "webauthn.challenge", [](Pieces& p) { p.challenge += "="; }},
      {"another host", "webauthn.origin", [](Pieces& p) { p.origin = "https://evil.example"; }},
      {"a subdomain", "webauthn.origin", [](Pieces& p) { p.origin = "https://www.isac.example"; }},
      {"another port", "webauthn.origin", [](Pieces& p) { p.origin = "https://isac.example:8443"; }},
      {"plain HTTP", "webauthn.origin", [](Pieces& p) { p.origin = "http://isac.example"; }},
      {"a slash behind", "webauthn.origin", [](Pieces& p) { p.origin += "/"; }},
      {"framed", "webauthn.cross_origin", [](Pieces& p) { p.more = ",\"crossOrigin\":true"; }},
      {"framed, oddly", "webauthn.cross_origin", [](Pieces& p) { p.more = ",\"crossOrigin\":\"no\""; }},
      {"a top origin", "webauthn.cross_origin", [](Pieces& p) { p.more = ",\"topOrigin\":\"https://evil.example\""; }},
      {"token binding", "webauthn.token_binding",
       [](Pieces& p) { p.more = R"(,"tokenBinding":{"status":"present","id":"x"})"; }},
      {"a member twice", "webauthn.client_data", [](Pieces& p) { p.more = ",\"type\":\"webauthn.create\""; }},
  };
}

std::vector<OneChange> authenticator_data_changes() {
  return {
      {"another site", "webauthn.relying_party", [](Pieces& p) { p.relying_party = "evil.example"; }},
      {"nobody there", "webauthn.user_presence", [](Pieces& p) { p.flags &= 0xFE; }},
      {"nobody verified", "webauthn.user_verification", [](Pieces& p) { p.flags &= 0xFB; }},
      {"backed up, not eligible", "webauthn.backup_flags", [](Pieces& p) { p.flags |= 0x10; }},
      {"no credential", "webauthn.credential", [](Pieces& p) { p.flags &= 0xBF; }},
      {"an empty credential id", "webauthn.credential", [](Pieces& p) { p.credential.clear(); }},
      {"a credential id too long", "webauthn.credential", [](Pieces& p) { p.credential.assign(1024, 1); }},
      {"bytes behind", "webauthn.authenticator_data", [](Pieces& p) { p.tail = {0}; }},
      {"extensions without flag", "webauthn.authenticator_data", [](Pieces& p) { p.tail = cbor_map({}); }},
      {"flag without extensions", "webauthn.authenticator_data", [](Pieces& p) { p.flags |= 0x80; }},
      {"a cut key", "webauthn.authenticator_data", [](Pieces& p) { p.key.pop_back(); }},
      {"an attestation", "webauthn.attestation", [](Pieces& p) { p.format = "packed"; }},
      {"a statement", "webauthn.attestation",
       [](Pieces& p) { p.statement = cbor_map({{cbor_text("alg"), cbor_integer(-7)}}); }},
  };
}

std::vector<OneChange> key_changes() {
  return {
      {"another algorithm", "webauthn.key",
       [](Pieces& p) {
         p.key = es256_key({{cbor_integer(1), cbor_integer(2)},
                            {cbor_integer(3), cbor_integer(-35)},
                            {cbor_integer(-1), cbor_integer(1)},
                            {cbor_integer(-2), cbor_bytes(Bytes(32, 1))},
                            {cbor_integer(-3), cbor_bytes(Bytes(32, 1))}});
       }},
      {"another curve", "webauthn.key",
       [](Pieces& p) {
         p.key = es256_key({{cbor_integer(1), cbor_integer(2)},
                            {cbor_integer(3), cbor_integer(-7)},
                            {cbor_integer(-1), cbor_integer(2)},
                            {cbor_integer(-2), cbor_bytes(Bytes(32, 1))},
                            {cbor_integer(-3), cbor_bytes(Bytes(32, 1))}});
       }},
      {"a short coordinate", "webauthn.key",
       [](Pieces& p) {
         p.key = es256_key({{cbor_integer(1), cbor_integer(2)},
                            {cbor_integer(3), cbor_integer(-7)},
                            {cbor_integer(-1), cbor_integer(1)},
                            {cbor_integer(-2), cbor_bytes(Bytes(31, 1))},
                            {cbor_integer(-3), cbor_bytes(Bytes(32, 1))}});
       }},
      {"a private part", "webauthn.key",
       [](Pieces& p) {
         p.key = es256_key({{cbor_integer(1), cbor_integer(2)},
                            {cbor_integer(3), cbor_integer(-7)},
                            {cbor_integer(-1), cbor_integer(1)},
                            {cbor_integer(-2), cbor_bytes(Bytes(32, 1))},
                            {cbor_integer(-3), cbor_bytes(Bytes(32, 1))},
                            {cbor_integer(-4), cbor_bytes(Bytes(32, 1))}});
       }},
      {"a symmetric key", "webauthn.key",
       [](Pieces& p) {
         p.key = cbor_map({{cbor_integer(1), cbor_integer(4)}, {cbor_integer(-1), cbor_bytes(Bytes(32, 1))}});
       }},
      {"a weak RSA key", "webauthn.key",
       [](Pieces& p) {
         p.key = cbor_map({{cbor_integer(1), cbor_integer(3)},
                           {cbor_integer(3), cbor_integer(-257)},
                           {cbor_integer(-1), cbor_bytes(Bytes(128, 0xFF))},
                           {cbor_integer(-2), cbor_bytes(Bytes{1, 0, 1})}});
       }},
      {"an RSA exponent of one", "webauthn.key",
       [](Pieces& p) {
         p.key = cbor_map({{cbor_integer(1), cbor_integer(3)},
                           {cbor_integer(3), cbor_integer(-257)},
                           {cbor_integer(-1), cbor_bytes(Bytes(256, 0xFF))},
                           {cbor_integer(-2), cbor_bytes(Bytes{1})}});
       }},
  };
}

TEST(Passkey, IsNotRegisteredWhenAnyOnePieceIsWrong) {
  const SoftwareAuthenticator& key = authenticator(Algorithm::Es256);
  std::vector<OneChange> changes = client_data_changes();
  std::ranges::copy(authenticator_data_changes(), std::back_inserter(changes));
  std::ranges::copy(key_changes(), std::back_inserter(changes));
  ASSERT_GE(changes.size(), 25U);
  for (const OneChange& one : changes) {
    Pieces pieces = key.registration_of(asked());
    one.change(pieces);
    EXPECT_EQ(code_of(verify_registration(SoftwareAuthenticator::registration(pieces), asked())), one.code) << one.what;
  }
}

TEST(Passkey, DoesNotSignInWhenAnyOnePieceIsWrong) {
  const SoftwareAuthenticator& key = authenticator(Algorithm::Es256);
  const std::vector<OneChange> changes{
      {"another ceremony", "webauthn.type", [](Pieces& p) { p.type = "webauthn.create"; }},
      {"another challenge", "webauthn.challenge", [](Pieces& p) { p.challenge = to_base64url(Bytes(32, 8)); }},
      {"another host", "webauthn.origin", [](Pieces& p) { p.origin = "https://evil.example"; }},
      {"framed", "webauthn.cross_origin", [](Pieces& p) { p.more = ",\"crossOrigin\":true"; }},
      {"another site", "webauthn.relying_party", [](Pieces& p) { p.relying_party = "evil.example"; }},
      {"nobody there", "webauthn.user_presence", [](Pieces& p) { p.flags &= 0xFE; }},
      {"nobody verified", "webauthn.user_verification", [](Pieces& p) { p.flags &= 0xFB; }},
      {"backed up, not eligible", "webauthn.backup_flags", [](Pieces& p) { p.flags |= 0x10; }},
      {"bytes behind", "webauthn.authenticator_data", [](Pieces& p) { p.tail = {0}; }},
      {"flag without extensions", "webauthn.authenticator_data", [](Pieces& p) { p.flags |= 0x80; }}};
  for (const OneChange& one : changes) {
    Pieces pieces = key.assertion_of(asked());
    one.change(pieces);
    EXPECT_EQ(code_of(verify_assertion(key.assertion(pieces), asked(), key.cose_key())), one.code) << one.what;
  }
}

TEST(Passkey, ASignatureIsOverEveryByteAndByTheStoredKey) {
  for (const Algorithm algorithm : {Algorithm::Es256, Algorithm::EdDsa, Algorithm::Rs256}) {
    const SoftwareAuthenticator& key = authenticator(algorithm);
    const AssertionAnswer answer = key.assertion(key.assertion_of(asked(), 3));
    const auto refused = [&](AssertionAnswer changed, const Bytes& public_key) {
      return code_of(verify_assertion(changed, asked(), public_key)) == "webauthn.signature";
    };
    AssertionAnswer counter = answer;
    counter.authenticator_data[36] ^= 1U;
    EXPECT_TRUE(refused(counter, key.cose_key()));
    AssertionAnswer spaced = answer;
    spaced.client_data.push_back(' ');
    EXPECT_TRUE(refused(spaced, key.cose_key()));
    AssertionAnswer bent = answer;
    bent.signature.back() ^= 1U;
    EXPECT_TRUE(refused(bent, key.cose_key()));
    AssertionAnswer unsigned_answer = answer;
    unsigned_answer.signature.clear();
    EXPECT_TRUE(refused(unsigned_answer, key.cose_key()));
    AssertionAnswer zero = answer;
    zero.signature = {0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00};  // r = s = 0
    EXPECT_TRUE(refused(zero, key.cose_key()));
    EXPECT_TRUE(refused(answer, SoftwareAuthenticator(algorithm).cose_key()));
  }
}

TEST(Passkey, NothingIsAcceptedWithoutAChallenge) {
  const SoftwareAuthenticator& key = authenticator(Algorithm::Es256);
  PasskeyExpectation nothing = asked();
  nothing.challenge.clear();
  EXPECT_EQ(code_of(verify_assertion(key.assertion(key.assertion_of(nothing)), nothing, key.cose_key())),
            "webauthn.challenge");
}

// --- CBOR

TEST(Cbor, TakesOneSpellingPerValue) {
  const std::vector<std::pair<const char*, Bytes>> refused{
      {"nothing", {}},
      {"24 as one byte too many", {0x18, 0x17}},
      {"a length in two bytes", {0x59, 0x00, 0x01, 0xAA}},
      {"indefinite bytes", {0x5F, 0x41, 0x00, 0xFF}},
      {"indefinite list", {0x9F, 0xFF}},
      {"a tag", {0xC0, 0x00}},
      {"a float", {0xFA, 0x00, 0x00, 0x00, 0x00}},
      {"undefined", {0xF7}},
      {"bytes longer than there are", {0x42, 0x00}},
      {"a list longer than there is", {0x9B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}},
      {"a map longer than there is", {0xBB, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}},
      {"a number beyond 63 bits", {0x1B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}},
      {"text that is not UTF-8", {0x61, 0xFF}},
      {"a key twice", {0xA2, 0x01, 0x00, 0x01, 0x00}},
      {"a list as key", {0xA1, 0x80, 0x00}},
      {"a map without its last value", {0xA1, 0x01}}};
  for (const auto& [what, bytes] : refused) EXPECT_EQ(code_of(read_cbor(bytes)), "cbor.malformed") << what;
}

TEST(Cbor, IsBoundedInDepthItemsAndBytes) {
  Bytes deep(6, 0x81);
  deep.push_back(0x00);
  EXPECT_EQ(code_of(read_cbor(deep)), "cbor.too_large");
  deep.erase(deep.begin());
  EXPECT_EQ(code_of(read_cbor(deep)), "ok");
  Bytes many{0x99, 0x02, 0x00};
  many.insert(many.end(), 512, 0x00);
  EXPECT_EQ(code_of(read_cbor(many)), "cbor.too_large");
  EXPECT_EQ(code_of(read_cbor(Bytes((64 << 10) + 1, 0x00))), "cbor.too_large");
}

TEST(Cbor, LeavesWhatFollowsToTheCaller) {
  const auto read = read_cbor(Bytes{0xA1, 0x20, 0x63, 'a', 'b', 'c', 0xFF});
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->length, 6U);
  EXPECT_EQ(read->value.find(-1)->text, "abc");
  EXPECT_EQ(read->value.find(1), nullptr);
}

}  // namespace
}  // namespace hinomi
