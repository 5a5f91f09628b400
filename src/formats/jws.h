// Signed tokens of other systems: JWS in compact form (RFC 7515 §3.1) and the keys they are checked with (RFC 7517).
// Only what OpenID Connect needs: RS256, ES256, EdDSA; keys come from the provider's own list, never from the token.
// Pure functions over hostile text; safe on any thread.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/json.h"
#include "base/result.h"

namespace hinomi::formats {

enum class JwsAlgorithm { Rs256, Es256, EdDsa };

// One public key that signs. Which members count depends on the algorithm.
struct WebKey {
  std::string id;  // "kid"; empty where it has none
  JwsAlgorithm algorithm = JwsAlgorithm::Rs256;
  Bytes modulus, exponent;  // RSA, at least 2048 bits
  Bytes x, y;               // P-256; Ed25519 has x only
};

struct SignedToken {
  JwsAlgorithm algorithm = JwsAlgorithm::Rs256;
  std::string key_id;  // empty where the header names none
  std::string signed_text;
  Bytes signature;
  std::shared_ptr<const JsonDocument> payload;  // an object
};

// Invalid "jws.syntax", "jws.algorithm" (none, HMAC and everything else unknown), "jws.critical": a header that asks
// for understanding what we do not. Header members that point to keys (jku, jwk, x5u, x5c) are refused, not followed.
Result<SignedToken> parse_signed_token(std::string_view compact);

// The keys of a JWK Set that sign with an algorithm of ours; others are left out. At most 32 are taken.
Result<std::vector<WebKey>> parse_web_keys(std::string_view json);

// Ok when one of the keys made the signature: the one that the token names, or any of its algorithm where it names
// none. NotFound "jws.key": no such key (the provider may have changed keys). Forbidden "jws.signature".
Status check_signature(const SignedToken& token, std::span<const WebKey> keys);

}  // namespace hinomi::formats
