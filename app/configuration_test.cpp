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
  const auto configuration = read(
      "[retention]\nrepeat_keys_days = 1\nstatuses_days = 2\nnotices_days = 3\nreads_days = 4\ndrafts_days = 5\n"
      "unnamed_days = 6\n");
  ASSERT_TRUE(configuration.ok()) << configuration.error().detail;
  const flow::Retention& retention = configuration->retention;
  EXPECT_EQ(retention.repeat_keys, days(1));
  EXPECT_EQ(retention.statuses, days(2));
  EXPECT_EQ(retention.notices, days(3));
  EXPECT_EQ(retention.reads, days(4));
  EXPECT_EQ(retention.drafts, days(5));
  EXPECT_EQ(retention.unnamed, days(6));
}

TEST(ConfigurationFile, TakesReportsWithoutANameOnlyWhenToldToAndWithATelephoneNumber) {
  EXPECT_FALSE(read("")->unnamed.accepts);
  EXPECT_FALSE(read("[unnamed]\n")->unnamed.accepts);
  const auto accepting = read("[unnamed]\naccept = true\ntelephone = \"+81 (0)3-0000-0000\"\nmost_unanswered = 7\n");
  ASSERT_TRUE(accepting.ok()) << accepting.error().detail;
  EXPECT_TRUE(accepting->unnamed.accepts);
  EXPECT_EQ(accepting->unnamed.telephone, "+81 (0)3-0000-0000");
  EXPECT_EQ(accepting->unnamed.most_unanswered, 7U);
  EXPECT_EQ(read("[unnamed]\naccept = false\n")->unnamed.most_unanswered, 200U);
  for (const std::string text :
       {"accept = true", "accept = true\ntelephone = \"call us\"", "most_unanswered = 0", "accepts = true"})
    EXPECT_FALSE(read("[unnamed]\n" + text + "\n").ok()) << text;
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
