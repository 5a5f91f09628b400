#include "model/typed_time.h"

#include <gtest/gtest.h>

namespace hinomi {
namespace {

struct TimeCase {
  const char* typed;
  const char* understood;  // Asia/Tokyo
};

class UnderstoodTime : public testing::TestWithParam<TimeCase> {};

TEST_P(UnderstoodTime, IsWhatThePersonMeant) {
  const Instant now = *parse_rfc3339("2026-11-22T02:14:00+09:00");
  const auto time = understand_time(GetParam().typed, now);
  ASSERT_TRUE(time.ok()) << GetParam().typed;
  EXPECT_EQ(tokyo_rfc3339(*time), GetParam().understood) << GetParam().typed;
}

INSTANTIATE_TEST_SUITE_P(AsTyped, UnderstoodTime,
                         testing::Values(TimeCase{"2026-11-22 02:05", "2026-11-22T02:05+09:00"},
                                         TimeCase{"2026/11/22 2:05", "2026-11-22T02:05+09:00"},
                                         TimeCase{"11/22 02:05", "2026-11-22T02:05+09:00"},
                                         TimeCase{"12/31 23:00", "2025-12-31T23:00+09:00"},
                                         TimeCase{"令和8年11月22日 2時5分", "2026-11-22T02:05+09:00"},
                                         TimeCase{"令和８年１１月２２日　２時５分頃", "2026-11-22T02:05+09:00"},
                                         TimeCase{"R8.11.22 02:05", "2026-11-22T02:05+09:00"},
                                         TimeCase{"02:05", "2026-11-22T02:05+09:00"},
                                         TimeCase{"2026-11-22T02:05", "2026-11-22T02:05+09:00"},
                                         TimeCase{"２０２６－１１－２２　０２：０５", "2026-11-22T02:05+09:00"},
                                         TimeCase{"いま", "2026-11-22T02:14+09:00"}));

TEST(UnderstoodTimeRefusal, SaysSoInsteadOfGuessing) {
  const Instant now = *parse_rfc3339("2026-11-22T02:14:00+09:00");
  for (const char* text :
       {"", "昨夜", "2026-11-22", "2026-02-30 10:00", "25:00", "室11 22 02 05", "1 2 3 4 5 6 7", "99999-1-1 1:1"}) {
    EXPECT_FALSE(understand_time(text, now).ok()) << text;
  }
}

struct PartialCase {
  const char* typed;
  const char* earliest;  // Asia/Tokyo
  TimePrecision precision;
};

class UnderstoodPartialTime : public testing::TestWithParam<PartialCase> {};

TEST_P(UnderstoodPartialTime, IsKnownAsWellAsThePersonSaid) {
  const Instant now = *parse_rfc3339("2026-11-22T02:14:00+09:00");
  const auto time = understand_partial_time(GetParam().typed, now);
  ASSERT_TRUE(time.ok()) << GetParam().typed;
  EXPECT_EQ(tokyo_rfc3339(time->earliest), GetParam().earliest) << GetParam().typed;
  EXPECT_EQ(time->precision, GetParam().precision) << GetParam().typed;
}

INSTANTIATE_TEST_SUITE_P(
    AsTyped, UnderstoodPartialTime,
    testing::Values(PartialCase{"2026-11-22 02:05 (日) JST", "2026-11-22T02:05+09:00", TimePrecision::Minute},
                    PartialCase{"2026-11-22 02:05 (Sun) JST", "2026-11-22T02:05+09:00", TimePrecision::Minute},
                    PartialCase{"2026-11-22T09:30:00", "2026-11-22T09:30+09:00", TimePrecision::Minute},
                    PartialCase{"2026-11-22 02時台 (日) JST", "2026-11-22T02:00+09:00", TimePrecision::Hour},
                    PartialCase{"2026-11-22 02:00–02:59 (Sun) JST", "2026-11-22T02:00+09:00", TimePrecision::Hour},
                    PartialCase{"11/21 23時台", "2026-11-21T23:00+09:00", TimePrecision::Hour},
                    PartialCase{"令和8年11月22日 2時", "2026-11-22T02:00+09:00", TimePrecision::Hour},
                    PartialCase{"2026-11-22 (日)", "2026-11-22T00:00+09:00", TimePrecision::Day},
                    PartialCase{"2026/11/22", "2026-11-22T00:00+09:00", TimePrecision::Day},
                    PartialCase{"11月20日", "2026-11-20T00:00+09:00", TimePrecision::Day},
                    PartialCase{"12/31", "2025-12-31T00:00+09:00", TimePrecision::Day},
                    PartialCase{"２０２６－１１", "2026-11-01T00:00+09:00", TimePrecision::Month},
                    PartialCase{"令和8年11月", "2026-11-01T00:00+09:00", TimePrecision::Month},
                    PartialCase{"02:05", "2026-11-22T02:05+09:00", TimePrecision::Minute}));

TEST(UnderstoodPartialTimeRefusal, SaysSoInsteadOfGuessing) {
  const Instant now = *parse_rfc3339("2026-11-22T02:14:00+09:00");
  for (const char* text : {"", "昨夜", "2026", "2026-13", "2026-02-30", "13/45", "2026-11-22 (祝)", "2026-11-22 25時台",
                           "2026-11-22 02:10–02:59", "2026-11-22 02:00–03:59", "1 2 3", "–", "()"})
    EXPECT_FALSE(understand_partial_time(text, now).ok()) << text;
}

}  // namespace
}  // namespace hinomi
