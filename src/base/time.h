// Instants in UTC with microseconds, and calendar days in Asia/Tokyo (UTC+09:00, no daylight saving since 1951).
// Nothing here reads a clock; see base/clock.h.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hinomi {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Day = std::chrono::sys_days;  // a civil day; which zone it counts in is said by the name that holds it

// RFC 3339, UTC, always six fraction digits: 2026-11-22T02:05:00.000000Z. Sorts as text.
std::string to_rfc3339(Instant instant);
// Any RFC 3339 instant with 0–9 fraction digits (beyond six are cut) and Z or an offset. Impossible dates are Invalid.
Result<Instant> parse_rfc3339(std::string_view text);

// The civil day in Asia/Tokyo on which the instant falls.
Day tokyo_day(Instant instant);
// 00:00 Asia/Tokyo of that day.
Instant tokyo_midnight(Day day);
// The last microsecond of that day in Asia/Tokyo: a period "until the day" runs to here.
Instant tokyo_end_of_day(Day day);
// 2026-11-22 02:05 (日) in Asia/Tokyo, as screens and forms show it; `english` gives (Sun).
std::string tokyo_text(Instant instant, bool english = false);
// 2026-11-22T02:05+09:00, for forms and time elements.
std::string tokyo_rfc3339(Instant instant);
std::string day_text(Day day);  // 2026-11-22
Result<Day> parse_day(std::string_view text);

}  // namespace hinomi
