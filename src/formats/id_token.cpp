#include "formats/id_token.h"

namespace hinomi::formats {
namespace {

constexpr std::chrono::seconds kClockSkew{60};
constexpr std::size_t kLongestSubject = 255;  // OpenID Connect Core §2

Error wrong(std::string claim) {
  return {ErrorKind::Forbidden, "id_token.claims", "The provider's token is not for this sign-in.", std::move(claim)};
}

// `aud` is one text or a list; with several, `azp` has to be us.
bool is_for(JsonView claims, std::string_view client) {
  const auto audience = claims.find("aud");
  if (!audience) return false;
  const auto party = claims.string_at("azp");
  if (claims.find("azp") && party != client) return false;
  if (const auto one = audience->string()) return *one == client;
  if (!audience->is_array()) return false;
  bool named = false;
  for (const JsonView each : *audience) named = named || each.string() == client;
  return named && (audience->size() == 1 || party == client);
}

Status check_times(JsonView claims, Instant now) {
  const auto expires = claims.integer_at("exp");
  const auto issued = claims.integer_at("iat");
  const auto not_before = claims.integer_at("nbf");
  const std::int64_t seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
  // Compared this way round, no claim can overflow.
  if (!expires || seconds - kClockSkew.count() >= *expires) return wrong("exp");
  if (!issued || *issued > seconds + kClockSkew.count()) return wrong("iat");
  if (claims.find("nbf") && (!not_before || *not_before > seconds + kClockSkew.count())) return wrong("nbf");
  return {};
}

}  // namespace

Result<ProviderIdentity> read_id_token(std::string_view compact, std::span<const WebKey> keys,
                                       const IdTokenExpected& expected) {
  TRY(const SignedToken token, parse_signed_token(compact));
  TRY_OK(check_signature(token, keys));
  const JsonView claims = token.payload->root();
  if (claims.string_at("iss") != expected.issuer) return wrong("iss");
  if (!is_for(claims, expected.client)) return wrong("aud");
  if (expected.nonce.empty() || claims.string_at("nonce") != expected.nonce) return wrong("nonce");
  TRY_OK(check_times(claims, expected.now));
  const auto subject = claims.string_at("sub");
  if (!subject || subject->empty() || subject->size() > kLongestSubject) return wrong("sub");
  return ProviderIdentity{expected.issuer, std::string(*subject)};
}

}  // namespace hinomi::formats
