// Signing in with password and one-time code, API tokens, and the sessions both give. Limits count per account and per
// source in the store, so they survive a restart; unknown and known accounts answer alike and take alike.
#pragma once

#include <chrono>
#include <string>

#include "base/secret.h"
#include "flow/caller.h"

namespace hinomi::flow {

inline constexpr std::chrono::hours kBrowserSession{8};
inline constexpr std::chrono::hours kTokenLifetime{24 * 90};

struct SignInAttempt {
  std::string login;
  SecretText password;
  std::string totp;    // empty where the account has none
  std::string source;  // network address
};

struct SignedIn {
  SecretText secret;  // of the cookie; only its hash is kept
  Caller caller;
};

// Forbidden "signin.refused" for every reason alike; Unavailable "signin.too_many" above the limits.
Result<SignedIn> sign_in(const Platform& platform, const SignInAttempt& attempt);

// The caller behind a cookie or API token. Forbidden "signin.needed" when it is unknown, ended or expired.
Result<Caller> caller_of_secret(const Platform& platform, const SecretText& secret, store::SessionKind kind);

Status sign_out(const Platform& platform, const Caller& caller);

// A new API token for a person; shown once. `name` is for the person's own list.
Result<SecretText> issue_token(const Platform& platform, const PersonId& person, std::string name);

}  // namespace hinomi::flow
