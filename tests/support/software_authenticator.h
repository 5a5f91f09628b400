// An authenticator without hardware: keys from OpenSSL, answers as WebAuthn Level 2 lays them out. Every piece of an
// answer can be set, so that a test changes one thing and nothing else.
#pragma once

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "base/crypto.h"
#include "base/json.h"
#include "formats/webauthn.h"

namespace hinomi::testing {

// --- CBOR by hand: heads in their shortest form

inline void append(Bytes& to, ByteView bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

inline Bytes cbor_head(unsigned major, std::uint64_t argument) {
  const auto first = static_cast<std::uint8_t>(major << 5U);
  if (argument < 24) return {static_cast<std::uint8_t>(first | argument)};
  if (argument < 0x100) return {static_cast<std::uint8_t>(first | 24U), static_cast<std::uint8_t>(argument)};
  return {static_cast<std::uint8_t>(first | 25U), static_cast<std::uint8_t>(argument >> 8U),
          static_cast<std::uint8_t>(argument)};
}
inline Bytes cbor_integer(std::int64_t value) {
  return value >= 0 ? cbor_head(0, static_cast<std::uint64_t>(value))
                    : cbor_head(1, static_cast<std::uint64_t>(-1 - value));
}
inline Bytes cbor_bytes(ByteView bytes) {
  Bytes out = cbor_head(2, bytes.size());
  append(out, bytes);
  return out;
}
inline Bytes cbor_text(std::string_view text) {
  Bytes out = cbor_head(3, text.size());
  append(out, as_bytes(text));
  return out;
}
inline Bytes cbor_map(std::initializer_list<std::pair<Bytes, Bytes>> pairs) {
  Bytes out = cbor_head(5, pairs.size());
  for (const auto& [key, value] : pairs) {
    append(out, key);
    append(out, value);
  }
  return out;
}

class SoftwareAuthenticator {
 public:
  enum class Algorithm { Es256, EdDsa, Rs256 };

  explicit SoftwareAuthenticator(Algorithm algorithm = Algorithm::Es256, std::string credential = "credential-1")
      : algorithm_(algorithm), credential_(as_bytes(credential).begin(), as_bytes(credential).end()) {
    switch (algorithm) {
      case Algorithm::Es256: key_.reset(EVP_EC_gen("P-256")); break;
      case Algorithm::EdDsa: key_.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")); break;
      case Algorithm::Rs256: key_.reset(EVP_RSA_gen(2048)); break;
    }
    if (!key_) std::abort();
  }

  // Everything an answer is made of.
  struct Pieces {
    std::string type;
    std::string challenge;  // base64url
    std::string origin;
    std::string more;  // further members of the client data: ",\"crossOrigin\":false"
    std::string relying_party;
    std::uint8_t flags = 0;
    std::uint32_t counter = 0;
    Bytes credential;
    Bytes key;
    Bytes tail;  // behind the authenticator data
    std::string format = "none";
    Bytes statement = cbor_map({});
  };

  [[nodiscard]] Pieces registration_of(const PasskeyExpectation& asked) const {
    return {"webauthn.create",
            to_base64url(asked.challenge),
            asked.origin,
            ",\"crossOrigin\":false",
            asked.relying_party_id,
            0x45,
            0,
            credential_,
            cose_key(),
            {},
            "none",
            cbor_map({})};
  }
  [[nodiscard]] Pieces assertion_of(const PasskeyExpectation& asked, std::uint32_t counter = 1) const {
    return {"webauthn.get",
            to_base64url(asked.challenge),
            asked.origin,
            ",\"crossOrigin\":false",
            asked.relying_party_id,
            0x05,
            counter,
            {},
            {},
            {},
            "none",
            cbor_map({})};
  }

  static Bytes client_data(const Pieces& pieces) {
    const std::string text = R"({"type":)" + json_quoted(pieces.type) + R"(,"challenge":)" +
                             json_quoted(pieces.challenge) + R"(,"origin":)" + json_quoted(pieces.origin) +
                             pieces.more + "}";
    return {as_bytes(text).begin(), as_bytes(text).end()};
  }
  static Bytes authenticator_data(const Pieces& pieces) {
    const Sha256 hash = sha256(pieces.relying_party);
    Bytes out(hash.begin(), hash.end());
    out.push_back(pieces.flags);
    for (const unsigned shift : {24U, 16U, 8U, 0U}) out.push_back(static_cast<std::uint8_t>(pieces.counter >> shift));
    if ((pieces.flags & 0x40U) != 0) {
      out.insert(out.end(), 16, 0);
      out.push_back(static_cast<std::uint8_t>(pieces.credential.size() >> 8U));
      out.push_back(static_cast<std::uint8_t>(pieces.credential.size()));
      append(out, pieces.credential);
      append(out, pieces.key);
    }
    append(out, pieces.tail);
    return out;
  }
  static RegistrationAnswer registration(const Pieces& pieces) {
    return {client_data(pieces), cbor_map({{cbor_text("fmt"), cbor_text(pieces.format)},
                                           {cbor_text("attStmt"), pieces.statement},
                                           {cbor_text("authData"), cbor_bytes(authenticator_data(pieces))}})};
  }
  [[nodiscard]] AssertionAnswer assertion(const Pieces& pieces) const {
    AssertionAnswer answer{client_data(pieces), authenticator_data(pieces), {}};
    const Sha256 hash = sha256(ByteView(answer.client_data));
    Bytes message = answer.authenticator_data;
    append(message, hash);
    answer.signature = sign(message);
    return answer;
  }

  [[nodiscard]] Bytes sign(ByteView message) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const EVP_MD* digest = algorithm_ == Algorithm::EdDsa ? nullptr : EVP_sha256();
    std::size_t length = 512;
    Bytes signature(length);
    if (EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get()) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &length, message.data(), message.size()) != 1)
      std::abort();
    signature.resize(length);
    return signature;
  }
  [[nodiscard]] Bytes cose_key() const {
    switch (algorithm_) {
      case Algorithm::Es256:
        return cbor_map({{cbor_integer(1), cbor_integer(2)},
                         {cbor_integer(3), cbor_integer(-7)},
                         {cbor_integer(-1), cbor_integer(1)},
                         {cbor_integer(-2), cbor_bytes(number(OSSL_PKEY_PARAM_EC_PUB_X, 32))},
                         {cbor_integer(-3), cbor_bytes(number(OSSL_PKEY_PARAM_EC_PUB_Y, 32))}});
      case Algorithm::EdDsa:
        return cbor_map({{cbor_integer(1), cbor_integer(1)},
                         {cbor_integer(3), cbor_integer(-8)},
                         {cbor_integer(-1), cbor_integer(6)},
                         {cbor_integer(-2), cbor_bytes(raw_key())}});
      case Algorithm::Rs256:
        return cbor_map({{cbor_integer(1), cbor_integer(3)},
                         {cbor_integer(3), cbor_integer(-257)},
                         {cbor_integer(-1), cbor_bytes(number(OSSL_PKEY_PARAM_RSA_N, 256))},
                         {cbor_integer(-2), cbor_bytes(Bytes{1, 0, 1})}});
    }
    return {};
  }
  [[nodiscard]] const Bytes& credential() const { return credential_; }

 private:
  [[nodiscard]] Bytes number(const char* name, int size) const {
    BIGNUM* value = nullptr;
    if (EVP_PKEY_get_bn_param(key_.get(), name, &value) != 1) std::abort();
    Bytes out(static_cast<std::size_t>(size));
    if (BN_bn2binpad(value, out.data(), size) != size) std::abort();
    BN_free(value);
    return out;
  }
  [[nodiscard]] Bytes raw_key() const {
    std::size_t length = 32;
    Bytes out(length);
    if (EVP_PKEY_get_raw_public_key(key_.get(), out.data(), &length) != 1) std::abort();
    return out;
  }

  struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  Algorithm algorithm_;
  Bytes credential_;
  std::unique_ptr<EVP_PKEY, FreeKey> key_;
};

}  // namespace hinomi::testing
