#include "model/cve.h"

#include <gmock/gmock.h>

namespace hinomi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Cve, OneSpellingIsTheId) {
  EXPECT_TRUE(is_cve("CVE-2026-0001"));
  EXPECT_TRUE(is_cve("CVE-2026-1234567890123456789"));
  for (const char* text : {"cve-2026-0001", "CVE-2026-001", "CVE-26-0001", "CVE-2026-0001 ",
                           "CVE-2026-12345678901234567890", "CVE-2026", ""}) {
    EXPECT_FALSE(is_cve(text)) << text;
  }
}

TEST(Cve, FoundInRunningTextOnceEachAndSorted) {
  EXPECT_THAT(find_cves("see cve-2026-2222, CVE-2026-1111（CVE-2026-2222）と CVE-2025-99999."),
              ElementsAre("CVE-2025-99999", "CVE-2026-1111", "CVE-2026-2222"));
}

TEST(Cve, PartsOfOtherWordsAreNotIds) {
  EXPECT_THAT(find_cves("XCVE-2026-1111 CVE-2026-111 CVE 2026-1111 CVE-2026-12345678901234567890"), IsEmpty());
}

}  // namespace
}  // namespace hinomi
