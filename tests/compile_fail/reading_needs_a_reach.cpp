// The store gives a report only to code that has asked policy what this person may read.
// expect: too few arguments|no matching (member )?function
#include "store/store.h"

hinomi::Result<hinomi::ReportVersion> read(hinomi::store::Store& store, const hinomi::policy::Reach& reach,
                                           const hinomi::ReportId& id) {
#ifdef WRONG
  static_cast<void>(reach);
  return store.report(id);
#else
  return store.report(reach, id);
#endif
}
