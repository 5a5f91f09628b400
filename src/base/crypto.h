// Hashes, signatures, password hashing and record encryption over libsodium (SHA-1 over OpenSSL).
// Keys have types that cannot be mixed up or printed. All functions are safe on any thread.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"

namespace hinomi {

using Sha256 = std::array<std::uint8_t, 32>;
using Sha1 = std::array<std::uint8_t, 20>;

// Must be called once by main (and each test binary) before anything else here.
void initialise_crypto();

Sha256 sha256(ByteView bytes);
Sha256 sha256(std::string_view text);
// Only where a protocol forces it: UUIDv5, TOTP, file indicators.
Sha1 sha1(std::string_view text);
Sha256 hmac_sha256(ByteView key, ByteView message);
bool equal_in_constant_time(ByteView left, ByteView right);

// SHA-256 fed piece by piece.
class Sha256Stream {
 public:
  Sha256Stream();
  void update(ByteView bytes);
  [[nodiscard]] Sha256 finish();

 private:
  alignas(64) std::array<std::uint8_t, 128> state_{};
};

// --- Ed25519 (RFC 8032). A signature always covers a purpose: one made for a bundle is worthless for a release.
using Signature = std::array<std::uint8_t, 64>;
using PublicKey = std::array<std::uint8_t, 32>;

class SigningKey {
 public:
  static SigningKey generate(Random& random);
  // From the 32-byte seed that export_seed() gave.
  static Result<SigningKey> from_seed(const Secret<Bytes>& seed);
  [[nodiscard]] Secret<Bytes> export_seed() const;
  [[nodiscard]] const PublicKey& public_key() const { return public_; }
  // First 8 bytes of SHA-256 over the public key, in hex: names the key in signatures.
  [[nodiscard]] std::string key_id() const;
  // Signs purpose ‖ 0x00 ‖ message.
  [[nodiscard]] Signature sign(std::string_view purpose, ByteView message) const;

 private:
  SigningKey() = default;
  Secret<std::array<std::uint8_t, 64>> secret_;
  PublicKey public_{};
};

std::string key_id_of(const PublicKey& key);
bool verify_signature(const PublicKey& key, std::string_view purpose, ByteView message, const Signature& signature);

// --- Passwords: Argon2id (RFC 9106) in libsodium's self-describing text form.
enum class HashCost { Interactive, Test };  // 64 MiB × 3 passes; the least that libsodium allows
std::string hash_password(const SecretText& password, HashCost cost);
bool password_matches(std::string_view hash, const SecretText& password);

// --- Time-based one-time passwords: RFC 6238, SHA-1, 30 s, 6 digits.
// The step that `code` belongs to when it is valid within ±1 step of `now`; steps only grow, and the caller
// consumes a step once.
std::optional<std::int64_t> totp_step(const Secret<Bytes>& secret, std::string_view code, Instant now);
std::string totp_code(const Secret<Bytes>& secret, std::int64_t step);

// --- Record encryption: XChaCha20-Poly1305 with a random nonce in front.
// `context` (id, version, label) is authenticated: a ciphertext moved to another record does not open.
using RecordKey = Secret<std::array<std::uint8_t, 32>>;
RecordKey make_record_key(Random& random);
Bytes seal(const RecordKey& key, std::string_view context, ByteView plain, Random& random);
Result<Bytes> open_sealed(const RecordKey& key, std::string_view context, ByteView sealed);

}  // namespace hinomi
