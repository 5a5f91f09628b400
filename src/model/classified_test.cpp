#include "model/classified.h"

#include <gtest/gtest.h>

namespace hinomi {
namespace {

TEST(Classified, AMarkingIsSeenHoweverItIsTyped) {
  for (const char* text :
       {"重要経済安保情報", "本書は【重要経済安保情報】である", "重 要 経 済 安 保 情 報", "重要経済\u200B安保情報",
        "重要経済安保情報 第3号", "特定秘密", "Critical Economic Security Information",
        "CRITICAL-ECONOMIC-SECURITY-INFORMATION // do not copy", "重要経済安保情報保護活用法 と 重要経済安保情報"}) {
    EXPECT_TRUE(bears_classified_marking(std::string_view(text))) << text;
  }
}

TEST(Classified, ATextAboutTheLawIsNoSuchContent) {
  for (const char* text : {"重要経済安保情報保護活用法が施行された", "重要経済安保情報の保護及び活用に関する法律",
                           "特定秘密保護法", "重要経済安保情報の指定は 20 件", "経済安全保障推進法", ""}) {
    EXPECT_FALSE(bears_classified_marking(std::string_view(text))) << text;
  }
}

TEST(Classified, EveryPlaceOfAJsonTextIsLookedAt) {
  const auto bears = [](std::string_view json) { return bears_classified_marking((*parse_json(json))->root()); };
  EXPECT_TRUE(bears(R"({"a":[{"b":"重要経済安保情報"}]})"));
  EXPECT_TRUE(bears(R"({"a":"\u91cd\u8981\u7d4c\u6e08\u5b89\u4fdd\u60c5\u5831"})"));
  EXPECT_TRUE(bears(R"({"extensions":{"x":{"needs_clearance":true}}})"));
  EXPECT_FALSE(bears(R"({"extensions":{"x":{"needs_clearance":false}}})"));
  EXPECT_FALSE(bears(R"({"a":1,"b":[null,true,"ordinary"]})"));
}

TEST(Classified, ARefusalNamesThePlace) {
  EXPECT_TRUE(refuse_classified("ordinary", "/summary").ok());
  const Status refused = refuse_classified("重要経済安保情報", "/summary");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "clearance.refused");
  EXPECT_EQ(refused.error().where, "/summary");
}

}  // namespace
}  // namespace hinomi
