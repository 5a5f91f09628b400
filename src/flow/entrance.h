// What signing in needs beside the store: the pool for password hashes, the key behind challenges, and the name under
// which browsers know this installation. Owned by the installation; safe on any thread once the server runs.
#pragma once

#include <string>

#include "base/secret.h"
#include "flow/password_hasher.h"

namespace hinomi::flow {

// WebAuthn's relying party: passkeys belong to `id`, the host of `origin` ("https://isac.example").
struct RelyingParty {
  std::string id = "localhost";
  std::string origin = "http://localhost:8080";
};

struct Entrance {
  PasswordHasher passwords;
  Secret<Bytes> challenge_key;  // 32 bytes
  RelyingParty relying_party;   // set before the server starts
};

}  // namespace hinomi::flow
