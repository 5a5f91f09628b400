#include "formats/webauthn.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/json.h"
#include "base/public_key.h"
#include "formats/cbor.h"

namespace hinomi {
namespace {

constexpr JsonLimits kClientDataLimits{.max_bytes = 8 << 10, .max_depth = 6};
constexpr std::size_t kLongestCredential = 1023;  // WebAuthn §4 "Credential ID"
constexpr std::size_t kSmallestModulus = 256;     // bytes of an RSA key
constexpr std::size_t kLargestModulus = 512;

constexpr std::uint8_t kUserPresent = 0x01;
constexpr std::uint8_t kUserVerified = 0x04;
constexpr std::uint8_t kBackupEligible = 0x08;
constexpr std::uint8_t kBackedUp = 0x10;
constexpr std::uint8_t kHasCredential = 0x40;
constexpr std::uint8_t kHasExtensions = 0x80;

Error wrong(std::string_view part, std::string detail) {
  return invalid("webauthn." + std::string(part), std::move(detail));
}

// §7.1 steps 5–10, §7.2 steps 7–12.
Status check_client_data(ByteView client_data, std::string_view type, const PasskeyExpectation& expected) {
  const auto document = parse_json(as_text(client_data), kClientDataLimits);
  if (!document.ok() || !(*document)->root().is_object()) return wrong("client_data", "The client data is no object.");
  const JsonView data = (*document)->root();
  if (data.string_at("type") != type) return wrong("type", "The client data is of another ceremony.");
  const auto challenge = from_base64url(data.string_at("challenge").value_or(""));
  if (!challenge.ok() || expected.challenge.empty() || !equal_in_constant_time(*challenge, expected.challenge))
    return wrong("challenge", "The challenge is another one.");
  if (data.string_at("origin") != expected.origin) return wrong("origin", "The page was of another origin.");
  // A frame inside a foreign page, or a connection bound to something we cannot see.
  if (data.find("crossOrigin") && data.boolean_at("crossOrigin") != false)
    return wrong("cross_origin", "The page was framed by another origin.");
  if (data.find("topOrigin")) return wrong("cross_origin", "The page was framed by another origin.");
  if (const auto binding = data.find("tokenBinding"); binding && binding->string_at("status") == "present")
    return wrong("token_binding", "Token binding is not spoken here.");
  return {};
}

struct AuthenticatorData {
  std::uint8_t flags = 0;
  std::uint32_t counter = 0;
  Bytes credential;
  Bytes public_key;
};

// A position in bytes that never leaves them.
class Cursor {
 public:
  explicit Cursor(ByteView bytes) : rest_(bytes) {}
  Result<ByteView> take(std::size_t count) {
    if (rest_.size() < count) return wrong("authenticator_data", "The authenticator data ends too early.");
    const ByteView taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  // The bytes of one CBOR map.
  Result<ByteView> take_map() {
    const auto read = read_cbor(rest_);
    if (!read.ok() || read->value.kind != CborValue::Kind::Map)
      return wrong("authenticator_data", "A map of the authenticator data is malformed.");
    return take(read->length);
  }
  [[nodiscard]] bool is_at_end() const { return rest_.empty(); }

 private:
  ByteView rest_;
};

// §6.1, §6.5.1: rpIdHash, flags, counter, attested credential data, extensions, and nothing behind them.
Result<AuthenticatorData> read_authenticator_data(ByteView bytes, const PasskeyExpectation& expected) {
  Cursor cursor(bytes);
  TRY(const ByteView relying_party, cursor.take(32));
  if (!equal_in_constant_time(relying_party, sha256(expected.relying_party_id)))
    return wrong("relying_party", "The passkey is for another site.");
  AuthenticatorData data;
  TRY(const ByteView flags, cursor.take(1));
  data.flags = flags[0];
  TRY(const ByteView counter, cursor.take(4));
  for (const std::uint8_t byte : counter) data.counter = data.counter << 8U | byte;
  if ((data.flags & kHasCredential) != 0) {
    TRY([[maybe_unused]] const ByteView model, cursor.take(16));
    TRY(const ByteView length, cursor.take(2));
    TRY(const ByteView credential, cursor.take(std::size_t{length[0]} << 8U | length[1]));
    data.credential.assign(credential.begin(), credential.end());
    TRY(const ByteView key, cursor.take_map());
    data.public_key.assign(key.begin(), key.end());
  }
  if ((data.flags & kHasExtensions) != 0) {
    TRY([[maybe_unused]] const ByteView extensions, cursor.take_map());
  }
  if (!cursor.is_at_end()) return wrong("authenticator_data", "There is more than authenticator data.");
  return data;
}

Status check_flags(std::uint8_t flags) {
  if ((flags & kUserPresent) == 0) return wrong("user_presence", "Nobody touched the authenticator.");
  if ((flags & kUserVerified) == 0) return wrong("user_verification", "The authenticator did not check who it was.");
  if ((flags & kBackedUp) != 0 && (flags & kBackupEligible) == 0)
    return wrong("backup_flags", "The flags about backup contradict each other.");
  return {};
}

// COSE (RFC 9053): labels 1 kty, 3 alg; -1, -2, -3 by kind of key.
struct CoseKey {
  enum class Algorithm { Es256, EdDsa, Rs256 } algorithm = Algorithm::Es256;
  Bytes first;   // x, key, modulus
  Bytes second;  // y, nothing, exponent
};

std::int64_t integer_at(const CborValue& map, std::int64_t label) {
  const CborValue* value = map.find(label);
  return value != nullptr && value->kind == CborValue::Kind::Integer ? value->integer : 0;
}

Bytes bytes_at(const CborValue& map, std::int64_t label) {
  const CborValue* value = map.find(label);
  return value != nullptr && value->kind == CborValue::Kind::Bytes ? value->bytes : Bytes();
}

Result<CoseKey> read_cose_key(ByteView bytes) {
  const Error unusable = wrong("key", "The key is of no kind that is accepted here (ES256, EdDSA, RS256).");
  const auto read = read_cbor(bytes);
  if (!read.ok() || read->length != bytes.size()) return unusable;
  const CborValue& map = read->value;
  const std::int64_t kind = integer_at(map, 1);
  const std::int64_t algorithm = integer_at(map, 3);
  CoseKey key;
  if (kind == 2 && algorithm == -7 && integer_at(map, -1) == 1 && map.size() == 5) {
    key = {CoseKey::Algorithm::Es256, bytes_at(map, -2), bytes_at(map, -3)};
    if (key.first.size() == 32 && key.second.size() == 32) return key;
  } else if (kind == 1 && algorithm == -8 && integer_at(map, -1) == 6 && map.size() == 4) {
    key = {CoseKey::Algorithm::EdDsa, bytes_at(map, -2), {}};
    if (key.first.size() == 32) return key;
  } else if (kind == 3 && algorithm == -257 && map.size() == 4) {
    key = {CoseKey::Algorithm::Rs256, bytes_at(map, -1), bytes_at(map, -2)};
    const bool is_strong =
        key.first.size() >= kSmallestModulus && key.first.size() <= kLargestModulus && (key.first.front() & 0x80U) != 0;
    if (is_strong && key.second == Bytes{1, 0, 1}) return key;
  }
  return unusable;
}

bool verifies(const CoseKey& key, ByteView message, ByteView signature) {
  switch (key.algorithm) {
    case CoseKey::Algorithm::Es256: return verify_es256({key.first, key.second}, message, signature);
    case CoseKey::Algorithm::EdDsa: return verify_eddsa(key.first, message, signature);
    case CoseKey::Algorithm::Rs256: return verify_rs256({key.first, key.second}, message, signature);
  }
  return false;
}

// §8.7: format "none" with an empty statement. Gives the authenticator data.
Result<Bytes> unattested(ByteView attestation) {
  const auto read = read_cbor(attestation);
  if (!read.ok() || read->length != attestation.size() || read->value.size() != 3)
    return wrong("attestation", "The attestation object is malformed.");
  const CborValue* format = read->value.find("fmt");
  const CborValue* statement = read->value.find("attStmt");
  const CborValue* data = read->value.find("authData");
  const bool is_none = format != nullptr && format->kind == CborValue::Kind::Text && format->text == "none" &&
                       statement != nullptr && statement->kind == CborValue::Kind::Map && statement->size() == 0;
  if (!is_none) return wrong("attestation", "Only passkeys without attestation are taken.");
  if (data == nullptr || data->kind != CborValue::Kind::Bytes)
    return wrong("attestation", "The attestation object has no authenticator data.");
  return data->bytes;
}

}  // namespace

Result<NewPasskey> verify_registration(const RegistrationAnswer& answer, const PasskeyExpectation& expected) {
  TRY_OK(check_client_data(answer.client_data, "webauthn.create", expected));
  TRY(const Bytes bytes, unattested(answer.attestation));
  TRY(AuthenticatorData data, read_authenticator_data(bytes, expected));
  TRY_OK(check_flags(data.flags));
  if (data.credential.empty() || data.credential.size() > kLongestCredential)
    return wrong("credential", "The credential id is missing or too long.");
  TRY([[maybe_unused]] const CoseKey key, read_cose_key(data.public_key));
  return NewPasskey{std::move(data.credential), std::move(data.public_key), data.counter};
}

Result<std::uint32_t> verify_assertion(const AssertionAnswer& answer, const PasskeyExpectation& expected,
                                       ByteView public_key) {
  TRY_OK(check_client_data(answer.client_data, "webauthn.get", expected));
  TRY(const AuthenticatorData data, read_authenticator_data(answer.authenticator_data, expected));
  TRY_OK(check_flags(data.flags));
  TRY(const CoseKey key, read_cose_key(public_key));
  const Sha256 hash = sha256(ByteView(answer.client_data));
  Bytes message = answer.authenticator_data;
  message.insert(message.end(), hash.begin(), hash.end());
  if (!verifies(key, message, answer.signature)) return wrong("signature", "The signature is not right.");
  return data.counter;
}

Result<Bytes> challenge_of(ByteView client_data) {
  const auto document = parse_json(as_text(client_data), kClientDataLimits);
  if (!document.ok()) return wrong("client_data", "The client data is no object.");
  return from_base64url((*document)->root().string_at("challenge").value_or(""));
}

}  // namespace hinomi
