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

TEST(Suggestion, NamesTheWholeCommandWhereTheWordsLeaveTheTree) {
  const CommandNames tree{"hinomi", {{"report", {{"forms", {}}, {"duties", {}}}}, {"serve", {}}}};
  const auto meant = [&](const std::vector<const char*>& words) { return meant_command(tree, words); };
  EXPECT_EQ(meant({"hinomi", "--lang", "en", "reprot", "forms"}), "hinomi report");
  EXPECT_EQ(meant({"hinomi", "report", "dutis", "NR-1"}), "hinomi report duties");
  EXPECT_EQ(meant({"hinomi", "report", "duties", "NR-1"}), std::nullopt);
  EXPECT_EQ(meant({"hinomi", "serve"}), std::nullopt);
}

}  // namespace
}  // namespace hinomi::app
