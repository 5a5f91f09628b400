// Comparing secrets with == leaks by time; equal_in_constant_time is the way.
// expect: overload resolution selected deleted operator '=='
#include "base/bytes.h"
#include "base/crypto.h"
#include "base/secret.h"

bool same(const hinomi::SecretText& left, const hinomi::SecretText& right) {
#ifdef WRONG
  return left == right;
#else
  return hinomi::equal_in_constant_time(hinomi::as_bytes(left.expose()), hinomi::as_bytes(right.expose()));
#endif
}
