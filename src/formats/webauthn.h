// Passkeys: what an authenticator answers, verified step by step as WebAuthn Level 2 §7.1 (registration) and §7.2
// (assertion) say. Attestation "none" only; ES256, EdDSA and RS256; user verification is always required. Pure: the
// challenge and its single use, the stored keys and their counters are the caller's.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace hinomi {

// What the relying party asked for.
struct PasskeyExpectation {
  Bytes challenge;
  std::string origin;            // "https://isac.example", exactly
  std::string relying_party_id;  // "isac.example"
};

struct RegistrationAnswer {
  Bytes client_data;  // clientDataJSON
  Bytes attestation;  // attestationObject
};
struct NewPasskey {
  Bytes credential;
  Bytes public_key;  // COSE_Key, as it came
  std::uint32_t counter = 0;
};
// Invalid "webauthn.…" naming the first check that failed.
Result<NewPasskey> verify_registration(const RegistrationAnswer& answer, const PasskeyExpectation& expected);

struct AssertionAnswer {
  Bytes client_data;         // clientDataJSON
  Bytes authenticator_data;  // authenticatorData
  Bytes signature;
};
// The authenticator's counter; whether it may be so is the caller's check. Errors as above.
Result<std::uint32_t> verify_assertion(const AssertionAnswer& answer, const PasskeyExpectation& expected,
                                       ByteView public_key);

// The challenge that client data answers to, unverified: finds what to verify against.
Result<Bytes> challenge_of(ByteView client_data);

}  // namespace hinomi
