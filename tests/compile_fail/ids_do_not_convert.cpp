// The id of a report is not the id of a member, although both are 128 bits.
// expect: no (matching function|viable conversion)
#include "base/id.h"

using ReportId = hinomi::Id<struct ReportTag>;
using MemberId = hinomi::Id<struct MemberTag>;

void share(ReportId report, MemberId with);

void share_once(ReportId report, MemberId member) {
#ifdef WRONG
  share(member, report);
#else
  share(report, member);
#endif
}
