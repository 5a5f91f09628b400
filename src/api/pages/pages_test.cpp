#include <gmock/gmock.h>

#include <algorithm>

#include "api/pages/frame.h"
#include "api/pages/html.h"

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

}  // namespace
}  // namespace hinomi::api
