// Passkeys: adding one to an account, and proving who one is with it. Who holds the challenge is told by `holder`: the
// hash of the session, or of the cookie that a sign-in was begun with.
#pragma once

#include <string>
#include <vector>

#include "flow/session.h"
#include "formats/webauthn.h"

namespace hinomi::flow {

inline constexpr std::size_t kPasskeysPerPerson = 20;

// What a browser needs to make a passkey.
struct PasskeyInvitation {
  Bytes challenge;
  Bytes handle;              // opaque name of the person
  std::vector<Bytes> known;  // credentials that exist already
};
Result<PasskeyInvitation> invite_passkey(const Platform& platform, const Caller& caller);

struct PasskeyAddition {
  std::string name;
  RegistrationAnswer answer;
};
// Forbidden "passkey.challenge", Invalid "passkey.refused" (the detail names the check), Conflict "passkey.known".
Result<store::Passkey> add_passkey(const Platform& platform, const Caller& caller, const PasskeyAddition& addition,
                                   const policy::Presence& proof);
Status remove_passkey(const Platform& platform, const Caller& caller, const PasskeyId& passkey,
                      const policy::Presence& proof);
Result<std::vector<store::Passkey>> own_passkeys(const Platform& platform, const Caller& caller);

struct PasskeyAnswer {
  Bytes credential;
  Bytes handle;  // empty where the authenticator gave none
  AssertionAnswer answer;
};
// The passkey that answered to a challenge with this binding; its counter has moved on. Forbidden "signin.refused" for
// every reason alike, an unknown credential too.
Result<store::Passkey> check_passkey(const Platform& platform, const PasskeyAnswer& answer, std::string_view binding);

// --- signing in: nobody is named before the authenticator answers
Bytes sign_in_challenge(const Platform& platform, std::string_view holder);
struct PasskeySignIn {
  PasskeyAnswer answer;
  std::string holder;
  std::string source;  // network address
};
// Forbidden "signin.refused"; Unavailable "signin.too_many".
Result<SignedIn> sign_in_with_passkey(const Platform& platform, const PasskeySignIn& attempt);

}  // namespace hinomi::flow
