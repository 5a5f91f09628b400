// The switches themselves. What the leaks do is for the suites that must find them (tests/worlds).
#include "planted/planted.h"

#include <gmock/gmock.h>

#include <set>
#include <string>

namespace hinomi {
namespace {

constexpr std::size_t kPromised = 70;

TEST(PlantedLeaks, AreAsManyAsPromisedAndEachIsDescribed) {
  std::set<std::string_view> names;
  std::set<std::string_view> reasons;
  for (const planted::Leak& leak : planted::leaks()) {
    EXPECT_TRUE(names.insert(leak.name).second) << leak.name;
    EXPECT_TRUE(reasons.insert(leak.why).second) << leak.name;
    EXPECT_TRUE(leak.file.starts_with("src/")) << leak.name;
  }
  EXPECT_GE(names.size(), kPromised);
}

TEST(PlantedLeaks, OneIsOnAtATimeAndNoneToBeginWith) {
  for (const planted::Leak& leak : planted::leaks()) EXPECT_FALSE(planted::is_on(leak.name)) << leak.name;
  for (const planted::Leak& leak : planted::leaks()) {
    planted::turn_on(leak.name);
    for (const planted::Leak& other : planted::leaks())
      EXPECT_EQ(planted::is_on(other.name), other.name == leak.name) << leak.name << " " << other.name;
  }
  planted::turn_off();
  for (const planted::Leak& leak : planted::leaks()) EXPECT_FALSE(planted::is_on(leak.name)) << leak.name;
}

TEST(PlantedLeaksDeathTest, AnUnknownNameEndsTheTest) { EXPECT_DEATH(planted::turn_on("no_such_leak"), ""); }

}  // namespace
}  // namespace hinomi
