// The administrative calendar of Japan: which civil days in Asia/Tokyo the State's offices are closed.
// Pure rules of two statutes; immutable, no clock, safe on any thread.
#pragma once

#include <string_view>

#include "base/time.h"

namespace hinomi::rules {

// 国民の祝日に関する法律 (昭和23年法律第178号) arts. 2–3 and 行政機関の休日に関する法律 (昭和63年法律第91号) art. 1.
// The equinoxes are computed; the State announces those of a year only in the February before it.
class Calendar {
 public:
  static constexpr std::chrono::year kFirstYear{2020};
  static constexpr std::chrono::year kLastYear{2035};

  // False outside the years whose holidays are known here; the questions below then answer for weekends and the
  // year's end only.
  static bool covers(Day day);
  // 国民の祝日 by name and date (art. 2), substitute days (art. 3(2)) and citizens' holidays between two (art. 3(3)).
  static bool is_national_holiday(Day day);
  // 行政機関の休日: Saturday, Sunday, a national holiday, or 29 December to 3 January.
  static bool is_administrative_holiday(Day day);
  // The day itself when the offices are open, else the first later day on which they are (art. 2 of the 1988 act).
  static Day next_working_day(Day day);
};

}  // namespace hinomi::rules
