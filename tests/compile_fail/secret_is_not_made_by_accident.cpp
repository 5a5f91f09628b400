// Text becomes a secret, and a secret becomes text, only where somebody wrote so.
// expect: no viable conversion from
#include <string>

#include "base/secret.h"

hinomi::SecretText from_request(std::string password) {
#ifdef WRONG
  return password;
#else
  return hinomi::SecretText(std::move(password));
#endif
}
