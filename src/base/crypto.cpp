#include "base/crypto.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <cstring>

#include "base/result.h"

namespace hinomi {
namespace {

static_assert(sizeof(crypto_hash_sha256_state) <= 128);

crypto_hash_sha256_state* state_of(std::array<std::uint8_t, 128>& bytes) {
  return reinterpret_cast<crypto_hash_sha256_state*>(bytes.data());
}

Bytes with_purpose(std::string_view purpose, ByteView message) {
  Bytes all(purpose.begin(), purpose.end());
  all.push_back(0);
  all.insert(all.end(), message.begin(), message.end());
  return all;
}

}  // namespace

void initialise_crypto() {
  if (sodium_init() < 0) std::abort();
}

Sha256 sha256(ByteView bytes) {
  Sha256 digest{};
  crypto_hash_sha256(digest.data(), bytes.data(), bytes.size());
  return digest;
}

Sha256 sha256(std::string_view text) { return sha256(as_bytes(text)); }

Sha1 sha1(std::string_view text) {
  Sha1 digest{};
  unsigned length = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha1(), nullptr);
  return digest;
}

Sha256 hmac_sha256(ByteView key, ByteView message) {
  Sha256 mac{};
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.data(), key.size());
  crypto_auth_hmacsha256_update(&state, message.data(), message.size());
  crypto_auth_hmacsha256_final(&state, mac.data());
  return mac;
}

bool equal_in_constant_time(ByteView left, ByteView right) {
  return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

Sha256Stream::Sha256Stream() { crypto_hash_sha256_init(state_of(state_)); }
void Sha256Stream::update(ByteView bytes) { crypto_hash_sha256_update(state_of(state_), bytes.data(), bytes.size()); }
Sha256 Sha256Stream::finish() {
  Sha256 digest{};
  crypto_hash_sha256_final(state_of(state_), digest.data());
  return digest;
}

SigningKey SigningKey::generate(Random& random) {
  Bytes seed(crypto_sign_SEEDBYTES);
  random.fill(seed);
  return from_seed(Secret(std::move(seed))).value();
}

Result<SigningKey> SigningKey::from_seed(const Secret<Bytes>& seed) {
  if (seed.expose().size() != crypto_sign_SEEDBYTES) return invalid("key.seed", "A signing key seed has 32 bytes.");
  SigningKey key;
  std::array<std::uint8_t, 64> secret{};
  crypto_sign_seed_keypair(key.public_.data(), secret.data(), seed.expose().data());
  key.secret_ = Secret(secret);
  return key;
}

Secret<Bytes> SigningKey::export_seed() const {
  Bytes seed(crypto_sign_SEEDBYTES);
  crypto_sign_ed25519_sk_to_seed(seed.data(), secret_.expose().data());
  return Secret(std::move(seed));
}

std::string SigningKey::key_id() const { return key_id_of(public_); }

Signature SigningKey::sign(std::string_view purpose, ByteView message) const {
  Signature signature{};
  const Bytes all = with_purpose(purpose, message);
  crypto_sign_detached(signature.data(), nullptr, all.data(), all.size(), secret_.expose().data());
  return signature;
}

std::string key_id_of(const PublicKey& key) { return to_hex(ByteView(sha256(ByteView(key))).first(8)); }

bool verify_signature(const PublicKey& key, std::string_view purpose, ByteView message, const Signature& signature) {
  const Bytes all = with_purpose(purpose, message);
  return crypto_sign_verify_detached(signature.data(), all.data(), all.size(), key.data()) == 0;
}

std::string hash_password(const SecretText& password, HashCost cost) {
  const bool test = cost == HashCost::Test;
  const auto passes = test ? crypto_pwhash_OPSLIMIT_MIN : 3ULL;
  const auto memory = test ? crypto_pwhash_MEMLIMIT_MIN : std::size_t{64} << 20;
  std::array<char, crypto_pwhash_STRBYTES> text{};
  const auto& plain = password.expose();
  if (crypto_pwhash_str_alg(text.data(), plain.data(), plain.size(), passes, memory, crypto_pwhash_ALG_ARGON2ID13) !=
      0) {
    std::abort();  // only out of memory gets here
  }
  return text.data();
}

bool password_matches(std::string_view hash, const SecretText& password) {
  if (password.expose().empty()) return false;  // an empty secret is refused before any backend
  return crypto_pwhash_str_verify(std::string(hash).c_str(), password.expose().data(), password.expose().size()) == 0;
}

std::string totp_code(const Secret<Bytes>& secret, std::int64_t step) {
  std::array<std::uint8_t, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) counter[7 - i] = static_cast<std::uint8_t>(step >> (8 * i));
  std::array<std::uint8_t, 20> mac{};
  unsigned length = 0;
  HMAC(EVP_sha1(), secret.expose().data(), static_cast<int>(secret.expose().size()), counter.data(), counter.size(),
       mac.data(), &length);
  const std::size_t offset = mac[19] & 0x0F;  // dynamic truncation, RFC 4226 §5.3
  const std::uint32_t value = static_cast<std::uint32_t>(mac[offset] & 0x7F) << 24 |
                              static_cast<std::uint32_t>(mac[offset + 1]) << 16 |
                              static_cast<std::uint32_t>(mac[offset + 2]) << 8 | mac[offset + 3];
  std::string digits = std::to_string(value % 1'000'000);
  return std::string(6 - digits.size(), '0') + digits;
}

std::optional<std::int64_t> totp_step(const Secret<Bytes>& secret, std::string_view code, Instant now) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  std::optional<std::int64_t> matched;
  for (std::int64_t step = seconds / 30 - 1; step <= seconds / 30 + 1; ++step) {
    if (equal_in_constant_time(as_bytes(totp_code(secret, step)), as_bytes(code))) matched = step;
  }
  return matched;
}

RecordKey make_record_key(Random& random) {
  std::array<std::uint8_t, 32> key{};
  random.fill(key);
  return RecordKey(key);
}

Bytes seal(const RecordKey& key, std::string_view context, ByteView plain, Random& random) {
  constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  Bytes sealed(kNonce + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
  random.fill(std::span(sealed).first(kNonce));
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + kNonce, nullptr, plain.data(), plain.size(),
                                             as_bytes(context).data(), context.size(), nullptr, sealed.data(),
                                             key.expose().data());
  return sealed;
}

Result<Bytes> open_sealed(const RecordKey& key, std::string_view context, ByteView sealed) {
  constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
  if (sealed.size() < kNonce + kTag) return internal("A sealed record is shorter than its header.");
  Bytes plain(sealed.size() - kNonce - kTag);
  const auto body = sealed.subspan(kNonce);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, body.data(), body.size(),
                                                 as_bytes(context).data(), context.size(), sealed.data(),
                                                 key.expose().data()) != 0) {
    return internal("A sealed record does not open: wrong key, moved or altered.");
  }
  return plain;
}

}  // namespace hinomi
