// One OpenID provider (OpenID Connect Core 1.0, Discovery 1.0), authorisation code flow with PKCE (RFC 7636): where to
// send the browser, and who came back. Owns its caches; safe on any thread; both calls may block on the provider, at
// most two fetching callers at a time so that a slow provider cannot take all workers.
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/secret.h"
#include "formats/id_token.h"
#include "net/http_client.h"

namespace hinomi::api {

struct ProviderSettings {
  std::string name;    // shown on the button
  std::string issuer;  // "https://login.example"; http on loopback only
  std::string client_id;
  SecretText client_secret;
  std::string redirect;  // our /login/openid/done as browsers reach it
};

// What one sign-in keeps until the browser comes back; all random.
struct ProviderTrip {
  std::string state;
  std::string nonce;
  std::string verifier;  // PKCE
};

class OpenIdProvider {
 public:
  // Invalid "openid.settings" naming the setting. Nothing is fetched yet.
  static Result<std::unique_ptr<OpenIdProvider>> create(ProviderSettings settings, std::unique_ptr<HttpClient> client,
                                                        const Clock& clock);
  virtual ~OpenIdProvider() = default;

  [[nodiscard]] virtual const std::string& name() const = 0;
  // Where the browser goes. Unavailable "openid.unreachable" when the provider's description cannot be had.
  virtual Result<std::string> authorisation_url(const ProviderTrip& trip) = 0;
  // Trades the code for an ID token and checks it. Forbidden "openid.refused"; Unavailable "openid.unreachable",
  // "openid.busy".
  virtual Result<formats::ProviderIdentity> finish(const ProviderTrip& trip, const std::string& code) = 0;
};

}  // namespace hinomi::api
