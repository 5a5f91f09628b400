#include "triage/score.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace hinomi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

SourceItem item(std::string summary) {
  SourceItem made;
  made.source = "feed";
  made.title = "A title";
  made.summary = std::move(summary);
  return made;
}

CaseScore score(const std::vector<SourceItem>& items, const std::set<std::string>& exploited = {}) {
  std::vector<const SourceItem*> pointers;
  for (const auto& each : items) pointers.push_back(&each);
  return score_case(pointers, exploited);
}

std::vector<ScoreReason> reasons(const std::string& summary) {
  std::vector<ScoreReason> found;
  for (const auto& part : score({item(summary)}).parts) found.push_back(part.reason);
  return found;
}

TEST(Score, WithoutAnyReasonItIsZero) {
  const CaseScore empty = score({item("An ordinary text.")});
  EXPECT_EQ(empty.points, 0);
  EXPECT_THAT(empty.parts, IsEmpty());
  EXPECT_EQ(score({}).points, 0);
}

TEST(Score, WordsOfBothLanguagesCount) {
  EXPECT_THAT(reasons("変電所で使われる装置"), ElementsAre(ScoreReason::PowerSector));
  EXPECT_THAT(reasons("Used in SUBSTATIONS? No: in a Substation."), ElementsAre(ScoreReason::PowerSector));
  EXPECT_THAT(reasons("三菱電機製の製品"), ElementsAre(ScoreReason::OtVendor));
  EXPECT_THAT(reasons("ＳＳＬ－ＶＰＮ 装置"), ElementsAre(ScoreReason::EdgeDevice));
  EXPECT_THAT(reasons("ランサムウェアによる被害"), ElementsAre(ScoreReason::Ransomware));
  EXPECT_THAT(reasons("It is actively exploited."), ElementsAre(ScoreReason::ExploitReported));
}

TEST(Score, PartsOfWordsDoNotCount) { EXPECT_THAT(reasons("The art of virtuosity, abbey and curtains"), IsEmpty()); }

TEST(Score, DenialsAreNoReports) {
  EXPECT_THAT(reasons("この脆弱性を悪用する攻撃は確認されていません。"), IsEmpty());
  EXPECT_THAT(reasons("The flaw is not actively exploited."), IsEmpty());
  EXPECT_THAT(reasons("No reports of exploitation have reached us. Later, active exploitation was seen."),
              ElementsAre(ScoreReason::ExploitReported));
  EXPECT_THAT(reasons("攻撃が確認されています。回避策はありません。"), ElementsAre(ScoreReason::ExploitReported));
}

TEST(Score, SeverityIsReadFromTheText) {
  EXPECT_THAT(score({item("A CVSS v3 base score of 9.8 has been calculated")}).parts,
              ElementsAre(ScorePart{ScoreReason::CriticalSeverity, "CVSS 9.8"}));
  EXPECT_THAT(score({item("CVSS 3.0 7.5 High; CVSS 2.0 5.0 Medium")}).parts,
              ElementsAre(ScorePart{ScoreReason::HighSeverity, "CVSS 7.5"}));
  EXPECT_THAT(reasons("base score of 6.9; base score of 99; base score of x"), IsEmpty());
}

TEST(Score, TheCatalogueOfExploitedVulnerabilitiesCounts) {
  SourceItem advisory = item("");
  advisory.cves = {"CVE-2026-1001", "CVE-2026-1002"};
  EXPECT_THAT(score({advisory}, {"CVE-2026-1002"}).parts,
              ElementsAre(ScorePart{ScoreReason::KnownExploited, "CVE-2026-1002"}));
  EXPECT_THAT(score({advisory}, {"CVE-2026-9999"}).parts, IsEmpty());
  advisory.format = SourceFormat::Kev;
  EXPECT_THAT(score({advisory}).parts, ElementsAre(ScorePart{ScoreReason::KnownExploited, "CVE-2026-1001"}));
}

TEST(Score, ThePointsAreTheSumOfTheStatedParts) {
  SourceItem worst =
      item("Critical infrastructure sectors: Energy. Actively exploited by ransomware. base score of 10.0");
  worst.format = SourceFormat::Kev;
  worst.cves = {"CVE-2026-1001"};
  worst.products = {"Hitachi Energy RTU VPN"};
  std::vector<SourceItem> items{worst, worst, worst};
  items[1].source = "b";
  items[2].source = "c";
  const CaseScore total = score(items);
  int sum = 0;
  for (const auto& part : total.parts) sum += points_of(part.reason);
  EXPECT_EQ(total.points, std::min(sum, 100));
  EXPECT_EQ(total.points, 100);
  EXPECT_THAT(score({item("変電所")}).reasons(), ElementsAre("triage.power_sector: 変電"));
}

TEST(Score, TheOrderOfTheItemsDoesNotShow) {
  std::vector<SourceItem> items{item("変電所"), item("遠方監視、三菱電機"),
                                item("substation by Siemens, CVSS 3.1 8.1")};
  const CaseScore expected = score(items);
  std::vector<std::size_t> order{0, 1, 2};
  do {
    const CaseScore again = score({items[order[0]], items[order[1]], items[order[2]]});
    EXPECT_EQ(again.points, expected.points);
    EXPECT_EQ(again.parts, expected.parts);
  } while (std::ranges::next_permutation(order).found);
}

}  // namespace
}  // namespace hinomi
