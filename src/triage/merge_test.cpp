#include "triage/merge.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "triage/keys.h"

namespace hinomi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Items = std::vector<SourceItem>;

SourceItem item(std::string source, std::string external_id, std::vector<std::string> cves,
                std::string title = "Some title") {
  SourceItem made;
  made.source = std::move(source);
  made.external_id = std::move(external_id);
  made.cves = std::move(cves);
  made.title = std::move(title);
  return made;
}

Items story() {
  Items items{item("csaf", "ICSA-26-001-01", {"CVE-2026-1001", "CVE-2026-1002"}, "Relay advisory"),
              item("kev", "CVE-2026-1001", {"CVE-2026-1001"}, "Relay in the catalogue"),
              item("jvn", "JVNVU#90000001", {"CVE-2026-1002"}, "リレーの脆弱性"),
              item("jvndb", "JVNVU#90000001", {"CVE-2026-1002"}, "リレーの脆弱性（詳細）"),
              item("csaf", "ICSA-26-002-02", {"CVE-2026-2001"}, "Gateway advisory"),
              item("news", "https://n.example/1", {}, "電力設備の遠方監視制御装置を狙う攻撃に関する注意喚起（公開）"),
              item("mail", "m-1", {}, "電力設備の遠方監視制御装置を狙う攻撃に関する注意喚起"),
              item("news", "https://n.example/2", {}, "金融機関の業務端末を狙う攻撃に関する注意喚起")};
  for (std::size_t i = 0; i < items.size(); ++i)
    items[i].published = Instant(std::chrono::hours(100 + static_cast<int>(i)));
  return items;
}

// Groups as sets of "source/id", which do not depend on indices.
std::vector<std::vector<std::string>> named(const Items& items, const std::vector<CaseGroup>& groups) {
  std::vector<std::vector<std::string>> names;
  for (const auto& group : groups) {
    std::vector<std::string> members;
    for (const std::size_t index : group.items) members.push_back(items[index].source + "/" + items[index].external_id);
    names.push_back(members);
  }
  return names;
}

CaseId case_id(std::uint8_t number) {
  Uuid uuid{};
  uuid[0] = number;
  return CaseId(uuid);
}

TEST(Merge, OneMatterIsOneCaseWithAllItsSources) {
  const Items items = story();
  EXPECT_THAT(
      named(items, merge_into_cases(items, {})),
      ElementsAre(ElementsAre("csaf/ICSA-26-001-01", "kev/CVE-2026-1001", "jvn/JVNVU#90000001", "jvndb/JVNVU#90000001"),
                  ElementsAre("csaf/ICSA-26-002-02"), ElementsAre("news/https://n.example/1", "mail/m-1"),
                  ElementsAre("news/https://n.example/2")));
}

TEST(Merge, TheOrderOfArrivalDoesNotShow) {
  const Items items = story();
  const auto expected = named(items, merge_into_cases(items, {}));
  std::mt19937 engine(5);
  for (int round = 0; round < 200; ++round) {
    Items shuffled = items;
    std::ranges::shuffle(shuffled, engine);
    const auto groups = merge_into_cases(shuffled, {});
    ASSERT_EQ(named(shuffled, groups), expected);
    EXPECT_EQ(groups[0].title, "Relay advisory");
  }
}

TEST(Merge, ArrivingOneByOneGivesTheSameCases) {
  const Items items = story();
  const auto whole = merge_into_cases(items, {});
  std::map<std::size_t, std::size_t> expected;
  for (std::size_t group = 0; group < whole.size(); ++group) {
    for (const std::size_t index : whole[group].items) expected[index] = group;
  }
  // The first item leads, because it alone holds both CVEs; the others may come as they like.
  std::vector<std::size_t> order{0, 1, 2, 3, 4, 5, 6, 7};
  std::mt19937 engine(6);
  for (int round = 0; round < 100; ++round) {
    std::shuffle(order.begin() + 1, order.end(), engine);
    std::vector<KnownKey> known;
    std::map<CaseId, std::set<std::size_t>> cases;
    for (const std::size_t index : order) {
      const auto groups = merge_into_cases(std::span(&items[index], 1), known);
      ASSERT_THAT(groups, SizeIs(1));
      const CaseId id =
          groups[0].known ? groups[0].known->case_id : case_id(static_cast<std::uint8_t>(cases.size() + 1));
      cases[id].insert(index);
      for (const auto& key : groups[0].keys) known.emplace_back(key, id);
    }
    ASSERT_EQ(cases.size(), whole.size());
    for (const auto& [id, members] : cases) {
      for (const std::size_t index : members) EXPECT_EQ(expected[index], expected[*members.begin()]);
    }
  }
}

