// A Status is asked by name or in a condition; it does not slip into a bool.
// expect: no viable conversion from
#include "base/result.h"

hinomi::Status close_store();

bool closed() {
#ifdef WRONG
  const bool closed = close_store();
#else
  const bool closed = close_store().ok();
#endif
  return closed;
}
