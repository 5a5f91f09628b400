#include "base/charset.h"

#include <gtest/gtest.h>

namespace hinomi {
namespace {

TEST(Charset, WhatMailOfThisCountryWritesIsRead) {
  constexpr std::string_view kMeant = "電気事故";
  EXPECT_EQ(utf8_from_charset("ISO-2022-JP", "\x1B$BEE5$;v8N\x1B(B"), kMeant);
  EXPECT_EQ(utf8_from_charset("Shift_JIS", "\x93\x64\x8B\x43\x8E\x96\x8C\xCC"), kMeant);
  EXPECT_EQ(utf8_from_charset("euc-jp", "\xC5\xC5\xB5\xA4\xBB\xF6\xB8\xCE"), kMeant);
  EXPECT_EQ(utf8_from_charset("UTF-8", kMeant), kMeant);
  EXPECT_EQ(utf8_from_charset("iso-8859-1", "caf\xE9"), "café");
  EXPECT_EQ(utf8_from_charset("cp932", "\x87\x40"), "①");
}

TEST(Charset, WhatIsNotThatOrNotKnownIsNothing) {
  EXPECT_FALSE(utf8_from_charset("utf-8", "\xFF").has_value());
  EXPECT_FALSE(utf8_from_charset("us-ascii", "\xE9").has_value());
  EXPECT_FALSE(utf8_from_charset("euc-jp", "\xC5").has_value());
  for (const char* unknown : {"", "utf-7", "x-unknown", "../../etc/passwd", "ibm-1047"})
    EXPECT_FALSE(utf8_from_charset(unknown, "a").has_value()) << unknown;
}

}  // namespace
}  // namespace hinomi
