// The four answers and what may stand in them.
#include "model/unnamed_report.h"

#include <gtest/gtest.h>

namespace hinomi {
namespace {

UnnamedStory a_story() {
  UnnamedStory story;
  story.happening = Happening::Mail;
  story.details = "「請求書」というメールが \"2\" 通きた。\n開いていない。";
  story.noticed = NoticedWhen::Yesterday;
  story.place = "事務所のパソコン";
  story.goes_on = GoesOn::No;
  story.wish = "どうすればよいか知りたい";
  return story;
}

std::string code_of(const auto& result) { return result.ok() ? "" : result.error().code + result.error().where; }

TEST(UnnamedStory, ComesBackWordForWord) {
  const auto read = parse_unnamed_story(unnamed_story_text(a_story()));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, a_story());
}

TEST(UnnamedStory, SaysNothingOnlyWhenEveryAnswerIsUnknownAndEveryTextEmpty) {
  EXPECT_TRUE(says_nothing({}));
  EXPECT_FALSE(says_nothing({.happening = Happening::Screen}));
  EXPECT_FALSE(says_nothing({.details = "x"}));
  EXPECT_FALSE(says_nothing({.noticed = NoticedWhen::Today}));
  EXPECT_FALSE(says_nothing({.place = "x"}));
  EXPECT_FALSE(says_nothing({.goes_on = GoesOn::No}));
  EXPECT_FALSE(says_nothing({.wish = "x"}));
}

TEST(UnnamedStory, IsBoundedPlainText) {
  const auto with = [](std::string details) { return code_of(checked_story({.details = std::move(details)})); };
  EXPECT_EQ(with(std::string(6000, 'x')), "");
  EXPECT_EQ(with(std::string(6001, 'x')), "unnamed.text/details");
  EXPECT_EQ(with("\xC3\x28"), "unnamed.text/details");
  EXPECT_EQ(with(std::string("a\0b", 3)), "unnamed.text/details");
  EXPECT_EQ(with("a\x1B[31m"), "unnamed.text/details");
  EXPECT_EQ(with("a\xC2\x85"), "unnamed.text/details");
  EXPECT_EQ(with("【重要経済安保情報】"), "clearance.refused/details");
  EXPECT_EQ(code_of(checked_story({.place = std::string(1501, 'x')})), "unnamed.text/place");
  EXPECT_EQ(code_of(checked_story({.wish = std::string(1501, 'x')})), "unnamed.text/wish");
}

TEST(UnnamedStory, HasPlainLineEnds) {
  EXPECT_EQ(checked_story({.details = " one\r\ntwo\rthree\n "})->details, "one\ntwo\nthree");
  EXPECT_EQ(*checked_talk("a\r\n"), "a");
}

TEST(UnnamedTalk, IsNeverEmpty) {
  EXPECT_EQ(code_of(checked_talk(" \r\n ")), "unnamed.text/text");
  EXPECT_EQ(code_of(checked_talk(std::string(6001, 'x'))), "unnamed.text/text");
}

TEST(UnnamedIdentity, TakesTheSameRoomWhetherLeftOrNot) {
  // The longest that is accepted, of what takes the most room in JSON.
  const UnnamedIdentity longest{std::string(300, '"'), std::string(300, '\\')};
  ASSERT_TRUE(checked_identity(longest).ok());
  for (const UnnamedIdentity& identity : {UnnamedIdentity{}, UnnamedIdentity{"山本", "090-0000-0000"}, longest}) {
    const std::string text = unnamed_identity_text(identity);
    EXPECT_EQ(text.size(), kIdentityBytes);
    EXPECT_EQ(*parse_unnamed_identity(text), identity);
  }
  EXPECT_EQ(code_of(checked_identity({std::string(301, 'x'), ""})), "unnamed.identity/name");
  EXPECT_EQ(code_of(checked_identity({"", "a\nb"})), "unnamed.identity/contact");
}

TEST(UnnamedAnswers, AreClosedWords) {
  EXPECT_EQ(happenings().size(), 7U);
  for (const auto word : happenings()) EXPECT_EQ(happening_text(*parse_happening(word)), word);
  for (const auto word : noticed_whens()) EXPECT_EQ(noticed_when_text(*parse_noticed_when(word)), word);
  for (const auto word : goes_on_words()) EXPECT_EQ(goes_on_text(*parse_goes_on(word)), word);
  EXPECT_EQ(code_of(parse_happening("fire")), "unnamed.answer");
}

}  // namespace
}  // namespace hinomi
