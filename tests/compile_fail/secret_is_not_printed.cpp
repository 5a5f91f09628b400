// A secret that can be streamed ends in a log or in a test message.
// expect: invalid operands to binary expression
#include <ostream>

#include "base/secret.h"

void show(std::ostream& out, const hinomi::SecretText& password) {
#ifdef WRONG
  out << password;
#else
  out << password.expose().size();
#endif
}
