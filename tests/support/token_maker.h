// A provider's side of signed tokens, over OpenSSL: fresh keys, their public form as a JWK, and tokens signed by them.
#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace hinomi::testing {

class TokenKey {
 public:
  static TokenKey rsa(std::string id, unsigned bits = 2048) { return {std::move(id), "RS256", EVP_RSA_gen(bits)}; }
  static TokenKey p256(std::string id) { return {std::move(id), "ES256", EVP_EC_gen("P-256")}; }
  static TokenKey ed25519(std::string id) {
    return {std::move(id), "EdDSA", EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")};
  }

  [[nodiscard]] const std::string& algorithm() const { return algorithm_; }
  [[nodiscard]] std::string public_jwk() const {
    std::string jwk = R"({"kid":")" + id_ + R"(","use":"sig",)";
    if (algorithm_ == "RS256") {
      jwk +=
          R"("kty":"RSA","n":")" + number(OSSL_PKEY_PARAM_RSA_N) + R"(","e":")" + number(OSSL_PKEY_PARAM_RSA_E) + "\"";
    } else if (algorithm_ == "ES256") {
      jwk += R"("kty":"EC","crv":"P-256","x":")" + number(OSSL_PKEY_PARAM_EC_PUB_X, 32) + R"(","y":")" +
             number(OSSL_PKEY_PARAM_EC_PUB_Y, 32) + "\"";
    } else {
      Bytes raw(32);
      std::size_t size = raw.size();
      EVP_PKEY_get_raw_public_key(key_.get(), raw.data(), &size);
      jwk += R"("kty":"OKP","crv":"Ed25519","x":")" + to_base64url(raw) + "\"";
    }
    return jwk + "}";
  }

  // header and payload are JSON; the signature is this key's whatever the header says.
  [[nodiscard]] std::string sign(std::string_view header, std::string_view payload) const {
    const std::string text = to_base64url(as_bytes(header)) + "." + to_base64url(as_bytes(payload));
    return text + "." + to_base64url(signature_of(text));
  }
  [[nodiscard]] std::string header() const { return R"({"alg":")" + algorithm_ + R"(","kid":")" + id_ + R"("})"; }

 private:
  TokenKey(std::string id, std::string algorithm, EVP_PKEY* key)
      : id_(std::move(id)), algorithm_(std::move(algorithm)), key_(key, &EVP_PKEY_free) {}

  [[nodiscard]] std::string number(const char* parameter, int size = 0) const {
    BIGNUM* value = nullptr;
    EVP_PKEY_get_bn_param(key_.get(), parameter, &value);
    Bytes bytes(static_cast<std::size_t>(size > 0 ? size : BN_num_bytes(value)));
    BN_bn2binpad(value, bytes.data(), static_cast<int>(bytes.size()));
    BN_free(value);
    return to_base64url(bytes);
  }

  [[nodiscard]] Bytes signature_of(std::string_view text) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    const EVP_MD* digest = algorithm_ == "EdDSA" ? nullptr : EVP_sha256();
    EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get());
    std::size_t size = 0;
    const ByteView bytes = as_bytes(text);
    EVP_DigestSign(context.get(), nullptr, &size, bytes.data(), bytes.size());
    Bytes signature(size);
    EVP_DigestSign(context.get(), signature.data(), &size, bytes.data(), bytes.size());
    signature.resize(size);
    return algorithm_ == "ES256" ? side_by_side(signature) : signature;
  }

  static Bytes side_by_side(const Bytes& der) {
    const std::uint8_t* at = der.data();
    ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
    Bytes both(64);
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), both.data(), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), both.data() + 32, 32);
    ECDSA_SIG_free(pair);
    return both;
  }

  std::string id_;
  std::string algorithm_;
  std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace hinomi::testing
