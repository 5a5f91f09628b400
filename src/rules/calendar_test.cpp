#include "rules/calendar.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <vector>

#include "rules/deadline.h"

namespace hinomi::rules {
namespace {

using std::chrono::days;

Instant at(std::string_view text) { return parse_rfc3339(text).value(); }
Day on(std::string_view text) { return parse_day(text).value(); }

std::vector<std::string> holidays_of(int year) {
  std::vector<std::string> found;
  for (Day day = on(std::to_string(year) + "-01-01"); day <= on(std::to_string(year) + "-12-31"); day += days(1)) {
    if (Calendar::is_national_holiday(day)) found.push_back(day_text(day).substr(5));
  }
  return found;
}

// The Cabinet Office's published lists.
TEST(Calendar, NationalHolidaysAreThoseOfThePublishedLists) {
  using Days = std::vector<std::string>;
  const std::map<int, Days> published{
      {2020,
       {"01-01", "01-13", "02-11", "02-23", "02-24", "03-20", "04-29", "05-03", "05-04", "05-05", "05-06", "07-23",
        "07-24", "08-10", "09-21", "09-22", "11-03", "11-23"}},
      {2021,
       {"01-01", "01-11", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04", "05-05", "07-22", "07-23", "08-08",
        "08-09", "09-20", "09-23", "11-03", "11-23"}},
      {2026,
       {"01-01", "01-12", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04", "05-05", "05-06", "07-20", "08-11",
        "09-21", "09-22", "09-23", "10-12", "11-03", "11-23"}},
      {2027,
       {"01-01", "01-11", "02-11", "02-23", "03-21", "03-22", "04-29", "05-03", "05-04", "05-05", "07-19", "08-11",
        "09-20", "09-23", "10-11", "11-03", "11-23"}},
  };
  for (const auto& [year, expected] : published) EXPECT_EQ(holidays_of(year), expected) << year;
}

TEST(Calendar, ADayBetweenTwoHolidaysIsACitizensHoliday) {
  EXPECT_TRUE(Calendar::is_national_holiday(on("2026-09-22")));
  EXPECT_TRUE(Calendar::is_national_holiday(on("2032-09-21")));
  EXPECT_FALSE(Calendar::is_national_holiday(on("2027-09-21")));
}

TEST(Calendar, EquinoxesOfLaterYearsAreComputed) {
  for (const auto* day : {"2028-03-20", "2028-09-22", "2030-03-20", "2030-09-23", "2035-03-21", "2035-09-23"}) {
    EXPECT_TRUE(Calendar::is_national_holiday(on(day))) << day;
  }
  EXPECT_FALSE(Calendar::is_national_holiday(on("2028-03-21")));
}

TEST(Calendar, OfficesAreClosedFromTheTwentyNinthOfDecemberToTheThirdOfJanuary) {
  EXPECT_FALSE(Calendar::is_administrative_holiday(on("2026-12-28")));
  for (const auto* day : {"2026-12-29", "2026-12-31", "2027-01-01", "2027-01-02", "2027-01-03"}) {
    EXPECT_TRUE(Calendar::is_administrative_holiday(on(day))) << day;
  }
  EXPECT_EQ(Calendar::next_working_day(on("2026-12-29")), on("2027-01-04"));
}

TEST(Calendar, KnowsWhereItEnds) {
  EXPECT_TRUE(Calendar::covers(on("2020-01-01")));
  EXPECT_TRUE(Calendar::covers(on("2035-12-31")));
  EXPECT_FALSE(Calendar::covers(on("2036-01-01")));
  EXPECT_FALSE(Calendar::is_national_holiday(on("2036-02-11")));
}

DeadlineRule of_days(int number, FirstDay first_day) {
  return {DeadlineKind::Days, number, first_day, Roll::NextWorkingDay, {}};
}

struct Counted {
  DeadlineRule rule;
  std::string raw;
  std::string rolled;
};

// DOMAIN-JAPAN §2.1: known on Saturday 2026-12-05 22:30 JST.
TEST(Deadline, TheTestVectorOfTheDomainBriefHolds) {
  const Instant start = at("2026-12-05T22:30:00+09:00");
  const std::vector<Counted> table{
      {{DeadlineKind::Hours, 24, FirstDay::Included, Roll::NextWorkingDay, {}},
       "2026-12-06 22:30 (日)",
       "2026-12-06 22:30 (日)"},
      {of_days(30, FirstDay::Included), "2027-01-03 23:59 (日)", "2027-01-04 23:59 (月)"},
      {of_days(30, FirstDay::Excluded), "2027-01-04 23:59 (月)", "2027-01-04 23:59 (月)"},
      {of_days(60, FirstDay::Included), "2027-02-02 23:59 (火)", "2027-02-02 23:59 (火)"},
  };
  for (const auto& [rule, raw, rolled] : table) {
    const Deadlines found = deadlines_from(rule, start);
    EXPECT_EQ(tokyo_text(found.raw.value()), raw);
    EXPECT_EQ(tokyo_text(found.rolled.value()), rolled);
  }
  EXPECT_EQ(*deadlines_from(of_days(30, FirstDay::Included), start).raw, at("2027-01-03T23:59:59.999999+09:00"));
}

TEST(Deadline, ADayBeginsInTokyoAndNotInGreenwich) {
  const auto evening = deadlines_from(of_days(1, FirstDay::Included), at("2026-12-07T14:59:59.999999Z"));
  const auto midnight = deadlines_from(of_days(1, FirstDay::Included), at("2026-12-07T15:00:00Z"));
  EXPECT_EQ(*evening.raw, at("2026-12-07T23:59:59.999999+09:00"));
  EXPECT_EQ(*midnight.raw, at("2026-12-08T23:59:59.999999+09:00"));
}

TEST(Deadline, PromptlyNeverGetsANumberButMayHaveAHouseTarget) {
  const Instant start = at("2026-12-05T22:30:00+09:00");
  EXPECT_EQ(deadlines_from({}, start), Deadlines{});
  DeadlineRule with_target;
  with_target.house.hours = 72;
  const Deadlines found = deadlines_from(with_target, start);
  EXPECT_FALSE(found.raw.has_value());
  EXPECT_FALSE(found.rolled.has_value());
  EXPECT_EQ(*found.house, at("2026-12-08T22:30:00+09:00"));
}

TEST(Deadline, WithoutARollTheRolledInstantIsTheRawOne) {
  const DeadlineRule rule{DeadlineKind::Days, 30, FirstDay::Included, Roll::None, {}};
  const Deadlines found = deadlines_from(rule, at("2026-12-05T22:30:00+09:00"));
  EXPECT_EQ(found.raw, found.rolled);
}

TEST(Deadline, WhereTheCalendarEndsThereIsARawInstantButNoRolledOne) {
  const Deadlines found = deadlines_from(of_days(30, FirstDay::Included), at("2035-12-20T12:00:00+09:00"));
  EXPECT_EQ(*found.raw, at("2036-01-18T23:59:59.999999+09:00"));
  EXPECT_FALSE(found.rolled.has_value());
}

// Ten years of starts, each minute as likely as another.
rc::Gen<Instant> any_start() {
  return rc::gen::map(rc::gen::inRange<std::int64_t>(0, 10LL * 365 * 24 * 60), [](std::int64_t minute) {
    return at("2024-01-01T00:00:00+09:00") + std::chrono::minutes(minute);
  });
}
rc::Gen<DeadlineRule> any_day_rule() {
  return rc::gen::map(rc::gen::tuple(rc::gen::inRange(1, 100), rc::gen::arbitrary<bool>()), [](const auto& drawn) {
    return of_days(std::get<0>(drawn), std::get<1>(drawn) ? FirstDay::Included : FirstDay::Excluded);
  });
}

RC_GTEST_PROP(Deadline, NeverEndsBeforeItStartsAndRollsToAWorkingDay, ()) {
  const Instant start = *any_start();
  const Deadlines found = deadlines_from(*any_day_rule(), start);
  RC_ASSERT(*found.raw >= start);
  RC_ASSERT(*found.rolled >= *found.raw);
  RC_ASSERT(!Calendar::is_administrative_holiday(tokyo_day(*found.rolled)));
  RC_ASSERT(*found.rolled == *found.raw || Calendar::is_administrative_holiday(tokyo_day(*found.raw)));
}

RC_GTEST_PROP(Deadline, ALaterStartNeverHasAnEarlierEnd, ()) {
  const DeadlineRule rule = *any_day_rule();
  Instant earlier = *any_start();
  Instant later = *any_start();
  if (later < earlier) std::swap(earlier, later);
  RC_ASSERT(*deadlines_from(rule, earlier).raw <= *deadlines_from(rule, later).raw);
  RC_ASSERT(*deadlines_from(rule, earlier).rolled <= *deadlines_from(rule, later).rolled);
}

RC_GTEST_PROP(Deadline, ExcludingTheFirstDayGivesExactlyOneDayMore, ()) {
  const Instant start = *any_start();
  const int number = *rc::gen::inRange(1, 100);
  RC_ASSERT(*deadlines_from(of_days(number, FirstDay::Excluded), start).raw ==
            *deadlines_from(of_days(number + 1, FirstDay::Included), start).raw);
}

}  // namespace
}  // namespace hinomi::rules
