#include "rules/calendar.h"

#include <array>
#include <cmath>

namespace hinomi::rules {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

constexpr int kMonday = 1;

struct FixedHoliday {
  unsigned month;
  unsigned day;
};
struct MondayHoliday {
  unsigned month;
  unsigned week;
};

// Art. 2 as amended to Act No. 57 of 2018: the days that stand every year.
constexpr std::array<FixedHoliday, 9> kFixed{
    {{1, 1}, {2, 11}, {2, 23}, {4, 29}, {5, 3}, {5, 4}, {5, 5}, {11, 3}, {11, 23}}};
// 成人の日, 敬老の日.
constexpr std::array<MondayHoliday, 2> kMondays{{{1, 2}, {9, 3}}};
// 海の日, 山の日, スポーツの日, moved for the Olympic Games by art. 32 of Act No. 33 of 2015 as amended in 2018 and
// 2020.
constexpr std::array<FixedHoliday, 3> kSummer2020{{{7, 23}, {7, 24}, {8, 10}}};
constexpr std::array<FixedHoliday, 3> kSummer2021{{{7, 22}, {7, 23}, {8, 8}}};

bool is_on(const year_month_day& date, FixedHoliday holiday) {
  return static_cast<unsigned>(date.month()) == holiday.month && static_cast<unsigned>(date.day()) == holiday.day;
}

bool is_on(const year_month_day& date, MondayHoliday holiday) {
  const std::chrono::weekday weekday{Day(date)};
  return static_cast<unsigned>(date.month()) == holiday.month && weekday.c_encoding() == kMonday &&
         (static_cast<unsigned>(date.day()) + 6) / 7 == holiday.week;
}

// The usual astronomical approximation, exact for 1980–2099 (National Astronomical Observatory's announced days agree).
unsigned equinox_day(int year, double base) {
  const int elapsed = year - 1980;
  return static_cast<unsigned>(base + 0.242194 * elapsed) - static_cast<unsigned>(elapsed / 4);
}

bool is_equinox(const year_month_day& date) {
  const int year = static_cast<int>(date.year());
  return is_on(date, FixedHoliday{3, equinox_day(year, 20.8431)}) ||
         is_on(date, FixedHoliday{9, equinox_day(year, 23.2488)});
}

bool is_summer_holiday(const year_month_day& date) {
  const auto falls = [&date](const auto& holidays) {
    for (const auto& holiday : holidays) {
      if (is_on(date, holiday)) return true;
    }
    return false;
  };
  const int year = static_cast<int>(date.year());
  if (year == 2020) return falls(kSummer2020);
  if (year == 2021) return falls(kSummer2021);
  return is_on(date, MondayHoliday{7, 3}) || is_on(date, FixedHoliday{8, 11}) || is_on(date, MondayHoliday{10, 2});
}

// 「国民の祝日」 of art. 2, before substitutes.
bool is_named_holiday(Day day) {
  if (!Calendar::covers(day)) return false;
  const year_month_day date(day);
  for (const auto& holiday : kFixed) {
    if (is_on(date, holiday)) return true;
  }
  for (const auto& holiday : kMondays) {
    if (is_on(date, holiday)) return true;
  }
  return is_equinox(date) || is_summer_holiday(date);
}

bool is_sunday(Day day) { return std::chrono::weekday(day).c_encoding() == 0; }

// Art. 3(2): a holiday on a Sunday makes the nearest following day that is none a holiday.
bool is_substitute(Day day) {
  for (Day before = day - days(1); is_named_holiday(before); before -= days(1)) {
    if (is_sunday(before)) return true;
  }
  return false;
}

}  // namespace

bool Calendar::covers(Day day) {
  const auto year = year_month_day(day).year();
  return kFirstYear <= year && year <= kLastYear;
}

bool Calendar::is_national_holiday(Day day) {
  if (!covers(day)) return false;
  if (is_named_holiday(day) || is_substitute(day)) return true;
  return is_named_holiday(day - days(1)) && is_named_holiday(day + days(1));
}

bool Calendar::is_administrative_holiday(Day day) {
  const std::chrono::weekday weekday{day};
  if (weekday.c_encoding() == 0 || weekday.c_encoding() == 6) return true;
  const year_month_day date(day);
  const auto month = static_cast<unsigned>(date.month());
  const auto number = static_cast<unsigned>(date.day());
  if ((month == 12 && number >= 29) || (month == 1 && number <= 3)) return true;
  return is_national_holiday(day);
}

Day Calendar::next_working_day(Day day) {
  while (is_administrative_holiday(day)) day += days(1);
  return day;
}

}  // namespace hinomi::rules
