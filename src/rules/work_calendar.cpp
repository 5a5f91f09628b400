#include "rules/work_calendar.h"

#include <array>

#include "rules/calendar.h"

namespace hinomi::rules {
namespace {

using std::chrono::days;
using std::chrono::weekday;
using std::chrono::year_month_day;

constexpr unsigned kSunday = 0;
constexpr unsigned kMonday = 1;
constexpr unsigned kThursday = 4;
constexpr unsigned kFriday = 5;
constexpr unsigned kSaturday = 6;
constexpr unsigned kLast = 5;  // of its kind in the month

struct FixedHoliday {
  unsigned month;
  unsigned day;
};
struct WeekdayHoliday {
  unsigned month;
  unsigned weekday;
  unsigned week;  // 1…4, or kLast
};

// New Year's Day, Independence Day, Veterans Day, Christmas Day.
constexpr std::array<FixedHoliday, 4> kFixed{{{1, 1}, {7, 4}, {11, 11}, {12, 25}}};
// Birthday of Martin Luther King, Washington's Birthday, Memorial Day, Labor Day, Columbus Day, Thanksgiving Day.
constexpr std::array<WeekdayHoliday, 6> kMoving{
    {{1, kMonday, 3}, {2, kMonday, 3}, {5, kMonday, kLast}, {9, kMonday, 1}, {10, kMonday, 2}, {11, kThursday, 4}}};
// Juneteenth, by Public Law 117-17 of 2021-06-17.
constexpr FixedHoliday kJuneteenth{6, 19};
constexpr std::chrono::year kFirstJuneteenth{2021};

unsigned weekday_of(Day day) { return weekday(day).c_encoding(); }

bool is_on(const year_month_day& date, FixedHoliday holiday) {
  return static_cast<unsigned>(date.month()) == holiday.month && static_cast<unsigned>(date.day()) == holiday.day;
}

bool is_on(Day day, WeekdayHoliday holiday) {
  const year_month_day date(day);
  if (static_cast<unsigned>(date.month()) != holiday.month || weekday_of(day) != holiday.weekday) return false;
  if (holiday.week == kLast) return year_month_day(day + days(7)).month() != date.month();
  return (static_cast<unsigned>(date.day()) + 6) / 7 == holiday.week;
}

// A holiday of a fixed date, before it is moved off a weekend.
bool is_fixed_holiday(Day day) {
  const year_month_day date(day);
  for (const auto& holiday : kFixed) {
    if (is_on(date, holiday)) return true;
  }
  return date.year() >= kFirstJuneteenth && is_on(date, kJuneteenth);
}

bool is_us_holiday(Day day) {
  for (const auto& holiday : kMoving) {
    if (is_on(day, holiday)) return true;
  }
  if (is_fixed_holiday(day)) return true;
  if (weekday_of(day) == kFriday && is_fixed_holiday(day + days(1))) return true;
  return weekday_of(day) == kMonday && is_fixed_holiday(day - days(1));
}

}  // namespace

std::string_view work_calendar_text(WorkCalendar calendar) {
  return calendar == WorkCalendar::UsFederal ? "us-federal" : "jp-administrative";
}

Result<WorkCalendar> parse_work_calendar(std::string_view text) {
  for (const auto calendar : {WorkCalendar::JpAdministrative, WorkCalendar::UsFederal}) {
    if (text == work_calendar_text(calendar)) return calendar;
  }
  return invalid("rules.calendar_unknown", "A calendar is jp-administrative or us-federal.");
}

bool covers([[maybe_unused]] WorkCalendar calendar, Day day) { return Calendar::covers(day); }

bool is_closed(WorkCalendar calendar, Day day) {
  if (calendar == WorkCalendar::JpAdministrative) return Calendar::is_administrative_holiday(day);
  if (weekday_of(day) == kSunday || weekday_of(day) == kSaturday) return true;
  return covers(calendar, day) && is_us_holiday(day);
}

Day next_open_day(WorkCalendar calendar, Day day) {
  while (is_closed(calendar, day)) day += days(1);
  return day;
}

}  // namespace hinomi::rules
