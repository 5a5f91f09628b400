#include "model/partial_time.h"

#include "model/words.h"

namespace hinomi {
namespace {

constexpr Words<TimePrecision, 4> kPrecisions{"time.precision_unknown", {"minute", "hour", "day", "month"}};
constexpr std::size_t kMonthLength = 7;  // 2026-11
constexpr std::size_t kDayLength = 10;   // 2026-11-22

// Asia/Tokyo is nine whole hours away, so an hour there begins with one here.
Instant start_of_hour(Instant instant) { return std::chrono::floor<std::chrono::hours>(instant); }

Instant start_of_month(Instant instant) {
  const std::chrono::year_month_day day{tokyo_day(instant)};
  return tokyo_midnight(Day(day.year() / day.month() / std::chrono::day(1)));
}

// "2026-11-22 02:05 (日)" without its time of day.
std::string day_with_weekday(std::string_view text) {
  return std::string(text.substr(0, kDayLength)) + std::string(text.substr(text.rfind(' ')));
}

std::string hour_text(std::string text, bool english) {
  const std::string hour = text.substr(kDayLength + 1, 2);
  return text.replace(kDayLength + 1, 5, english ? hour + ":00–" + hour + ":59" : hour + "時台");
}

}  // namespace

std::string_view time_precision_text(TimePrecision precision) { return kPrecisions.text(precision); }
Result<TimePrecision> parse_time_precision(std::string_view text) { return kPrecisions.parse(text); }

Instant earliest_of(Instant instant, TimePrecision precision) {
  switch (precision) {
    case TimePrecision::Minute: return instant;
    case TimePrecision::Hour: return start_of_hour(instant);
    case TimePrecision::Day: return tokyo_midnight(tokyo_day(instant));
    case TimePrecision::Month: return start_of_month(instant);
  }
  return instant;
}

Result<PartialTime> parse_partial_time(std::string_view text) {
  if (text.size() == kMonthLength) {
    TRY(const Day day, parse_day(std::string(text) + "-01"));
    return PartialTime{tokyo_midnight(day), TimePrecision::Month};
  }
  if (text.size() == kDayLength) {
    TRY(const Day day, parse_day(text));
    return PartialTime{tokyo_midnight(day), TimePrecision::Day};
  }
  TRY(const Instant instant, parse_rfc3339(text));
  return PartialTime{instant, TimePrecision::Minute};
}

std::string partial_time_text(const PartialTime& time, bool english) {
  std::string text = tokyo_text(time.earliest, english);
  switch (time.precision) {
    case TimePrecision::Minute: return text;
    case TimePrecision::Hour: return hour_text(std::move(text), english);
    case TimePrecision::Day: return day_with_weekday(text);
    case TimePrecision::Month: return text.substr(0, kMonthLength);
  }
  return text;
}

}  // namespace hinomi
