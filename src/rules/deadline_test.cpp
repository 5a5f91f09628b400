// Ten years of deadlines, each counted again day by day. The test vector of DOMAIN-JAPAN §2.1 stands in
// calendar_test.cpp.
#include "rules/deadline.h"

#include <gtest/gtest.h>

#include "rules/calendar.h"

namespace hinomi::rules {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::year_month_day;
using namespace std::chrono_literals;

constexpr Day kFirst{2026y / 1 / 1};
constexpr Day kLast{2035y / 6 / 30};

template <class Visit>
void every_day(const Visit& visit) {
  for (Day day = kFirst; day <= kLast; day += days(1)) visit(day);
}

DeadlineRule period(DeadlineKind kind, int number, FirstDay first, Roll roll = Roll::None) {
  DeadlineRule rule;
  rule.kind = kind;
  rule.number = number;
  rule.first_day = first;
  rule.roll = roll;
  return rule;
}

Instant moment(Day day, minutes of_day) { return tokyo_midnight(day) + of_day; }
Day end_day(const DeadlineRule& rule, Day start) {
  return rule.zone.day_of(*deadlines_from(rule, rule.zone.midnight(start) + hours(13)).raw);
}

TEST(TenYears, DaysAreCountedOneByOne) {
  for (const int number : {1, 10, 30, 60}) {
    const auto included = period(DeadlineKind::Days, number, FirstDay::Included);
    const auto excluded = period(DeadlineKind::Days, number, FirstDay::Excluded);
    every_day([&](Day start) {
      Day counted = start;
      for (int day = 1; day < number; ++day) counted += days(1);
      ASSERT_EQ(end_day(included, start), counted) << day_text(start);
      ASSERT_EQ(end_day(excluded, start), counted + days(1)) << day_text(start);
    });
  }
}

TEST(TenYears, TheHourOfTheStartChangesNothing) {
  const auto rule = period(DeadlineKind::Days, 30, FirstDay::Included, Roll::NextWorkingDay);
  every_day([&](Day start) {
    const auto whole = deadlines_from(rule, tokyo_midnight(start));
    ASSERT_EQ(whole, deadlines_from(rule, tokyo_midnight(start + days(1)) - microseconds(1)));
    ASSERT_NE(whole, deadlines_from(rule, tokyo_midnight(start + days(1))));
    ASSERT_EQ(*whole.raw + microseconds(1), tokyo_midnight(start + days(30)));
  });
}

TEST(TenYears, ARollEndsOnTheFirstOpenDayAndPassesOnlyClosedOnes) {
  const auto rule = period(DeadlineKind::Days, 30, FirstDay::Excluded, Roll::NextWorkingDay);
  every_day([&](Day start) {
    const auto due = deadlines_from(rule, moment(start, 600min));
    const Day raw = tokyo_day(*due.raw);
    const Day rolled = tokyo_day(*due.rolled);
    ASSERT_FALSE(Calendar::is_administrative_holiday(rolled));
    for (Day between = raw; between < rolled; between += days(1)) {
      ASSERT_TRUE(Calendar::is_administrative_holiday(between)) << day_text(between);
    }
    ASSERT_LE(rolled - raw, days(10)) << "no closure is longer than a golden week that touches weekends";
  });
}

TEST(TenYears, ALaterStartNeverEndsEarlier) {
  for (const auto kind : {DeadlineKind::Days, DeadlineKind::Months, DeadlineKind::BusinessDays}) {
    for (const auto first : {FirstDay::Included, FirstDay::Excluded}) {
      const auto roll = kind == DeadlineKind::BusinessDays ? Roll::None : Roll::NextWorkingDay;
      const auto rule = period(kind, 4, first, roll);
      Deadlines before = deadlines_from(rule, moment(kFirst, 0min));
      every_day([&](Day start) {
        const auto due = deadlines_from(rule, moment(start, 0min));
        ASSERT_LE(*before.raw, *due.raw) << day_text(start);
        ASSERT_LE(*before.rolled, *due.rolled) << day_text(start);
        before = due;
      });
    }
  }
}

TEST(TenYears, NewYearIsClosedAndLeapDaysAreDays) {
  for (int year = 2026; year < 2035; ++year) {
    const std::chrono::year this_year{year};
    for (Day day{this_year / 12 / 29}; day <= Day{(this_year + std::chrono::years(1)) / 1 / 3}; day += days(1)) {
      const auto due =
          deadlines_from(period(DeadlineKind::Days, 1, FirstDay::Included, Roll::NextWorkingDay), moment(day, 0min));
      EXPECT_GE(tokyo_day(*due.rolled), Day{(this_year + std::chrono::years(1)) / 1 / 4}) << day_text(day);
    }
    const Day end_of_february = end_day(period(DeadlineKind::Days, 1, FirstDay::Excluded), Day{this_year / 2 / 28});
    EXPECT_EQ(end_of_february, this_year.is_leap() ? Day{this_year / 2 / 29} : Day{this_year / 3 / 1});
  }
}

// A month from a day, told as a person would: the day of that number in the next month, or that month's last.
Day month_later(Day day) {
  const year_month_day from(day);
  Day later = day;
  while (year_month_day(later).month() == from.month()) later += days(1);
  const auto month = year_month_day(later).month();
  while (year_month_day(later).day() < from.day() && year_month_day(later + days(1)).month() == month) later += days(1);
  return later;
}

TEST(TenYears, MonthsEndWithTheSameDayOrTheMonth) {
  const auto excluded = period(DeadlineKind::Months, 1, FirstDay::Excluded);
  const auto included = period(DeadlineKind::Months, 1, FirstDay::Included);
  every_day([&](Day start) {
    const Day same = month_later(start);
    ASSERT_EQ(end_day(excluded, start), same) << day_text(start);
    const bool has_that_day = year_month_day(same).day() == year_month_day(start).day();
    ASSERT_EQ(end_day(included, start), has_that_day ? same - days(1) : same) << day_text(start);
  });
}

TEST(TenYears, BusinessDaysAreAsManyOpenDays) {
  for (const auto calendar : {WorkCalendar::JpAdministrative, WorkCalendar::UsFederal}) {
    auto rule = period(DeadlineKind::BusinessDays, 4, FirstDay::Excluded);
    rule.calendar = calendar;
    every_day([&](Day start) {
      const Day end = end_day(rule, start);
      int open = 0;
      for (Day day = start + days(1); day <= end; day += days(1)) open += is_closed(calendar, day) ? 0 : 1;
      ASSERT_EQ(open, 4) << day_text(start);
      ASSERT_FALSE(is_closed(calendar, end)) << day_text(start);
    });
  }
}

TEST(TenYears, HoursRunThroughEverything) {
  const auto rule = period(DeadlineKind::Hours, 24, FirstDay::Included);
  every_day([&](Day start) {
    const auto due = deadlines_from(rule, moment(start, 1350min));
    ASSERT_EQ(due.raw, moment(start + days(1), 1350min));
    ASSERT_EQ(due.rolled, due.raw);
  });
}

TEST(TenYears, TheEndOfTheNextBusinessDayIsOnlyEverLaterThanTheHours) {
  auto rule = period(DeadlineKind::Hours, 24, FirstDay::Included, Roll::EndOfNextBusinessDay);
  rule.calendar = WorkCalendar::UsFederal;
  rule.zone = *Zone::parse("-05:00");
  every_day([&](Day start) {
    const Instant from = rule.zone.midnight(start) + hours(18);
    const auto due = deadlines_from(rule, from);
    ASSERT_EQ(*due.raw, from + hours(24));
    ASSERT_EQ(*due.rolled, rule.zone.end_of(next_open_day(WorkCalendar::UsFederal, start + days(1))));
  });
}

TEST(Deadline, TheDaysOfAnotherZoneAreItsOwn) {
  auto rule = period(DeadlineKind::Days, 1, FirstDay::Excluded);
  rule.zone = *Zone::parse("-05:00");
  // 04:30 UTC is still the day before in a zone five hours behind.
  const Instant start = *parse_rfc3339("2026-12-04T04:30:00Z");
  EXPECT_EQ(*deadlines_from(rule, start).raw, *parse_rfc3339("2026-12-05T04:59:59.999999Z"));
}

TEST(Deadline, WhatHasNoNumberHasNoDate) {
  for (const auto kind : {DeadlineKind::Promptly, DeadlineKind::None, DeadlineKind::HoursOfFact}) {
    EXPECT_EQ(deadlines_from(period(kind, 0, FirstDay::Included), moment(kFirst, 0min)), Deadlines{});
  }
}

TEST(Deadline, AgreedHoursCountFromTheirFact) {
  const auto rule = period(DeadlineKind::HoursOfFact, 0, FirstDay::Included);
  const Instant start = moment(kFirst, 0min);
  EXPECT_EQ(deadlines_from(rule, start, 12.5).raw, start + hours(12) + minutes(30));
  EXPECT_EQ(deadlines_from(rule, start, 1e9).raw, std::nullopt) << "beyond ten years is a slip of the pen";
}

TEST(WorkCalendar, KnowsTheFederalHolidaysOfTwentySeven) {
  for (const Day day : {Day{2027y / 1 / 1}, Day{2027y / 1 / 18}, Day{2027y / 2 / 15}, Day{2027y / 5 / 31},
                        Day{2027y / 6 / 18}, Day{2027y / 7 / 5}, Day{2027y / 9 / 6}, Day{2027y / 10 / 11},
                        Day{2027y / 11 / 11}, Day{2027y / 11 / 25}, Day{2027y / 12 / 24}, Day{2027y / 12 / 31}}) {
    EXPECT_TRUE(is_closed(WorkCalendar::UsFederal, day)) << day_text(day);
  }
  for (const Day day : {Day{2027y / 6 / 21}, Day{2027y / 12 / 27}, Day{2027y / 11 / 26}, Day{2027y / 3 / 22}}) {
    EXPECT_FALSE(is_closed(WorkCalendar::UsFederal, day)) << day_text(day);
  }
}

TEST(Zone, ReadsWhatItWrites) {
  for (const auto* text : {"Asia/Tokyo", "UTC", "+01:00", "-05:00", "+14:00", "-03:30"}) {
    const auto zone = Zone::parse(text);
    ASSERT_TRUE(zone.ok()) << text;
    EXPECT_EQ(zone->text(), text);
  }
  for (const auto* text : {"", "JST", "+1:00", "+15:00", "+01:60", "Europe/Berlin", "+01:0O"}) {
    EXPECT_FALSE(Zone::parse(text).ok()) << text;
  }
}

}  // namespace
}  // namespace hinomi::rules
