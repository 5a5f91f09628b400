#include "formats/jws.h"

#include <array>
#include <optional>

#include "base/public_key.h"
#include "base/text.h"

namespace hinomi::formats {
namespace {

constexpr std::size_t kLongestToken = 64 << 10;
constexpr std::size_t kMostKeys = 32;
constexpr std::size_t kLeastModulusBytes = 256;
constexpr std::size_t kMostModulusBytes = 1024;
constexpr JsonLimits kPart{.max_bytes = kLongestToken, .max_depth = 16};

Error syntax(std::string_view what) {
  return invalid("jws.syntax", "The token is not a signed token: " + std::string(what) + ".");
}

std::optional<JwsAlgorithm> algorithm_of(std::string_view name) {
  if (name == "RS256") return JwsAlgorithm::Rs256;
  if (name == "ES256") return JwsAlgorithm::Es256;
  if (name == "EdDSA") return JwsAlgorithm::EdDsa;
  return std::nullopt;
}

Result<std::shared_ptr<const JsonDocument>> object_part(std::string_view encoded) {
  const auto bytes = from_base64url(encoded);
  if (!bytes.ok()) return syntax("a part is not base64url");
  auto document = parse_json(as_text(*bytes), kPart);
  if (!document.ok() || !(*document)->root().is_object()) return syntax("a part is no JSON object");
  return std::shared_ptr<const JsonDocument>(std::move(*document));
}

Status read_header(JsonView header, SignedToken& token) {
  const auto algorithm = algorithm_of(header.string_at("alg").value_or(""));
  if (!algorithm) return invalid("jws.algorithm", "The token is signed with an algorithm that is not accepted.");
  for (const std::string_view name : {"crit", "jku", "jwk", "x5u", "x5c", "b64"}) {
    if (header.find(name)) return invalid("jws.critical", "The token's header asks for more than its algorithm.");
  }
  if (header.find("kid") && !header.string_at("kid")) return syntax("its key id is no text");
  token.algorithm = *algorithm;
  token.key_id = header.string_at("kid").value_or("");
  return {};
}

Bytes bytes_at(JsonView key, std::string_view name) {
  auto bytes = from_base64url(key.string_at(name).value_or(""));
  return bytes.ok() ? std::move(*bytes) : Bytes();
}

bool is_usable(const WebKey& key) {
  switch (key.algorithm) {
    case JwsAlgorithm::Rs256:
      return key.modulus.size() >= kLeastModulusBytes && key.modulus.size() <= kMostModulusBytes &&
             !key.exponent.empty() && key.exponent.size() <= 8;
    case JwsAlgorithm::Es256: return key.x.size() == 32 && key.y.size() == 32;
    case JwsAlgorithm::EdDsa: return key.x.size() == 32;
  }
  return false;
}

// Nothing for a key of another kind, for encryption, or too weak.
std::optional<WebKey> read_key(JsonView json) {
  constexpr std::array<std::pair<std::string_view, JwsAlgorithm>, 3> kKinds{
      {{"RSA", JwsAlgorithm::Rs256}, {"EC", JwsAlgorithm::Es256}, {"OKP", JwsAlgorithm::EdDsa}}};
  const auto kind = json.string_at("kty").value_or("");
  const auto curve = json.string_at("crv").value_or("");
  for (const auto& [name, algorithm] : kKinds) {
    if (kind != name) continue;
    if (algorithm == JwsAlgorithm::Es256 && curve != "P-256") return std::nullopt;
    if (algorithm == JwsAlgorithm::EdDsa && curve != "Ed25519") return std::nullopt;
    if (json.string_at("use").value_or("sig") != "sig") return std::nullopt;
    const auto stated = json.string_at("alg");
    if (stated && algorithm_of(*stated) != algorithm) return std::nullopt;
    WebKey key{std::string(json.string_at("kid").value_or("")),
               algorithm,
               bytes_at(json, "n"),
               bytes_at(json, "e"),
               bytes_at(json, "x"),
               bytes_at(json, "y")};
    return is_usable(key) ? std::optional(std::move(key)) : std::nullopt;
  }
  return std::nullopt;
}

void append_integer(Bytes& der, ByteView number) {
  while (number.size() > 1 && number.front() == 0) number = number.subspan(1);
  const bool needs_sign = (number.front() & 0x80U) != 0;
  der.push_back(0x02);
  der.push_back(static_cast<std::uint8_t>(number.size() + (needs_sign ? 1 : 0)));
  if (needs_sign) der.push_back(0);
  der.insert(der.end(), number.begin(), number.end());
}

// RFC 7518 §3.4 writes the two numbers side by side; the verifier takes them in DER.
Bytes der_of(ByteView pair) {
  Bytes numbers;
  append_integer(numbers, pair.first(32));
  append_integer(numbers, pair.subspan(32));
  Bytes der{0x30, static_cast<std::uint8_t>(numbers.size())};
  der.insert(der.end(), numbers.begin(), numbers.end());
  return der;
}

bool made_by(const SignedToken& token, const WebKey& key) {
  const ByteView text = as_bytes(token.signed_text);
  switch (key.algorithm) {
    case JwsAlgorithm::Rs256: return verify_rs256({key.modulus, key.exponent}, text, token.signature);
    case JwsAlgorithm::Es256:
      return token.signature.size() == 64 && verify_es256({key.x, key.y}, text, der_of(token.signature));
    case JwsAlgorithm::EdDsa: return verify_eddsa(key.x, text, token.signature);
  }
  return false;
}

}  // namespace

Result<SignedToken> parse_signed_token(std::string_view compact) {
  if (compact.size() > kLongestToken) return syntax("it is too long");
  const auto parts = split(compact, '.');
  if (parts.size() != 3) return syntax("it has not three parts");
  SignedToken token;
  TRY(const auto header, object_part(parts[0]));
  TRY_OK(read_header(header->root(), token));
  TRY(token.payload, object_part(parts[1]));
  auto signature = from_base64url(parts[2]);
  if (!signature.ok() || signature->empty()) return syntax("its signature is not base64url");
  token.signature = std::move(*signature);
  token.signed_text = std::string(parts[0]) + "." + std::string(parts[1]);
  return token;
}

Result<std::vector<WebKey>> parse_web_keys(std::string_view json) {
  TRY(const auto document, parse_json(json, {.max_bytes = 1 << 20, .max_depth = 16}));
  const auto list = document->root().find("keys");
  if (!list || !list->is_array()) return invalid("jws.keys", "The provider's key list has no keys.", "/keys");
  std::vector<WebKey> keys;
  for (const JsonView each : *list) {
    auto key = read_key(each);
    if (key && keys.size() < kMostKeys) keys.push_back(std::move(*key));
  }
  return keys;
}

Status check_signature(const SignedToken& token, std::span<const WebKey> keys) {
  bool any = false;
  for (const WebKey& key : keys) {
    if (key.algorithm != token.algorithm || (!token.key_id.empty() && key.id != token.key_id)) continue;
    any = true;
    if (made_by(token, key)) return {};
  }
  if (!any) return Error{ErrorKind::NotFound, "jws.key", "No key of the provider fits the token.", {}};
  return forbidden("jws.signature", "The token's signature is not right.");
}

}  // namespace hinomi::formats
