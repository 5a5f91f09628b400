#include "app/configuration.h"

#include <gmock/gmock.h>

namespace hinomi::app {
namespace {

using std::chrono::days;
using ::testing::HasSubstr;

Result<Configuration> read(const std::string& text) {
  MemoryFiles files;
  EXPECT_TRUE(files.replace("hinomi.toml", text).ok());
  return read_configuration(files, "hinomi.toml");
}

TEST(ConfigurationFile, LeavesOutWhatStaysAsItIs) {
  const auto configuration = read("[retention]\nreads_days = 3650\n");
  ASSERT_TRUE(configuration.ok()) << configuration.error().detail;
  EXPECT_EQ(configuration->retention.reads, days(3650));
  EXPECT_EQ(configuration->retention.repeat_keys, days(7));
  EXPECT_EQ(configuration->retention.statuses, days(30));
  EXPECT_EQ(configuration->retention.notices, days(365));
  EXPECT_EQ(configuration->retention.drafts, days(30));
}

TEST(ConfigurationFile, TakesEachTime) {
  const auto configuration =
      read("[retention]\nrepeat_keys_days = 1\nstatuses_days = 2\nnotices_days = 3\nreads_days = 4\ndrafts_days = 5\n");
  ASSERT_TRUE(configuration.ok()) << configuration.error().detail;
  const flow::Retention& retention = configuration->retention;
  EXPECT_EQ(retention.repeat_keys, days(1));
  EXPECT_EQ(retention.statuses, days(2));
  EXPECT_EQ(retention.notices, days(3));
  EXPECT_EQ(retention.reads, days(4));
  EXPECT_EQ(retention.drafts, days(5));
}

TEST(ConfigurationFile, RefusesATimeThatIsNoneAndAKeyThatItDoesNotKnow) {
  for (const std::string line : {"reads_days = 0", "reads_days = -1", "reads_days = 36501", "reads_days = \"7\"",
                                 "reads_days = 1.5", "read_days = 7"}) {
    const auto configuration = read("[retention]\n" + line + "\n");
    ASSERT_FALSE(configuration.ok()) << line;
    EXPECT_THAT(configuration.error().where + configuration.error().detail, HasSubstr("hinomi.toml")) << line;
  }
}

}  // namespace
}  // namespace hinomi::app
