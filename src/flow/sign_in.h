// Signing in with password and one-time code. Unknown and known accounts answer alike and take alike.
#pragma once

#include <string>

#include "flow/session.h"

namespace hinomi::flow {

struct SignInAttempt {
  std::string login;
  SecretText password;
  std::string totp;    // six digits or a recovery code; empty where the account has none
  std::string source;  // network address
};

// Forbidden "signin.refused" for every reason alike; Unavailable "signin.too_many" above the limits, "signin.busy"
// while too many others sign in.
Result<SignedIn> sign_in(const Platform& platform, const SignInAttempt& attempt);

// Against `hash`, or nobody's where there is none. The admitted try is taken back when no place was free to verify it.
Result<bool> check_password(const Platform& platform, const store::Attempt& admitted,
                            const std::optional<std::string>& hash, const SecretText& password);
// Whether this is the person's code now; a step or recovery code is consumed. True where the person has none.
Result<bool> second_factor_is_right(const Platform& platform, const store::Credential& credential,
                                    std::string_view code);
// The code of the step or of a neighbouring one, later than every one accepted before; consumed.
Result<bool> consume_totp(const Platform& platform, const store::Credential& credential, std::string_view code);
// How a recovery code is kept.
Sha256 recovery_hash(const PersonId& person, std::string_view code);

}  // namespace hinomi::flow
