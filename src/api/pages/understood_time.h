// Times as people in Japan type them, in Asia/Tokyo: 2026-11-22 02:05, 11/22 2:05, 令和8年11月22日 2時5分, R8.11.22
// 02:05, 02:05 (today), full-width digits too; 「いま」, "now". Pure.
#pragma once

#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace hinomi::api {

// A date without a year is the latest such day not after tomorrow; a missing time of day is refused.
// Invalid "time.not_understood" with examples.
Result<Instant> understand_time(std::string_view text, Instant now);

}  // namespace hinomi::api
