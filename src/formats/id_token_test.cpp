#include "formats/id_token.h"

#include <gtest/gtest.h>

#include <functional>

#include "base/crypto.h"
#include "base/text.h"
#include "support/token_maker.h"

namespace hinomi::formats {
namespace {

using testing::TokenKey;

constexpr std::string_view kIssuer = "https://login.example";
const Instant kNow = *parse_rfc3339("2026-11-22T02:10:00+09:00");
constexpr std::int64_t kSeconds = 1795281000;  // kNow

std::string payload(std::string_view changed = "", std::string_view to = "") {
  std::string text =
      R"({"iss":"https://login.example","sub":"person-7","aud":"hinomi","nonce":"n-1","iat":1795280990,"exp":1795281300})";
  if (changed.empty()) return text;
  const auto at = text.find(changed);
  if (at == std::string::npos) ADD_FAILURE() << changed;
  return text.replace(at, changed.size(), to);
}

class IdToken : public ::testing::Test {
 protected:
  // Keys are dear to make; every test reads the same ones.
  static void SetUpTestSuite() {
    rsa_ = new TokenKey(TokenKey::rsa("r1"));
    other_ = new TokenKey(TokenKey::rsa("r2"));
    ec_ = new TokenKey(TokenKey::p256("e1"));
    ed_ = new TokenKey(TokenKey::ed25519("d1"));
  }
  static void TearDownTestSuite() {
    delete rsa_;
    delete other_;
    delete ec_;
    delete ed_;
  }
  static std::vector<WebKey> keys() {
    return *parse_web_keys(R"({"keys":[)" + rsa_->public_jwk() + "," + ec_->public_jwk() + "," + ed_->public_jwk() +
                           "]}");
  }
  static Result<ProviderIdentity> read(const std::string& token) {
    return read_id_token(token, keys(), {std::string(kIssuer), "hinomi", "n-1", kNow});
  }
  static inline TokenKey* rsa_ = nullptr;
  static inline TokenKey* other_ = nullptr;
  static inline TokenKey* ec_ = nullptr;
  static inline TokenKey* ed_ = nullptr;
};

TEST_F(IdToken, TheTestsClockIsTheTokens) {
  EXPECT_EQ(std::chrono::floor<std::chrono::seconds>(kNow.time_since_epoch()).count(), kSeconds);
}

TEST_F(IdToken, AGoodTokenOfEachAlgorithmNamesItsPerson) {
  for (const TokenKey* key : {rsa_, ec_, ed_}) {
    const auto identity = read(key->sign(key->header(), payload()));
    ASSERT_TRUE(identity.ok()) << key->algorithm() << " " << identity.error().code << identity.error().detail;
    EXPECT_EQ(identity->issuer, kIssuer);
    EXPECT_EQ(identity->subject, "person-7");
  }
}

TEST_F(IdToken, WithoutAKeyIdAnyKeyOfTheAlgorithmMayFit) {
  EXPECT_TRUE(read(ec_->sign(R"({"alg":"ES256"})", payload())).ok());
}

struct Claim {
  std::string_view changed, to, where;
};

TEST_F(IdToken, EveryWrongClaimIsRefusedByItsName) {
  const std::vector<Claim> table{
      {R"("iss":"https://login.example")", R"("iss":"https://login.example/")", "iss"},
      {R"("iss":"https://login.example")", R"("iss":"https://evil.example")", "iss"},
      {R"("iss":"https://login.example",)", "", "iss"},
      {R"("iss":"https://login.example")", R"("iss":["https://login.example"])", "iss"},
      {R"("aud":"hinomi")", R"("aud":"other")", "aud"},
      {R"("aud":"hinomi",)", "", "aud"},
      {R"("aud":"hinomi")", R"("aud":[])", "aud"},
      {R"("aud":"hinomi")", R"("aud":["other"])", "aud"},
      {R"("aud":"hinomi")", R"("aud":["hinomi","other"])", "aud"},
      {R"("aud":"hinomi")", R"("aud":["hinomi","other"],"azp":"other")", "aud"},
      {R"("aud":"hinomi")", R"("aud":"hinomi","azp":"other")", "aud"},
      {R"("aud":"hinomi")", R"("aud":"hinomi","azp":7)", "aud"},
      {R"("aud":"hinomi")", R"("aud":{"hinomi":1})", "aud"},
      {R"("aud":"hinomi")", R"("aud":"hinomi ")", "aud"},
      {R"("nonce":"n-1")", R"("nonce":"n-2")", "nonce"},
      {R"("nonce":"n-1")", R"("nonce":"")", "nonce"},
      {R"("nonce":"n-1",)", "", "nonce"},
      {R"("exp":1795281300)", R"("exp":1795280940)", "exp"},
      {R"("exp":1795281300)", R"("exp":"1795281300")", "exp"},
      {R"("exp":1795281300)", R"("exp":1795281300.5)", "exp"},
      {R"("exp":1795281300)", R"("exp":-1)", "exp"},
      {R"(,"exp":1795281300)", "", "exp"},
      {R"("iat":1795280990)", R"("iat":1795281061)", "iat"},
      {R"("iat":1795280990,)", "", "iat"},
      {R"("iat":1795280990)", R"("iat":null)", "iat"},
      {R"("iat":1795280990)", R"("iat":1795280990,"nbf":1795281061)", "nbf"},
      {R"("iat":1795280990)", R"("iat":1795280990,"nbf":"now")", "nbf"},
      {R"("sub":"person-7",)", "", "sub"},
      {R"("sub":"person-7")", R"("sub":"")", "sub"},
      {R"("sub":"person-7")", R"("sub":7)", "sub"},
  };
  for (const Claim& claim : table) {
    const auto identity = read(rsa_->sign(rsa_->header(), payload(claim.changed, claim.to)));
    ASSERT_FALSE(identity.ok()) << claim.to;
    EXPECT_EQ(identity.error().code, "id_token.claims") << claim.to;
    EXPECT_EQ(identity.error().where, claim.where) << claim.to;
  }
}

TEST_F(IdToken, AMinuteOfClockDifferenceIsForgivenAndSeveralAudiencesNameUs) {
  EXPECT_TRUE(read(rsa_->sign(rsa_->header(), payload("1795281300", "1795280941"))).ok());
  EXPECT_TRUE(read(rsa_->sign(rsa_->header(), payload("1795280990", "1795281060"))).ok());
  EXPECT_TRUE(
      read(rsa_->sign(rsa_->header(), payload(R"("aud":"hinomi")", R"("aud":["x","hinomi"],"azp":"hinomi")"))).ok());
}

std::string with_part(const std::string& token, std::size_t part, const std::string& text) {
  const auto parts = split(token, '.');
  std::string made;
  for (std::size_t i = 0; i < parts.size(); ++i)
    made += (i > 0 ? "." : "") + (i == part ? text : std::string(parts[i]));
  return made;
}

constexpr std::string_view kForgedHeaders[] = {R"({"alg":"RS384","kid":"r1"})",
                                               R"({"alg":"RS512","kid":"r1"})",
                                               R"({"alg":"PS256","kid":"r1"})",
                                               R"({"alg":"HS256","kid":"r1"})",
                                               R"({"alg":"ES256","kid":"r1"})",
                                               R"({"alg":"EdDSA","kid":"r1"})",
                                               R"({"alg":"rs256","kid":"r1"})",
                                               R"({"alg":["RS256"],"kid":"r1"})",
                                               R"({"alg":null,"kid":"r1"})",
                                               R"({"alg":"RS256","kid":"../../etc/passwd"})",
                                               R"({"alg":"RS256","kid":"r1' OR 1=1 --"})",
                                               R"({"alg":"RS256","kid":"e1"})",
                                               R"({"alg":"RS256","kid":7})",
                                               R"({"alg":"RS256","kid":""  ,"crit":[]})",
                                               R"({"alg":"RS256","kid":"r1","crit":["exp"]})",
                                               R"({"alg":"RS256","kid":"r1","jku":"https://evil.example"})",
                                               R"({"alg":"RS256","kid":"r1","jwk":{"kty":"RSA"}})",
                                               R"({"alg":"RS256","kid":"r1","x5u":"https://evil.example"})",
                                               R"({"alg":"RS256","kid":"r1","x5c":["MIIB"]})",
                                               R"({"alg":"RS256","kid":"r1","b64":false})"};

TEST_F(IdToken, ForgedTokensAreRefused) {
  const std::string good = rsa_->sign(rsa_->header(), payload());
  const auto coded = [](std::string_view text) { return to_base64url(as_bytes(text)); };
  const std::string hmac_by_public_key = to_base64url(
      hmac_sha256(as_bytes(rsa_->public_jwk()), as_bytes(coded(R"({"alg":"HS256"})") + "." + coded(payload()))));
  std::vector<std::string> forged{
      "",
      ".",
      "..",
      "...",
      "a.b.c",
      good + ".",
      "." + good,
      good + ".x",
      good.substr(0, good.size() - 1),
      good.substr(0, good.rfind('.')),
      good.substr(0, good.rfind('.') + 1),
      good + "=",
      good + "\n",
      " " + good,
      with_part(good, 1, coded(payload("person-7", "person-8"))),
      with_part(good, 0, coded(R"({"alg":"none"})")),
      with_part(good, 0, coded(R"({"alg":"None","kid":"r1"})")),
      with_part(with_part(good, 0, coded(R"({"alg":"none"})")), 2, ""),
      coded(R"({"alg":"HS256"})") + "." + coded(payload()) + "." + hmac_by_public_key,
      with_part(good, 2, with_part(ec_->sign(ec_->header(), payload()), 0, "").substr(1)),
      with_part(good, 2, coded("")),
      with_part(good, 2, coded(std::string(256, '\0'))),
      with_part(good, 2, coded(std::string(64, '\0'))),
      with_part(good, 1, "!!!!"),
      with_part(good, 1, coded("[]")),
      with_part(good, 1, coded("7")),
      with_part(good, 1, coded("{")),
      with_part(good, 0, coded("[]")),
      with_part(good, 0, coded(R"({"kid":"r1"})")),
      with_part(good, 0, coded(R"({"alg":"RS256","alg":"none"})")),
      other_->sign(R"({"alg":"RS256","kid":"r1"})", payload()),
      other_->sign(R"({"alg":"RS256"})", payload()),
      other_->sign(other_->header(), payload()),
      std::string(100'000, 'A') + ".e30.e30",
  };
  for (const std::string_view header : kForgedHeaders) {
    forged.push_back(rsa_->sign(header, payload()));
  }
  forged.push_back(ec_->sign(R"({"alg":"RS256","kid":"e1"})", payload()));
  forged.push_back(ec_->sign(R"({"alg":"EdDSA","kid":"e1"})", payload()));
  forged.push_back(ed_->sign(R"({"alg":"ES256","kid":"d1"})", payload()));
  forged.push_back(ed_->sign(R"({"alg":"RS256","kid":"d1"})", payload()));
  forged.push_back(TokenKey::p256("e1").sign(ec_->header(), payload()));
  forged.push_back(TokenKey::ed25519("d1").sign(ed_->header(), payload()));
  EXPECT_GE(forged.size(), 60U);
  for (const std::string& token : forged) EXPECT_FALSE(read(token).ok()) << token;
}

TEST_F(IdToken, KeysThatDoNotSignOrAreTooWeakAreLeftOut) {
  const std::string rsa = rsa_->public_jwk();
  const auto count = [](const std::string& jwk) { return parse_web_keys(R"({"keys":[)" + jwk + "]}")->size(); };
  const auto changed = [&](std::string_view from, std::string_view to) {
    std::string jwk = rsa;
    return jwk.replace(jwk.find(from), from.size(), to);
  };
  EXPECT_EQ(count(rsa), 1U);
  EXPECT_EQ(count(changed(R"("use":"sig")", R"("use":"enc")")), 0U);
  EXPECT_EQ(count(changed(R"("use":"sig")", R"("use":"sig","alg":"RS512")")), 0U);
  EXPECT_EQ(count(changed(R"("kty":"RSA")", R"("kty":"oct","k":"c2VjcmV0")")), 0U);
  EXPECT_EQ(count(TokenKey::rsa("weak", 1024).public_jwk()), 0U);
  EXPECT_FALSE(parse_web_keys("{}").ok());
  EXPECT_FALSE(parse_web_keys("[").ok());
}

TEST_F(IdToken, AnUnknownKeyIsToldApartFromABadSignature) {
  EXPECT_EQ(read(other_->sign(other_->header(), payload())).error().code, "jws.key");
  EXPECT_EQ(read(other_->sign(R"({"alg":"RS256","kid":"r1"})", payload())).error().code, "jws.signature");
}

}  // namespace
}  // namespace hinomi::formats
