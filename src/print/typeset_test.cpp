#include "print/typeset.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <set>

#include "support/pdf_tools.h"

namespace hinomi::print {
namespace {

using hinomi::testing::PdfFile;
using ::testing::HasSubstr;
using ::testing::Not;

// One for all: fonts are loaded once, and nothing of one document may show in the next.
const Typesetter& typesetter() {
  static const auto made = Typesetter::create();
  if (!made.ok()) throw std::runtime_error(made.error().code + " " + made.error().detail);
  return **made;
}

Document a_document(std::vector<Block> blocks = {}) {
  Document document;
  document.marking = "TLP:AMBER+STRICT";
  document.caveat = "加盟社限り";
  document.number = "NR-2026-0142";
  document.version = "第2報";
  document.title = "電気事故 速報";
  document.issuer = "みなと電力";
  document.created = parse_rfc3339("2026-11-22T02:05:00Z").value();
  document.badge = "未検証の様式";
  document.blocks = std::move(blocks);
  return document;
}

std::string bytes_of(const Document& document) {
  const auto made = typesetter().typeset(document);
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().code + made.error().detail);
  return made.ok() ? *made : std::string();
}

std::string code_of(const Document& document) {
  const auto made = typesetter().typeset(document);
  return made.ok() ? "made" : made.error().code;
}

std::string sentence(int number) {
  return fmt::format("第{}項の記録では、送電系統の監視制御端末において不審な遠隔操作が確認された。", number);
}

std::vector<Block> paragraphs(int count) {
  std::vector<Block> blocks;
  for (int i = 1; i <= count; ++i) blocks.emplace_back(Paragraph{sentence(i) + sentence(i)});
  return blocks;
}

TEST(Typeset, EveryPageCarriesMarkingNumberVersionAndPageOfPages) {
  const PdfFile file(bytes_of(a_document(paragraphs(120))));
  const int pages = file.pages();
  ASSERT_GT(pages, 3);
  for (int page = 1; page <= pages; ++page) {
    const std::string text = file.text(page);
    EXPECT_THAT(text, HasSubstr("TLP:AMBER+STRICT")) << page;
    EXPECT_THAT(text, HasSubstr("加盟社限り")) << page;
    EXPECT_THAT(text, HasSubstr("NR-2026-0142")) << page;
    EXPECT_THAT(text, HasSubstr("第2報")) << page;
    EXPECT_THAT(text, HasSubstr(fmt::format("ページ {} / {}", page, pages))) << page;
  }
}

TEST(Typeset, NothingOfALongTextIsLostAndAllOfItIsInOrder) {
  const PdfFile file(bytes_of(a_document(paragraphs(120))));
  const std::string text = file.joined_text();
  std::size_t at = 0;
  for (int i = 1; i <= 120; ++i) {
    at = text.find(fmt::format("第{}項の記録では", i), at);
    ASSERT_NE(at, std::string::npos) << i;
  }
}

TEST(Typeset, FontsAreEmbeddedInPartAndTheirTextCanBeRead) {
  const PdfFile file(
      bytes_of(a_document({Paragraph{"漢字とかな"}, List{{"d41d8cd9 値"}, Marker::Bullet, Tone::Code}})));
  const auto fonts = file.fonts();
  EXPECT_GE(fonts.size(), 3U);  // text, bold, code
  for (const PdfFile::Font& font : fonts) {
    EXPECT_TRUE(font.embedded && font.subset && font.unicode) << font.name;
    EXPECT_THAT(font.name, HasSubstr("NotoSans")) << font.name;
  }
}

TEST(Typeset, TheSameDocumentIsTheSameBytes) {
  const Document document = a_document(paragraphs(20));
  const std::string first = bytes_of(document);
  EXPECT_EQ(first, bytes_of(document));
  EXPECT_EQ(first, typeset(document).value());  // with fonts of its own, as a new process has them
}

TEST(Typeset, TheFileTellsTitleAndTimeOfItsContentAndNotWhatMadeIt) {
  const std::string bytes = bytes_of(a_document({Paragraph{"x"}}));
  const std::string information = PdfFile(bytes).information();
  EXPECT_THAT(information, HasSubstr("電気事故 速報"));
  EXPECT_THAT(information, HasSubstr("Nov 22"));
  EXPECT_THAT(information, HasSubstr("A4"));
  EXPECT_THAT(information, HasSubstr("JavaScript:      no"));
  EXPECT_THAT(information, Not(HasSubstr("Producer")));
  EXPECT_THAT(bytes, Not(HasSubstr("cairo")));
}

TEST(Typeset, TheWordsOfTheTypesetterAreInTheDocumentsLanguage) {
  Document document = a_document({Table{"", "", {{"Outage", "7,200 kW", Tone::Said, "800 kW"}, {"Cause", ""}}}});
  document.language = Language::English;
  const std::string text = PdfFile(bytes_of(document)).text();
  for (const char* word :
       {"Page 1 / 1", "Issued by: ", "Created: ", "Corrected", "Before: 800 kW", "Now: 7,200 kW", "Not stated"}) {
    EXPECT_THAT(text, HasSubstr(word));
  }
  document.language = Language::Japanese;
  const std::string japanese = PdfFile(bytes_of(document)).text();
  for (const char* word : {"ページ 1 / 1", "発行: ", "作成: ", "訂正前: 800 kW", "訂正後: 7,200 kW", "未記入"})
    EXPECT_THAT(japanese, HasSubstr(word));
}

TEST(Typeset, WhatWasNotSaidBeforeIsShownAsSuchInACorrection) {
  const Document document = a_document({Table{"", "", {{"停電戸数", "1,200 戸", Tone::Said, ""}}}});
  EXPECT_THAT(PdfFile(bytes_of(document)).text(), HasSubstr("訂正前: 未記入"));
}

TEST(Typeset, TheHeadingRowOfATableStandsOnEachOfItsPages) {
  Table table{"項目の名", "その内容", {}};
  for (int i = 0; i < 100; ++i) table.rows.push_back({fmt::format("項目{}", i), sentence(i), Tone::Said, std::nullopt});
  const PdfFile file(bytes_of(a_document({table})));
  ASSERT_GT(file.pages(), 3);
  for (int page = 1; page <= file.pages(); ++page) EXPECT_THAT(file.text(page), HasSubstr("項目の名")) << page;
}

TEST(Typeset, ARowThatAPageCanHoldIsNotCut) {
  Table table{"", "", {}};
  std::string value;
  for (int line = 0; line < 9; ++line) value += fmt::format("行{}\n", line);
  for (int i = 0; i < 30; ++i)
    table.rows.push_back({fmt::format("項目{}。", i), fmt::format("始{}。\n{}終{}。", i, value, i)});
  const PdfFile file(bytes_of(a_document({table})));
  int rows = 0;
  for (int page = 1; page <= file.pages(); ++page) {
    const std::string text = file.text(page);
    for (int i = 0; i < 30; ++i) {
      const bool starts = text.find(fmt::format("始{}。", i)) != std::string::npos;
      EXPECT_EQ(starts, text.find(fmt::format("終{}。", i)) != std::string::npos) << i;
      rows += starts ? 1 : 0;
    }
  }
  EXPECT_EQ(rows, 30);
}

TEST(Typeset, ARowLongerThanAPageGoesOnUnderItsLabel) {
  std::string value;
  for (int line = 0; line < 150; ++line) value += fmt::format("行{}。\n", line);
  const PdfFile file(bytes_of(a_document({Table{"", "", {{"経過の表", value, Tone::Said, std::nullopt}}}})));
  ASSERT_EQ(file.pages(), 4);
  for (int page = 1; page <= 4; ++page) EXPECT_THAT(file.text(page), HasSubstr("経過の表")) << page;
  EXPECT_THAT(file.text(1), Not(HasSubstr("（続き）")));
  EXPECT_THAT(file.text(2), HasSubstr("（続き）"));
  const std::string text = file.joined_text();
  for (int line = 0; line < 150; ++line) EXPECT_THAT(text, HasSubstr(fmt::format("行{}。", line)));
}

// Wherever the page ends, a heading is never the last on it.
TEST(Typeset, AHeadingStandsOnThePageOfWhatFollows) {
  std::set<int> pages_seen;
  for (int before = 20; before < 32; ++before) {
    std::vector<Block> blocks;
    for (int i = 0; i < before; ++i) blocks.emplace_back(Paragraph{"短い行"});
    blocks.emplace_back(Heading{"見出しの語", 2});
    blocks.emplace_back(Paragraph{"後続の文"});
    const PdfFile file(bytes_of(a_document(std::move(blocks))));
    for (int page = 1; page <= file.pages(); ++page) {
      const std::string text = file.text(page);
      const bool has_heading = text.find("見出しの語") != std::string::npos;
      EXPECT_EQ(has_heading, text.find("後続の文") != std::string::npos) << before << " paragraphs, page " << page;
      if (has_heading) pages_seen.insert(page);
    }
  }
  EXPECT_THAT(pages_seen, ::testing::ElementsAre(1, 2));  // so the end of the page was among them
}

// The grey behind the labels once washed out the rules above it.
TEST(Typeset, TheRulesOfATableGoOverItsWholeWidth) {
  Table table{"", "", {}};
  for (int i = 0; i < 25; ++i) table.rows.push_back({fmt::format("項目{}", i), "値"});
  const auto page = PdfFile(bytes_of(a_document({table}))).grey_page(60);
  constexpr double kPixelsPerPoint = 60.0 / 72;
  const auto darkness = [&](std::size_t y, double point) {
    return 255 - page.at(static_cast<std::size_t>(point * kPixelsPerPoint), y);
  };
  int rules = 0;
  for (std::size_t y = 0; y < page.height; ++y) {
    if (darkness(y, 350) < 60 || darkness(y, 450) < 60 || darkness(y, 530) < 60) continue;
    ++rules;
    EXPECT_GE(darkness(y, 150), 60) << "line of pixels " << y;
  }
  EXPECT_GE(rules, 25);
}

TEST(Typeset, TextThatReordersOrHidesItsNeighboursIsShownByItsCodePoints) {
  const PdfFile file(
      bytes_of(a_document({Paragraph{"invoice\u202Efdp.exe"}, Paragraph{"a\u0001b"}, Paragraph{"\u2066x"}})));
  const std::string text = file.text();
  EXPECT_THAT(text, HasSubstr("invoice[U+202E]fdp.exe"));
  EXPECT_THAT(text, HasSubstr("[U+2066]x"));
}

TEST(Typeset, CharactersThatTheFontsLackAreWrittenByTheirCodePoint) {
  const std::string text = PdfFile(bytes_of(a_document({Paragraph{"\u0E01 \U0001F525 \u05D0 \uE000 終"}}))).text();
  for (const char* code : {"[U+0E01]", "[U+1F525]", "[U+05D0]", "[U+E000]", "終"}) EXPECT_THAT(text, HasSubstr(code));
}

TEST(Typeset, ATableThatGoesOverPagesBeginsEachWithARule) {
  Table table{"", "", {}};
  for (int i = 0; i < 60; ++i) table.rows.push_back({fmt::format("項目{}", i), "値"});
  const PdfFile file(bytes_of(a_document({table})));
  ASSERT_GT(file.pages(), 1);
  const auto page = file.grey_page(60, 2);
  std::vector<std::size_t> rules;
  for (std::size_t y = 0; y < page.height; ++y)
    if (page.at(300, y) < 160 && page.at(420, y) < 160) rules.push_back(y);
  ASSERT_GE(rules.size(), 2U);
  EXPECT_LT(rules[1] - rules[0], 20U);  // that of the head, and then at once that of the table
}

// Pango sets emoji in a font of their own where there is one. Here there is none, and no letter may be lost over it.
TEST(Typeset, EmojiAreSetInTheOneFontOrWrittenByTheirCodePoint) {
  const PdfFile file(bytes_of(
      a_document({Paragraph{"\u2600\uFE0F \u260E\uFE0F \u26A1 1\uFE0F\u20E3 \U0001F469\u200D\U0001F4BB 終"}})));
  const std::string text = file.text();
  for (const char* shown : {"\u2600", "\u260E", "[U+1F469]", "[U+1F4BB]", "終"}) EXPECT_THAT(text, HasSubstr(shown));
  for (const PdfFile::Font& font : file.fonts()) EXPECT_THAT(font.name, HasSubstr("NotoSans"));
}

TEST(Typeset, ALineOfAnAttackersChoiceCannotStandInForTheMarking) {
  // The marking stands in the head and in the foot, which no block reaches: a page has exactly these two of its own.
  const PdfFile file(bytes_of(a_document({Paragraph{"TLP:CLEAR"}})));
  const std::string text = file.text();
  std::size_t count = 0;
  for (auto at = text.find("TLP:AMBER+STRICT"); at != std::string::npos; at = text.find("TLP:AMBER+STRICT", at + 1))
    ++count;
  EXPECT_EQ(count, 2U);
}

TEST(Typeset, AWordWithoutAnEndBreaksAndIsWhole) {
  for (const std::string letter : {"x", "я", "ー", "。"}) {
    std::string word;
    while (word.size() < 20'000) word += letter;
    const std::string text = PdfFile(bytes_of(a_document({Paragraph{word}}))).joined_text();
    std::size_t count = 0;
    for (auto at = text.find(letter); at != std::string::npos; at = text.find(letter, at + letter.size())) ++count;
    EXPECT_GE(count, word.size() / letter.size()) << letter;
  }
}

TEST(Typeset, TenThousandLinesAreSetAndTheLastIsThere) {
  std::string lines;
  for (int i = 0; i < 10'000; ++i) lines += fmt::format("L{}\n", i);
  const PdfFile file(bytes_of(a_document({Paragraph{lines}})));
  EXPECT_GT(file.pages(), 200);
  const std::string text = file.text();
  EXPECT_THAT(text, HasSubstr("L0\n"));
  EXPECT_THAT(text, HasSubstr("L5000\n"));
  EXPECT_THAT(text, HasSubstr("L9999\n"));
}

TEST(Typeset, MoreThanFiveHundredPagesAreRefused) {
  EXPECT_EQ(code_of(a_document({Paragraph{std::string(30'000, '\n')}})), "print.too_large");
}

TEST(Typeset, ThePartsOfEveryPageMayBeAsLongAsTheyMayBe) {
  Document document = a_document(paragraphs(40));
  document.marking = std::string(kMaxMarkingBytes, 'M');
  document.number = std::string(kMaxMarkingBytes, 'N');
  document.version = std::string(kMaxMarkingBytes, 'V');
  document.badge = std::string(kMaxMarkingBytes, 'B');
  document.caveat = std::string(kMaxLineBytes, 'C');
  document.title = std::string(kMaxLineBytes, 'T');
  document.issuer = std::string(kMaxLineBytes, 'I');
  const PdfFile file(bytes_of(document));
  for (int page = 1; page <= file.pages(); ++page) {
    const std::string text = file.joined_text(page);
    EXPECT_THAT(text, HasSubstr(document.marking)) << page;
    EXPECT_THAT(text, HasSubstr(document.caveat)) << page;
  }
}

TEST(Typeset, ADocumentOutsideItsBoundsIsRefused) {
  Document document = a_document();
  document.marking = "";
  EXPECT_EQ(code_of(document), "print.malformed");
  document = a_document({Paragraph{std::string(kMaxTextBytes + 1, 'x')}});
  EXPECT_EQ(code_of(document), "print.too_large");
}

TEST(Typeset, OneDocumentLeavesNothingForTheNext) {
  const Document quiet = a_document({Paragraph{"静か"}});
  const std::string before = bytes_of(quiet);
  static_cast<void>(bytes_of(a_document(paragraphs(60))));
  static_cast<void>(code_of(a_document({Paragraph{std::string(30'000, '\n')}})));
  EXPECT_EQ(bytes_of(quiet), before);
}

}  // namespace
}  // namespace hinomi::print
