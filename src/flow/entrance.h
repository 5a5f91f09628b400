// What the doors need beside the store: the pool for password hashes, the key behind challenges, the name under which
// browsers know this installation, and whether it takes reports without a name. Owned by the installation; safe on any
// thread once the server runs.
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

// The door for whoever gives no name (flow/unnamed.h).
struct UnnamedDoor {
  bool accepts = false;
  std::string telephone{};            // of the secretariat, shown on every page of it; empty: as members know it
  std::size_t most_unanswered = 200;  // so many may wait for an answer; above that people are asked to call
};

struct Entrance {
  PasswordHasher passwords;
  Secret<Bytes> challenge_key;  // 32 bytes
  RelyingParty relying_party;   // this and the next are set before the server starts
  UnnamedDoor unnamed{};
  Secret<Bytes> receipt_key{};  // 32 bytes, of its own: codes outlive every other key
};

}  // namespace hinomi::flow
