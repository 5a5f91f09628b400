// The ID token of OpenID Connect Core 1.0: what §3.1.3.7 asks to be checked before anybody is let in.
#pragma once

#include <span>
#include <string>

#include "base/time.h"
#include "formats/jws.h"

namespace hinomi::formats {

struct IdTokenExpected {
  std::string issuer;
  std::string client;
  std::string nonce;
  Instant now;
};

// Who somebody is at their provider. Only the pair names a person; mail addresses and names in the token do not count.
struct ProviderIdentity {
  std::string issuer;
  std::string subject;  // 1 to 255 bytes, as the provider writes it
  auto operator<=>(const ProviderIdentity&) const = default;
};

// Forbidden "id_token.claims" naming the claim in `where`; otherwise the errors of parse_signed_token and
// check_signature. Clocks may differ by a minute.
Result<ProviderIdentity> read_id_token(std::string_view compact, std::span<const WebKey> keys,
                                       const IdTokenExpected& expected);

}  // namespace hinomi::formats
