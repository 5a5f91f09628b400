#include "model/draft.h"

#include <gtest/gtest.h>

namespace hinomi {
namespace {

Result<TypedFields> read(std::string_view text) {
  const auto document = parse_json(text);
  if (!document.ok()) return document.error();
  return parse_typed_fields((*document)->root());
}

TEST(Draft, AnswersComeBackAsTyped) {
  const TypedFields fields{{"noticed", "２時５分"}, {"summary", "HMI に\r\n「不審」 <b>\\"}};
  EXPECT_EQ(read(typed_fields_text(fields)).value(), fields);
}

TEST(Draft, WhatIsNoQuestionIsRefused) {
  EXPECT_EQ(read(R"({"csrf":"x"})").error().code, "draft.field");
  EXPECT_EQ(read(R"({"summary":1})").error().code, "draft.field");
  EXPECT_EQ(read("[]").error().code, "draft.field");
}

TEST(Draft, ATextAboveTheBoundIsTooLarge) {
  EXPECT_TRUE(check_typed_fields({{"summary", std::string(kDraftBytes, 'a')}}).ok());
  const Status refused = check_typed_fields({{"summary", std::string(kDraftBytes, 'a')}, {"place", "x"}});
  EXPECT_EQ(refused.error().code, "draft.too_large");
}

TEST(Draft, ItsTitleIsTheFirstLineOfWhatHappened) {
  EXPECT_EQ(draft_title({}), "");
  EXPECT_EQ(draft_title({{"summary", "  \n"}}), "");
  EXPECT_EQ(draft_title({{"summary", "\n変電所 HMI 不審ログオン \n二行目"}}), "変電所 HMI 不審ログオン");
  std::string sixty;
  for (int i = 0; i < 60; ++i) sixty += "火";
  EXPECT_EQ(draft_title({{"summary", sixty}}), sixty);
  EXPECT_EQ(draft_title({{"summary", sixty + "の見"}}), sixty + "…");
}

}  // namespace
}  // namespace hinomi
