// Signatures made elsewhere, verified over OpenSSL: the three algorithms that authenticators and tokens of other
// systems use. Nothing here signs. Safe on any thread.
#pragma once

#include "base/bytes.h"

namespace hinomi {

// A point of P-256 as its two coordinates, 32 bytes each, big-endian.
struct P256Point {
  ByteView x;
  ByteView y;
};
struct RsaKey {
  ByteView modulus;   // big-endian
  ByteView exponent;  // big-endian
};

// ECDSA with SHA-256, signature in DER (RFC 7518 "ES256" except for the form). False for a point off the curve too.
bool verify_es256(const P256Point& key, ByteView message, ByteView signature);
// Ed25519 (RFC 8032), key 32 bytes.
bool verify_eddsa(ByteView key, ByteView message, ByteView signature);
// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2).
bool verify_rs256(const RsaKey& key, ByteView message, ByteView signature);

}  // namespace hinomi
