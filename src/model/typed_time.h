// Times as people in Japan type them, in Asia/Tokyo: 2026-11-22 02:05, 11/22 2:05, 令和8年11月22日 2時5分, R8.11.22
// 02:05, 02:05 (today), full-width digits too; 「いま」, "now"; and what partial_time_text shows. Pure.
#pragma once

#include <string_view>

#include "base/result.h"
#include "model/partial_time.h"

namespace hinomi {

// A date without a year is the latest such day not after tomorrow; a missing time of day is refused.
// Invalid "time.not_understood" with examples.
Result<Instant> understand_time(std::string_view text, Instant now);
// The same, and 2026-11-22 02時台, 2026-11-22, 11/22, 2026-11, 令和8年11月: known to the hour, the day or the month.
Result<PartialTime> understand_partial_time(std::string_view text, Instant now);

}  // namespace hinomi
