// The limits on guessing: one function for every way of signing in. Counted per account, source and method, per account
// over all sources, and per source; in the store, before anything is verified, with the platform's one clock.
#pragma once

#include <string>
#include <string_view>

#include "flow/platform.h"

namespace hinomi::flow {

enum class SignInMethod { Password, Totp, Passkey, Token, StepUp };

// After 10 failures one source waits 15 minutes for one account; after 100 in an hour only sources that signed the
// account in before may try it; after 100 in 15 minutes a source waits, whatever the account.
inline constexpr store::AttemptLimits kAttemptLimits{
    {10, std::chrono::minutes{15}}, {100, std::chrono::hours{1}}, {100, std::chrono::minutes{15}}};

// Receipt codes have 80 bits: a limit that one colleague cannot use up for everybody behind the same address is enough.
inline constexpr store::AttemptLimits kReceiptLimits{
    {300, std::chrono::hours{1}}, {300, std::chrono::hours{1}}, {300, std::chrono::hours{1}}};

// One spelling for what people type: NFKC, folded, without space around it.
std::string canonical_login(std::string_view typed);

// What an address counts as: an IPv6 address as its /64.
std::string network_of(std::string_view source);

// Who is tried, from where and how. An IPv6 source counts as its /64: a host has all of those addresses.
store::Attempt attempt_on(std::string_view canonical_account, std::string_view source, SignInMethod method);

// Who guesses at receipt codes: counted by method and source alone, nothing of the code, and the source only as a keyed
// hash of its network. Nobody is locked out by others.
store::Attempt guess_at_receipt(const Platform& platform, std::string_view source);

// Counts the try. Unavailable "signin.too_many" above a limit: nothing may be verified then.
Status admit(const Platform& platform, const store::Attempt& attempt);
// It was right, and nothing shall say that it was: the try is forgotten, the source stays unknown.
Status forget_try(const Platform& platform, const store::Attempt& attempt);
// It was right.
Status settle(const Platform& platform, const store::Attempt& attempt);

}  // namespace hinomi::flow