TEST(Merge, CopiesOfOneDocumentAreNamed) {
  const Items items = story();
  const auto groups = merge_into_cases(items, {});
  EXPECT_THAT(groups[0].duplicates, ElementsAre(ElementsAre(2, 3)));
  EXPECT_THAT(groups[1].duplicates, IsEmpty());
}

TEST(Merge, AKnownCaseTakesTheNewItem) {
  const Items items{item("kev", "CVE-2026-1001", {"CVE-2026-1001"})};
  const std::vector<KnownKey> known{{"cve:CVE-2026-1001", case_id(4)}, {"cve:CVE-2026-9999", case_id(1)}};
  const auto groups = merge_into_cases(items, known);
  ASSERT_TRUE(groups.at(0).known.has_value());
  EXPECT_EQ(groups[0].known->case_id, case_id(4));
  EXPECT_THAT(groups[0].known->because, ElementsAre("cve:CVE-2026-1001"));
  EXPECT_THAT(groups[0].known->also, IsEmpty());
}

TEST(Merge, AnItemBetweenTwoCasesGoesToTheStrongerAndNamesTheOther) {
  const Items items{item("csaf", "ICSA-26-001-01", {"CVE-2026-1001", "CVE-2026-1002", "CVE-2026-1003"})};
  std::vector<KnownKey> known{
      {"cve:CVE-2026-1001", case_id(1)}, {"cve:CVE-2026-1002", case_id(2)}, {"cve:CVE-2026-1003", case_id(2)}};
  do {
    const auto groups = merge_into_cases(items, known);
    EXPECT_EQ(groups.at(0).known->case_id, case_id(2));
    EXPECT_THAT(groups[0].known->also, ElementsAre(case_id(1)));
  } while (std::ranges::next_permutation(known).found);
}

TEST(Merge, ATieGoesToTheSmallestId) {
  const Items items{item("csaf", "ICSA-26-001-01", {"CVE-2026-1001", "CVE-2026-1002"})};
  const std::vector<KnownKey> known{{"cve:CVE-2026-1002", case_id(9)}, {"cve:CVE-2026-1001", case_id(3)}};
  EXPECT_EQ(merge_into_cases(items, known).at(0).known->case_id, case_id(3));
}

TEST(Merge, FewSharedTitleKeysProveNothing) {
  const auto keys = correlation_keys(item("news", "1", {}, "電力設備の遠方監視制御装置を狙う攻撃"));
  std::vector<KnownKey> known;
  for (const auto& key : keys) {
    if (is_title_key(key) && known.size() < kMinSharedTitleKeys - 1) known.emplace_back(key, case_id(1));
  }
  EXPECT_EQ(match_case(keys, known), std::nullopt);
  for (const auto& key : keys) {
    if (is_title_key(key)) known.emplace_back(key, case_id(1));
  }
  EXPECT_TRUE(match_case(keys, known).has_value());
}

TEST(Merge, ANewVersionOfADocumentStaysInItsCase) {
  Items items{item("csaf", "ICSA-26-001-01", {"CVE-2026-1001"}), item("csaf", "ICSA-26-001-01", {"CVE-2026-7777"})};
  items[1].version = "2";
  EXPECT_THAT(merge_into_cases(items, {}), SizeIs(1));
}

TEST(Merge, ManyItemsWithOneTitleCostLinearTime) {
  Items items;
  for (int i = 0; i < 20'000; ++i)
    items.push_back(item("spam", std::to_string(i), {}, "The same long title over and over again"));
  EXPECT_THAT(merge_into_cases(items, {}), SizeIs(1));
}

TEST(Merge, NothingGivesNothing) { EXPECT_THAT(merge_into_cases({}, {}), IsEmpty()); }

}  // namespace
}  // namespace hinomi
