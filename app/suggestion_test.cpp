#include "app/suggestion.h"

#include <gmock/gmock.h>

namespace hinomi::app {
namespace {

const std::vector<std::string>& commands() {
  static const std::vector<std::string> words{"report", "release", "review", "restore", "hunt", "verify"};
  return words;
}

TEST(Suggestion, FindsTheCommandBehindASlip) {
  EXPECT_EQ(nearest_word("reprot", commands()), "report");
  EXPECT_EQ(nearest_word("relase", commands()), "release");
  EXPECT_EQ(nearest_word("hnut", commands()), "hunt");
  EXPECT_EQ(nearest_word("verifyy", commands()), "verify");
}

TEST(Suggestion, SaysNothingForAnotherWord) {
  EXPECT_EQ(nearest_word("upload", commands()), std::nullopt);
  EXPECT_EQ(nearest_word("", commands()), std::nullopt);
  EXPECT_EQ(nearest_word(std::string(100'000, 'r'), commands()), std::nullopt);
}

}  // namespace
}  // namespace hinomi::app
