// Challenges for passkeys: random, bound to what they are for and to who holds them, good for five minutes and one use.
// Nothing is stored before the use, so asking for many costs the server nothing.
#pragma once

#include <chrono>
#include <string_view>

#include "flow/platform.h"

namespace hinomi::flow {

inline constexpr std::chrono::minutes kChallengeLifetime{5};

// `binding` names ceremony and holder: "register 5f0c…" with the hash of a session.
Bytes make_challenge(const Platform& platform, std::string_view binding);
// Forbidden "passkey.challenge" for one that was made for something else, is too old, or was taken before.
Status take_challenge(const Platform& platform, ByteView challenge, std::string_view binding);

}  // namespace hinomi::flow
