// One test a story: what the packs answer after every step is what was derived by hand. See README.md.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/files.h"
#include "stories/compare_duties.h"
#include "stories/compare_forms.h"
#include "support/shipped_forms.h"
#include "support/shipped_packs.h"

namespace hinomi::stories {
namespace {

const rules::Rulebook& book() {
  static const auto kBook = shipped_rulebook();
  return *kBook;
}

std::vector<std::string> story_names() {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(HINOMI_SOURCE_DIR "/tests/stories")) {
    if (file.path().extension() == ".toml") names.push_back(file.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Result<Story> shipped_story(const std::string& name) {
  TRY(const auto toml,
      SystemFiles().read(std::string(HINOMI_SOURCE_DIR "/tests/stories/") + name + ".toml", std::size_t{1} << 20));
  return read_story(name, toml);
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class Stories : public testing::TestWithParam<std::string> {};

TEST_P(Stories, DutiesAndClocksAreThoseDerivedByHand) {
  const auto story = shipped_story(GetParam());
  ASSERT_TRUE(story.ok()) << story.error().where << ": " << story.error().detail;
  for (const Difference& difference : compare_duties(book(), *story)) {
    ADD_FAILURE() << difference_text(*story, difference);
  }
}

TEST_P(Stories, FormsOfferedAndStaleAreThoseDerivedByHand) {
  const auto story = shipped_story(GetParam());
  ASSERT_TRUE(story.ok()) << story.error().where << ": " << story.error().detail;
  static const auto kForms = shipped_form_book();
  for (const Difference& difference : compare_forms(*kForms, *story)) {
    ADD_FAILURE() << difference_text(*story, difference);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Stories, testing::ValuesIn(story_names()), test_name);

TEST(StorySet, EveryDutyThatTheStoriesNameIsInAPack) {
  std::set<std::string> missing;
  for (const std::string& name : story_names()) {
    const auto story = shipped_story(name);
    ASSERT_TRUE(story.ok()) << story.error().where << ": " << story.error().detail;
    for (const std::string& duty : duties_named(*story)) {
      if (book().find_line(duty) == nullptr) missing.insert(duty);
    }
  }
  EXPECT_THAT(missing, testing::IsEmpty());
}

TEST(StorySet, ThereAreTwentyAndEightGrowOverDays) {
  const auto names = story_names();
  EXPECT_EQ(names.size(), 20U);
  const auto grows = std::count_if(names.begin(), names.end(), [](const std::string& name) {
    const auto story = shipped_story(name);
    return story.ok() && story->steps.back().at - story->steps.front().at >= std::chrono::days(1);
  });
  EXPECT_GE(grows, 8);
}

// A story told wrongly: the outage stops at ten minutes, and the duty is denied.
constexpr std::string_view kWrong = R"(
title = { ja = "誤った話", en = "A wrong story" }
[organisation]
name = "青葉送配電"
name_en = "Aoba Power Grid"
licences = ["gtd"]

[[step]]
at = "2026-12-05T22:40:00+09:00"
kind = "incident"
ja = "停電した。"
en = "An outage."
no = ["outage.ongoing", "outage.auto_reclosed", "pii.leak"]
[step.facts]
t.known = "2026-12-05T22:30:00+09:00"
inc.cyber = "no"
outage.lost_kw = 120000
outage.minutes = 10
[step.expect]
fires = ["JP-EBA-R3-08"]
look_again = "2026-12-05T23:30:00+09:00"
)";

TEST(StorySet, WhatDiffersIsSaidInWords) {
  const auto story = read_story("wrong", std::string(kWrong));
  ASSERT_TRUE(story.ok()) << story.error().where << ": " << story.error().detail;
  std::vector<std::string> said;
  for (const Difference& difference : compare_duties(book(), *story)) {
    said.push_back(difference_text(*story, difference));
  }
  EXPECT_THAT(said,
              testing::IsSupersetOf({
                  "wrong, step 1 (2026-12-05 22:40 (土)): JP-EBA-R3-08: expected fires, found does not fire",
                  "wrong, step 1 (2026-12-05 22:40 (土)): JP-EBA-R3-09: expected does not fire, found fires",
                  "wrong, step 1 (2026-12-05 22:40 (土)): the next look: expected 2026-12-05 23:30 (土), found none",
              }));
}

TEST(StorySet, AClockWithAnotherDateIsSaidInWords) {
  std::string toml(kWrong);
  const std::string denied = R"(fires = ["JP-EBA-R3-08"])";
  toml.replace(toml.find(denied), denied.size(), R"(fires = ["JP-EBA-R3-09"]
clocks = [{ duty = "JP-EBA-R3-09", stage = "prompt", from = "t.occurred", raw = "2026-12-06T22:31:00+09:00" }])");
  const auto story = read_story("wrong", toml);
  ASSERT_TRUE(story.ok()) << story.error().where << ": " << story.error().detail;
  std::vector<std::string> said;
  for (const Difference& difference : compare_duties(book(), *story)) {
    said.push_back(difference.subject + ": " + difference.expected + " / " + difference.found);
  }
  EXPECT_THAT(said, testing::IsSupersetOf({
                        "JP-EBA-R3-09 prompt starts with: t.occurred / t.known",
                        "JP-EBA-R3-09 prompt raw: 2026-12-06 22:31 (日) / 2026-12-06 22:30 (日)",
                        "JP-EBA-R3-09 detailed: no date / 2027-01-03 23:59 (日)",
                    }));
}

TEST(StorySet, AWordThatNobodyKnowsIsRefusedWithItsLine) {
  std::string toml(kWrong);
  toml.replace(toml.find("outage.minutes"), 14, "outage.minuets");
  const auto story = read_story("wrong", toml);
  ASSERT_FALSE(story.ok());
  EXPECT_THAT(story.error().where, testing::HasSubstr("wrong.toml: line"));
  EXPECT_THAT(story.error().detail, testing::HasSubstr("outage.minuets"));
}

}  // namespace
}  // namespace hinomi::stories
