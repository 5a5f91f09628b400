#include "print/visible_text.h"

#include <gmock/gmock.h>

#include "print/slices.h"

namespace hinomi::print {
namespace {

bool has_all(char32_t) { return true; }
bool has_ascii(char32_t character) { return character < 0x80; }

struct Shown {
  const char* given;
  const char* shown;
};

class HostileText : public ::testing::TestWithParam<Shown> {};

TEST_P(HostileText, IsShownByItsCodePoints) { EXPECT_EQ(visible_text(GetParam().given, has_all), GetParam().shown); }

INSTANTIATE_TEST_SUITE_P(VisibleText, HostileText,
                         ::testing::Values(Shown{"", ""}, Shown{"平文 plain", "平文 plain"},
                                           Shown{"user\u202Egnp.exe", "user[U+202E]gnp.exe"},
                                           Shown{"\u2066a\u2069", "[U+2066]a[U+2069]"},
                                           Shown{"\u200F\u061C", "[U+200F][U+061C]"},
                                           Shown{"\x01\x1B[31m", "[U+0001][U+001B][31m"}, Shown{"\u009B", "[U+009B]"},
                                           Shown{"\uFFFE", "[U+FFFE]"}, Shown{"\U000E0041", "[U+E0041]"},
                                           Shown{"a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"}, Shown{"a\tb", "a  b"},
                                           Shown{"soft\u00ADhyphen\u200Bzero\uFEFF", "softhyphenzero"},
                                           Shown{"葛\U000E0100", "葛\U000E0100"}));

TEST(VisibleText, WhatNoFontCanDrawIsWrittenByItsCodePoint) {
  EXPECT_EQ(visible_text("ab\u0E01\U0001F525", has_ascii), "ab[U+0E01][U+1F525]");
}

std::string joined(const std::vector<std::string_view>& slices) {
  std::string text;
  for (const std::string_view slice : slices) text += slice;
  return text;
}

TEST(Slices, AnOrdinaryTextIsOne) {
  EXPECT_THAT(slices_of(""), ::testing::ElementsAre(""));
  EXPECT_THAT(slices_of("a\n\nb\n"), ::testing::ElementsAre("a\n\nb\n"));
}

TEST(Slices, ManyLinesAreCutAtLineEndsOnly) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += std::to_string(i) + "\n";
  const auto slices = slices_of(text);
  EXPECT_GT(slices.size(), 5U);
  std::string with_ends;
  for (const std::string_view slice : slices) {
    EXPECT_LT(slice.size(), kLongSlice + 10);
    with_ends.append(with_ends.empty() ? "" : "\n").append(slice);
  }
  EXPECT_EQ(with_ends, text);
}

TEST(Slices, AWordWithoutAnEndIsCutBetweenItsCharacters) {
  for (const std::string letter : {"x", "é", "я", "\U0001F525"}) {
    std::string word;
    while (word.size() < 100'000) word += letter;
    const auto slices = slices_of(word);
    EXPECT_EQ(joined(slices), word);
    for (const std::string_view slice : slices) {
      EXPECT_LE(slice.size(), kLongWord + letter.size());
      EXPECT_EQ(slice.size() % letter.size(), 0U) << letter;
    }
  }
}

TEST(Slices, AJapaneseParagraphOfAPageStaysWhole) {
  std::string paragraph;
  for (int i = 0; i < 3'000; ++i) paragraph += "変電所";
  EXPECT_EQ(slices_of(paragraph).size(), 1U);
  for (int i = 0; i < 30'000; ++i) paragraph += "変電所";
  EXPECT_EQ(joined(slices_of(paragraph)), paragraph);
  EXPECT_GT(slices_of(paragraph).size(), 5U);
}

}  // namespace
}  // namespace hinomi::print
