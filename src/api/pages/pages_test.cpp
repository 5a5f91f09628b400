#include <gmock/gmock.h>

#include <algorithm>

#include "api/pages/frame.h"
#include "api/pages/html.h"
#include "api/pages/understood_time.h"

namespace hinomi::api {
namespace {

TEST(Html, EscapesEveryTextAndEveryAttribute) {
  for (const char* hostile : {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onclick='x",
                              "</textarea><svg/onload=1>", "&lt;", "javascript:\"x\""}) {
    Html html;
    html.open("input", {{"value", hostile}}).text(hostile).close("p");
    const std::string out = html.take();
    const std::string inside = out.substr(7, out.size() - 7 - 5);
    EXPECT_EQ(std::ranges::count(out, '<'), 2) << out;
    EXPECT_EQ(inside.find("\"><img"), std::string::npos) << out;
  }
}

TEST(Html, LeavesOutWhatIsNotPresent) {
  Html html;
  html.lone("input", {{"type", "radio"}, {"checked", "", false}, {"required", "", true}});
  EXPECT_EQ(html.take(), "<input type=\"radio\" required=\"\">\n");
}

TEST(LocalPath, NeverLeadsAway) {
  for (const char* away :
       {"//evil.example", "/\\evil.example", "https://evil.example", "evil", "", "/a\r\nSet-Cookie: x=1"})
    EXPECT_EQ(local_path(away), "/") << away;
  EXPECT_EQ(local_path("/report?kind=near_miss"), "/report?kind=near_miss");
}

struct TimeCase {
  const char* typed;
  const char* understood;  // Asia/Tokyo
};

class UnderstoodTime : public testing::TestWithParam<TimeCase> {};

TEST_P(UnderstoodTime, IsWhatThePersonMeant) {
  const Instant now = *parse_rfc3339("2026-11-22T02:14:00+09:00");
  const auto time = understand_time(GetParam().typed, now);
  ASSERT_TRUE(time.ok()) << GetParam().typed;
  EXPECT_EQ(tokyo_rfc3339(*time), GetParam().understood) << GetParam().typed;
}

INSTANTIATE_TEST_SUITE_P(AsTyped, UnderstoodTime,
                         testing::Values(TimeCase{"2026-11-22 02:05", "2026-11-22T02:05+09:00"},
                                         TimeCase{"2026/11/22 2:05", "2026-11-22T02:05+09:00"},
                                         TimeCase{"11/22 02:05", "2026-11-22T02:05+09:00"},
                                         TimeCase{"12/31 23:00", "2025-12-31T23:00+09:00"},
                                         TimeCase{"令和8年11月22日 2時5分", "2026-11-22T02:05+09:00"},
                                         TimeCase{"令和８年１１月２２日　２時５分頃", "2026-11-22T02:05+09:00"},
                                         TimeCase{"R8.11.22 02:05", "2026-11-22T02:05+09:00"},
                                         TimeCase{"02:05", "2026-11-22T02:05+09:00"},
                                         TimeCase{"2026-11-22T02:05", "2026-11-22T02:05+09:00"},
                                         TimeCase{"２０２６－１１－２２　０２：０５", "2026-11-22T02:05+09:00"},
                                         TimeCase{"いま", "2026-11-22T02:14+09:00"}));

TEST(UnderstoodTimeRefusal, SaysSoInsteadOfGuessing) {
  const Instant now = *parse_rfc3339("2026-11-22T02:14:00+09:00");
  for (const char* text :
       {"", "昨夜", "2026-11-22", "2026-02-30 10:00", "25:00", "室11 22 02 05", "1 2 3 4 5 6 7", "99999-1-1 1:1"}) {
    EXPECT_FALSE(understand_time(text, now).ok()) << text;
  }
}

}  // namespace
}  // namespace hinomi::api
