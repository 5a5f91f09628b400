// The receipt code: what it carries, how it is typed, and which slips it notices.
#include "model/receipt_code.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace hinomi {
namespace {

std::string code_of(const Result<ReceiptCode>& code) { return code.ok() ? "" : code.error().code; }

std::string without_hyphens(std::string text) {
  std::erase(text, '-');
  return text;
}

TEST(ReceiptCode, IsFourGroupsOfFourAndOneThatChecksThem) {
  SeededRandom random(5);
  const std::string text = ReceiptCode::make(random).grouped().expose();
  ASSERT_EQ(text.size(), 21U);
  for (const std::size_t at : {4U, 9U, 14U, 19U}) EXPECT_EQ(text[at], '-');
  for (const char never : {'I', 'L', 'O', 'U'}) EXPECT_EQ(text.find(never), std::string::npos);
}

TEST(ReceiptCode, CarriesEightyBitsOfTheSourceOfChance) {
  SeededRandom random(6);
  std::set<std::string> seen;
  for (int i = 0; i < 2000; ++i) EXPECT_TRUE(seen.insert(ReceiptCode::make(random).grouped().expose()).second);
  ReceiptCode::Bits ever_set{};
  ReceiptCode::Bits always_set;
  always_set.fill(0xFF);
  for (const std::string& text : seen) {
    const auto code = ReceiptCode::parse(text);
    ASSERT_TRUE(code.ok());
    for (std::size_t i = 0; i < ReceiptCode::kBytes; ++i) {
      ever_set[i] |= code->bits().expose()[i];
      always_set[i] &= code->bits().expose()[i];
    }
  }
  for (const std::uint8_t byte : ever_set) EXPECT_EQ(byte, 0xFF);
  for (const std::uint8_t byte : always_set) EXPECT_EQ(byte, 0);
}

TEST(ReceiptCode, IsReadHoweverPeopleTypeIt) {
  SeededRandom random(7);
  for (int i = 0; i < 200; ++i) {
    const ReceiptCode made = ReceiptCode::make(random);
    const std::string text = made.grouped().expose();
    std::string lower = text;
    std::string confused = without_hyphens(text);
    std::string wide;
    for (char& c : lower) c = static_cast<char>(std::tolower(c));
    for (char& c : confused) c = c == '0' ? 'o' : c == '1' ? 'l' : c;
    for (const char c : text) {
      // Full-width forms: U+FF01 + (c - '!').
      const unsigned point = 0xFF01U + (static_cast<unsigned char>(c) - '!');
      wide.push_back(static_cast<char>(0xE0U | (point >> 12)));
      wide.push_back(static_cast<char>(0x80U | ((point >> 6) & 0x3FU)));
      wide.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
    }
    for (const std::string& typed : {text, lower, confused, wide, "  " + text + "\r\n"}) {
      const auto read = ReceiptCode::parse(typed);
      ASSERT_TRUE(read.ok()) << code_of(read);
      EXPECT_EQ(read->bits().expose(), made.bits().expose());
    }
  }
}

TEST(ReceiptCode, NoticesEverySingleWrongCharacterAndEverySwap) {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  SeededRandom random(8);
  for (int draw = 0; draw < 20; ++draw) {
    const std::string text = without_hyphens(ReceiptCode::make(random).grouped().expose());
    for (std::size_t i = 0; i < text.size(); ++i) {
      for (const char other : kAlphabet) {
        std::string wrong = text;
        wrong[i] = other;
        EXPECT_EQ(code_of(ReceiptCode::parse(wrong)), other == text[i] ? "" : "receipt.typing");
      }
      for (std::size_t j = 0; j < i; ++j) {
        std::string swapped = text;
        std::swap(swapped[i], swapped[j]);
        EXPECT_EQ(code_of(ReceiptCode::parse(swapped)), text[i] == text[j] ? "" : "receipt.typing");
      }
    }
  }
}

TEST(ReceiptCode, IsNothingElseAndNeverRepeatsWhatWasTyped) {
  for (const std::string typed : {"", "7K4Q", "7K4Q-09XM-2RTV-HC5D", "7K4Q-09XM-2RTV-HC5D-88", "UUUU-UUUU-UUUU-UUUU-U",
                                  "7K4Q/09XM/2RTV/HC5D/8", "\xFF\xFE"}) {
    const auto read = ReceiptCode::parse(typed);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, "receipt.length");
    if (typed.size() > 2) EXPECT_EQ(read.error().detail.find(typed), std::string::npos);
  }
  EXPECT_EQ(code_of(ReceiptCode::parse(std::string(100'000, '7'))), "receipt.length");
}

}  // namespace
}  // namespace hinomi
