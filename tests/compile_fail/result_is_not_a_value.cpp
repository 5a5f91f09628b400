// A Result is not its value: whoever wants the value handles the error first.
// expect: no viable conversion from
#include "base/result.h"

hinomi::Result<int> parse_severity();

hinomi::Result<int> doubled() {
#ifdef WRONG
  const int severity = parse_severity();
#else
  TRY(const int severity, parse_severity());
#endif
  return severity * 2;
}
