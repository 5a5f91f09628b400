#include "hunt/indicator_list.h"

#include <gmock/gmock.h>

#include "base/json.h"
#include "hunt/hit_json.h"
#include "hunt/hunt_test_support.h"

namespace hinomi {
namespace {

TEST(IndicatorList, KeepsWhatItCanReadAndNamesTheLinesItCannot) {
  const auto list = read_indicator_list(
      "\xEF\xBB\xBF# from the morning call\r\n"
      "evil[.]example\r\n"
      "\n"
      "  hxxp://bad.test/a#frag   # seen twice\n"
      "!!!\n"
      "EVIL.example\r"
      "1.2.3.4");
  ASSERT_THAT(list.indicators, testing::SizeIs(3));
  EXPECT_EQ(list.indicators[0].indicator.value, "evil.example");
  EXPECT_EQ(list.indicators[0].id, "evil[.]example");
  EXPECT_EQ(list.indicators[1].indicator.type, IndicatorType::Url);
  EXPECT_EQ(list.indicators[2].indicator.value, "1.2.3.4");
  EXPECT_EQ(list.repeated, 1U);
  ASSERT_THAT(list.problems, testing::SizeIs(1));
  EXPECT_EQ(list.problems[0].line, 5U);
}

TEST(IndicatorList, OfNothingIsEmpty) {
  EXPECT_THAT(read_indicator_list("").indicators, testing::IsEmpty());
  EXPECT_THAT(read_indicator_list("# only this").problems, testing::IsEmpty());
}

TEST(IndicatorList, RefusesEndlessLinesWithoutReadingThem) {
  const auto list = read_indicator_list(std::string(100000, 'a') + "\nevil.example\n");
  ASSERT_THAT(list.problems, testing::SizeIs(1));
  EXPECT_EQ(list.problems[0].error.code, "hunt.line_too_long");
  EXPECT_THAT(list.indicators, testing::SizeIs(1));
}

TEST(HitJson, IsWhatScriptsRelyOn) {
  const HuntPlan plan = plan_of({"evil.example"});
  HitJson writer(plan, "logs/\"a\".log");
  std::string out;
  writer.append({12, 345, 0, "evil.example"}, out);
  EXPECT_EQ(out,
            R"({"schema":"hinomi.hit.v1","file":"logs/\"a\".log","line":12,"offset":345,"indicator":"indicator--0",)"
            R"("type":"domain","value":"evil.example","release":"NS-2026-K7Q4","label":"TLP:AMBER"})"
            "\n");
  EXPECT_TRUE(parse_json(out).ok());
}

TEST(HitJson, SummaryIsWhatScriptsRelyOn) {
  EXPECT_EQ(summary_json({200, 10, 3, 1000, 0.25}),
            R"({"schema":"hinomi.hunt-summary.v1","bytes":200,"lines":10,"hits":3,"indicators":1000,"seconds":0.25})"
            "\n");
}

}  // namespace
}  // namespace hinomi
