// A question that can only be answered with false is a mistake.
// expect: invalid operands to binary expression
#include "base/id.h"

using ReportId = hinomi::Id<struct ReportTag>;
using MemberId = hinomi::Id<struct MemberTag>;

bool same(ReportId report, MemberId member, MemberId other) {
#ifdef WRONG
  return report == member;
#else
  return !report.is_nil() && member == other;
#endif
}
