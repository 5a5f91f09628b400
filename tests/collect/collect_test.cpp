// From files to cases: the readers of formats and the merging of triage together, on the demo feeds and on real data.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "formats/source_reader.h"
#include "support/read_file.h"
#include "triage/merge.h"
#include "triage/score.h"

namespace hinomi {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Le;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

using Items = std::vector<SourceItem>;

void collect(Items& items, const std::string& source, const std::filesystem::path& path) {
  const std::string text = testing::read_file(path);
  ReadOutcome outcome = read_source({source, path.filename().string(), text});
  EXPECT_THAT(outcome.problems, IsEmpty()) << path;
  std::ranges::move(outcome.items, std::back_inserter(items));
}

Items demo_items() {
  const std::filesystem::path feeds = std::string(HINOMI_SOURCE_DIR) + "/packs/demo/feeds";
  Items items;
  for (const std::string& name : {"jvn.rdf", "jpcert.rdf", "myjvn-detail.xml", "ministry.atom", "kev.json"}) {
    collect(items, name, feeds / name);
  }
  for (const auto& path : testing::files_below(feeds / "csaf", ".json")) collect(items, "csaf", path);
  return items;
}

std::vector<std::string> sources_of(const Items& items, const CaseGroup& group) {
  std::vector<std::string> sources;
  for (const std::size_t index : group.items) sources.push_back(items[index].source);
  return sources;
}

CaseScore score_of(const Items& items, const CaseGroup& group) {
  std::vector<const SourceItem*> members;
  for (const std::size_t index : group.items) members.push_back(&items[index]);
  return score_case(members, {});
}

const CaseGroup& group_with(const std::vector<CaseGroup>& groups, const std::string& key) {
  return *std::ranges::find_if(groups, [&](const auto& group) { return std::ranges::binary_search(group.keys, key); });
}

TEST(Collect, TheDemoFeedsBecomeOneCaseForEachMatter) {
  const Items items = demo_items();
  const auto groups = merge_into_cases(items, {});
  EXPECT_THAT(items, SizeIs(16));
  EXPECT_THAT(groups, SizeIs(7));
  EXPECT_THAT(sources_of(items, group_with(groups, "cve:CVE-2099-10001")),
              UnorderedElementsAre("jvn.rdf", "jpcert.rdf", "myjvn-detail.xml", "ministry.atom", "kev.json", "csaf"));
  EXPECT_THAT(sources_of(items, group_with(groups, "cve:CVE-2099-10002")),
              UnorderedElementsAre("jvn.rdf", "jpcert.rdf", "kev.json", "csaf"));
  EXPECT_THAT(sources_of(items, group_with(groups, "cve:CVE-2099-10003")), UnorderedElementsAre("jvn.rdf", "csaf"));
}

TEST(Collect, TheRemoteTerminalUnitOutranksTheAccountingProgram) {
  const Items items = demo_items();
  const auto groups = merge_into_cases(items, {});
  const int remote_unit = score_of(items, group_with(groups, "cve:CVE-2099-10001")).points;
  const int gateway = score_of(items, group_with(groups, "cve:CVE-2099-10002")).points;
  const int accounting = score_of(items, group_with(groups, "id:note-2099-000004")).points;
  EXPECT_GE(remote_unit, 80);
  EXPECT_GE(gateway, 60);
  EXPECT_EQ(accounting, 0);
}

class CollectRealData : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::filesystem::path shared = HINOMI_SHARED_DATA;
    const auto advisories = testing::files_below(shared / "csaf-cisa-ot", ".json");
    if (advisories.empty() || !std::filesystem::exists(shared / "kev")) GTEST_SKIP() << "shared/data is not here";
    for (const auto& path : advisories) collect(items_, "csaf", path);
    collect(items_, "kev", shared / "kev" / "known_exploited_vulnerabilities.json");
    for (const SourceItem& item : items_) {
      if (item.format == SourceFormat::Kev) exploited_.insert(item.external_id);
    }
  }
  Items items_;
  std::set<std::string> exploited_;
};

TEST_F(CollectRealData, AdvisoriesJoinTheCatalogueAndNothingRunsTogether) {
  const auto groups = merge_into_cases(items_, {});
  std::size_t placed = 0;
  std::size_t joined = 0;
  std::size_t largest = 0;
  for (const auto& group : groups) {
    const auto sources = sources_of(items_, group);
    placed += group.items.size();
    largest = std::max(largest, group.items.size());
    joined += std::ranges::count(sources, "csaf") > 0 && std::ranges::count(sources, "kev") > 0 ? 1 : 0;
  }
  EXPECT_EQ(placed, items_.size());
  EXPECT_GE(joined, 8U);
  EXPECT_LE(largest, 25U) << "a case of everything helps nobody";
}

TEST_F(CollectRealData, EveryAdvisoryWithAnExploitedVulnerabilityIsScoredSo) {
  std::size_t found = 0;
  for (const SourceItem& item : items_) {
    if (item.format != SourceFormat::Csaf) continue;
    const bool is_exploited = std::ranges::any_of(item.cves, [&](const auto& cve) { return exploited_.contains(cve); });
    const SourceItem* one[] = {&item};
    const CaseScore score = score_case(one, exploited_);
    const bool says_so =
        std::ranges::any_of(score.parts, [](const auto& part) { return part.reason == ScoreReason::KnownExploited; });
    EXPECT_EQ(says_so, is_exploited) << item.external_id;
    found += is_exploited ? 1 : 0;
  }
  EXPECT_EQ(found, 19U);
}

TEST_F(CollectRealData, ShufflingChangesNothing) {
  const auto names = [](const Items& items, const std::vector<CaseGroup>& groups) {
    std::vector<std::vector<std::string>> all;
    for (const auto& group : groups) {
      all.emplace_back();
      for (const std::size_t index : group.items) all.back().push_back(items[index].source + items[index].external_id);
    }
    return all;
  };
  const auto expected = names(items_, merge_into_cases(items_, {}));
  std::mt19937 engine(11);
  for (int round = 0; round < 3; ++round) {
    std::ranges::shuffle(items_, engine);
    ASSERT_EQ(names(items_, merge_into_cases(items_, {})), expected);
  }
}

}  // namespace
}  // namespace hinomi
