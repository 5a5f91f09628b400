// Times as people know them: to the minute, the hour, the day or the month (DOMAIN-JAPAN §1.7, 発生日時). Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace hinomi {

enum class TimePrecision { Minute, Hour, Day, Month };
std::string_view time_precision_text(TimePrecision precision);  // "minute", "hour", "day", "month"
Result<TimePrecision> parse_time_precision(std::string_view text);

// An instant that stands for the earliest one that is meant, so that every clock counted from it falls on the safe
// side.
struct PartialTime {
  Instant earliest;
  TimePrecision precision = TimePrecision::Minute;
  bool operator==(const PartialTime&) const = default;
};

// The start, in Asia/Tokyo, of the hour, day or month in which the instant lies; the instant itself for Minute.
Instant earliest_of(Instant instant, TimePrecision precision);
// An RFC 3339 instant (Minute), a day "2026-11-22" or a month "2026-11", both in Asia/Tokyo. Invalid otherwise.
Result<PartialTime> parse_partial_time(std::string_view text);
// "2026-11-22 02:05 (日)", "2026-11-22 02時台 (日)", "2026-11-22 (日)", "2026-11"; `english` gives "02:00–02:59 (Sun)".
std::string partial_time_text(const PartialTime& time, bool english = false);

}  // namespace hinomi
