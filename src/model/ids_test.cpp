#include "model/ids.h"

#include <gmock/gmock.h>

#include <set>

namespace hinomi {
namespace {

TEST(HumanNumber, HasThePrefixOfItsKindAndReadsBack) {
  SeededRandom random(1);
  for (const auto& [kind, prefix] :
       {std::pair{NumberKind::Report, "NR-2026-"}, std::pair{NumberKind::Release, "NS-2026-"},
        std::pair{NumberKind::Case, "NC-2026-"}}) {
    const auto number = HumanNumber::make(kind, 2026, random);
    EXPECT_THAT(number.text(), ::testing::StartsWith(prefix));
    const auto read = HumanNumber::parse(number.text());
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(*read, number);
  }
}

TEST(HumanNumber, IsNeverASequence) {
  SeededRandom random(2);
  std::set<std::string> suffixes;
  for (int i = 0; i < 100; ++i) suffixes.insert(HumanNumber::make(NumberKind::Report, 2026, random).text());
  EXPECT_GT(suffixes.size(), 95U);
}

TEST(HumanNumber, IsReadInEitherCase) {
  const auto number = HumanNumber::parse("nr-2026-k7q4");
  ASSERT_TRUE(number.ok());
  EXPECT_EQ(number->text(), "NR-2026-K7Q4");
}

TEST(HumanNumber, RefusesOtherText) {
  for (const auto* text :
       {"", "NR-2026-K7Q", "NR-2026-K7Q44", "NX-2026-K7Q4", "NR-2O26-K7Q4", "NR 2026 K7Q4", "NR-2026-K7é"}) {
    EXPECT_FALSE(HumanNumber::parse(text).ok()) << text;
  }
}

}  // namespace
}  // namespace hinomi
