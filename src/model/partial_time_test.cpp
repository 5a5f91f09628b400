#include "model/partial_time.h"

#include <gtest/gtest.h>

namespace hinomi {
namespace {

PartialTime time_of(std::string_view text) {
  const auto time = parse_partial_time(text);
  EXPECT_TRUE(time.ok()) << text;
  return time.ok() ? *time : PartialTime{};
}

TEST(PartialTime, ADayBeginsAtMidnightInTokyo) {
  const PartialTime day = time_of("2026-11-22");
  EXPECT_EQ(day.precision, TimePrecision::Day);
  EXPECT_EQ(to_rfc3339(day.earliest), "2026-11-21T15:00:00.000000Z");
}

TEST(PartialTime, AMonthBeginsOnItsFirstDay) {
  const PartialTime month = time_of("2026-03");
  EXPECT_EQ(month.precision, TimePrecision::Month);
  EXPECT_EQ(to_rfc3339(month.earliest), "2026-02-28T15:00:00.000000Z");
}

TEST(PartialTime, AnInstantIsKnownToTheMinute) {
  const PartialTime instant = time_of("2026-11-22T02:05:09+09:00");
  EXPECT_EQ(instant.precision, TimePrecision::Minute);
  EXPECT_EQ(to_rfc3339(instant.earliest), "2026-11-21T17:05:09.000000Z");
}

TEST(PartialTime, TheEarliestOfItsPrecisionIsNeverLaterAndDoesNotMoveAgain) {
  const Instant instant = time_of("2026-12-01T00:59:59+09:00").earliest;
  for (const auto precision : {TimePrecision::Minute, TimePrecision::Hour, TimePrecision::Day, TimePrecision::Month}) {
    const Instant earliest = earliest_of(instant, precision);
    EXPECT_LE(earliest, instant);
    EXPECT_EQ(earliest_of(earliest, precision), earliest);
  }
  EXPECT_EQ(earliest_of(instant, TimePrecision::Hour), time_of("2026-12-01").earliest);
  EXPECT_EQ(earliest_of(instant, TimePrecision::Month), time_of("2026-12").earliest);
}

TEST(PartialTime, IsWrittenNoFinerThanItIsKnown) {
  const Instant instant = time_of("2026-11-22T02:05:00+09:00").earliest;
  EXPECT_EQ(partial_time_text({instant, TimePrecision::Minute}), "2026-11-22 02:05 (日)");
  EXPECT_EQ(partial_time_text({instant, TimePrecision::Hour}), "2026-11-22 02時台 (日)");
  EXPECT_EQ(partial_time_text({instant, TimePrecision::Hour}, true), "2026-11-22 02:00–02:59 (Sun)");
  EXPECT_EQ(partial_time_text({instant, TimePrecision::Day}), "2026-11-22 (日)");
  EXPECT_EQ(partial_time_text({instant, TimePrecision::Month}), "2026-11");
}

TEST(PartialTime, RefusesWhatIsNoDay) {
  for (const std::string_view text : {"", "2026", "2026-13", "2026-02-30", "2026-1-1", "昨日", "2026-11-22T02:05"})
    EXPECT_FALSE(parse_partial_time(text).ok()) << text;
}

}  // namespace
}  // namespace hinomi
