// A call that can fail must be looked at.
// expect: ignoring return value .*'nodiscard'
#include "base/result.h"

hinomi::Status close_store();

hinomi::Status stop() {
#ifdef WRONG
  close_store();
#else
  TRY_OK(close_store());
#endif
  return {};
}
