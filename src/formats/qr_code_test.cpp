#include "formats/qr_code.h"

#include <gmock/gmock.h>

#include <array>

namespace hinomi {
namespace {

QrCode made(std::string_view text) {
  auto code = make_qr_code(text);
  return code.ok() ? std::move(*code) : QrCode{};
}

// ISO/IEC 18004 §6.3.3: a dark frame of seven, a light one of five, a dark square of three.
bool is_finder(const QrCode& code, std::size_t top, std::size_t left) {
  for (std::size_t row = 0; row < 7; ++row) {
    for (std::size_t column = 0; column < 7; ++column) {
      const std::size_t in = std::min({row, column, 6 - row, 6 - column});
      if (code.is_dark(top + row, left + column) != (in != 1)) return false;
    }
  }
  return true;
}

TEST(QrCode, HasTheFormThatReadersLookFor) {
  for (const std::size_t length : {1U, 14U, 100U, 1'000U}) {
    const QrCode code = made(std::string(length, 'a'));
    ASSERT_GE(code.size, 21U);
    EXPECT_EQ((code.size - 17) % 4, 0U);
    EXPECT_TRUE(is_finder(code, 0, 0));
    EXPECT_TRUE(is_finder(code, 0, code.size - 7));
    EXPECT_TRUE(is_finder(code, code.size - 7, 0));
    for (std::size_t i = 8; i < code.size - 8; ++i) EXPECT_EQ(code.is_dark(6, i), i % 2 == 0) << "the timing pattern";
    EXPECT_TRUE(code.is_dark(code.size - 8, 8)) << "the module that is always dark";
  }
}

TEST(QrCode, SaysItsLevelInItsFormat) {
  // §7.9: fifteen bits beside the first finder, masked with 101010000010010; the first two are the level, 00 for M.
  const QrCode code = made("otpauth://totp/Hinomi:a?secret=ABC");
  EXPECT_EQ(code.is_dark(8, 0), true);
  EXPECT_EQ(code.is_dark(8, 1), false);
}

TEST(QrCode, AnotherTextIsAnotherCodeAndTheSameTheSame) {
  EXPECT_EQ(made("otpauth://totp/a").dark, made("otpauth://totp/a").dark);
  EXPECT_NE(made("otpauth://totp/a").dark, made("otpauth://totp/b").dark);
}

TEST(QrCode, HoldsAThousandBytesAndNoMore) {
  EXPECT_FALSE(make_qr_code("").ok());
  EXPECT_TRUE(make_qr_code(std::string(1'000, '\xE3')).ok());
  EXPECT_EQ(make_qr_code(std::string(1'001, 'a')).error().code, "qr.text");
}

TEST(QrCode, ThePathFillsExactlyTheDarkModules) {
  const QrCode code = {3, {true, true, false, false, false, false, true, false, true}};
  EXPECT_EQ(qr_path(code), "M4 4h2v1h-2zM4 6h1v1h-1zM6 6h1v1h-1z");
  EXPECT_EQ(qr_path({}), "");
}

}  // namespace
}  // namespace hinomi
