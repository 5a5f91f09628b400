// Sessions: what a cookie or an API token opens, for how long, and with which scopes.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/secret.h"
#include "flow/caller.h"

namespace hinomi::flow {

inline constexpr std::chrono::hours kBrowserSession{8};              // at the longest
inline constexpr std::chrono::minutes kBrowserIdle{60};              // without any request
inline constexpr std::chrono::hours kTokenLifetime{24 * 90};         // at the longest
inline constexpr std::chrono::hours kCertificateLifetime{24 * 730};  // as registered, at the longest
inline constexpr std::chrono::minutes kUseNotedEvery{1};             // how exactly the last use is known

struct SignedIn {
  SecretText secret;  // of the cookie; only its hash is kept
  Caller caller;
};

// A new browser session for a person who has just proved who they are. NotFound when inactive.
Result<SignedIn> open_browser_session(const Platform& platform, const PersonId& person);

// What the hash opens now. NotFound when unknown, ended, expired or idle for too long.
Result<store::Session> live_session(const Platform& platform, const Sha256& secret_hash);

// The caller behind a browser's cookie. Forbidden "signin.needed" when it is unknown, ended or expired.
Result<Caller> caller_of_cookie(const Platform& platform, const SecretText& cookie);
// The caller behind an API token. Forbidden "signin.needed" as above, "signin.token_mistyped" for what cannot be a
// token of ours; unknown tokens are counted per source and above the limit become Unavailable "signin.too_many".
Result<Caller> caller_of_token(const Platform& platform, const SecretText& token, std::string_view source);

// The caller behind a client certificate whose key the peer has proved to hold; nothing when nobody registered it or it
// has ended, as a browser may show any.
Result<std::optional<Caller>> caller_of_certificate(const Platform& platform, const Sha256& fingerprint);

Status sign_out(const Platform& platform, const Caller& caller);

struct TokenWish {
  std::string name;  // for the person's own list
  policy::Scopes scopes = policy::all_scopes();
  std::chrono::microseconds lifetime = kTokenLifetime;
};
struct IssuedToken {
  SecretText secret;  // shown once
  store::Session session;
};
// hnm_, 43 characters of base64url, and six of a checksum by which a leaked one is recognised and a typing error told.
Result<IssuedToken> make_token(const Platform& platform, const PersonId& person, TokenWish wish);
// The token whose secret these 43 characters are.
std::string token_text(std::string_view secret);
// Whether the text has the form and the checksum of a token.
bool is_token(std::string_view text);

}  // namespace hinomi::flow
