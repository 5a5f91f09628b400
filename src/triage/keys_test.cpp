#include "triage/keys.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace hinomi {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::IsEmpty;
using ::testing::Lt;
using ::testing::Not;
using ::testing::SizeIs;

SourceItem item(std::string external_id, std::string title, std::vector<std::string> cves = {}) {
  SourceItem made;
  made.source = "feed";
  made.external_id = std::move(external_id);
  made.title = std::move(title);
  made.cves = std::move(cves);
  return made;
}

std::size_t shared_title_keys(const SourceItem& a, const SourceItem& b) {
  const auto left = correlation_keys(a);
  const auto right = correlation_keys(b);
  std::vector<std::string> shared;
  std::ranges::set_intersection(left, right, std::back_inserter(shared));
  return static_cast<std::size_t>(std::ranges::count_if(shared, is_title_key));
}

TEST(Keys, CvesAndTheOwnIdAreKeys) {
  EXPECT_THAT(correlation_keys(item("ICSA-26-001-01", "T", {"CVE-2026-1000"})),
              ElementsAre("cve:CVE-2026-1000", "id:icsa-26-001-01"));
}

TEST(Keys, ACatalogueEntryIsOnlyItsCve) {
  EXPECT_THAT(correlation_keys(item("CVE-2026-1000", "T", {"CVE-2026-1000"})), ElementsAre("cve:CVE-2026-1000"));
}

TEST(Keys, ACollectionIsNotEveryMatterItNames) {
  std::vector<std::string> cves;
  for (std::size_t i = 0; i <= kMaxIdentifyingCves; ++i) cves.push_back("CVE-2026-100" + std::to_string(i));
  EXPECT_THAT(correlation_keys(item("SSA-000001", "Monthly round-up", cves)), ElementsAre("id:ssa-000001"));
  cves.pop_back();
  EXPECT_THAT(correlation_keys(item("SSA-000001", "Advisory", cves)), SizeIs(kMaxIdentifyingCves + 1));
}

TEST(Keys, IdsThatMeanNothingElsewhereStayWithTheirSource) {
  for (const char* id : {"17", "https://a.example/1", "guid", "7d1f6d0c-3a0e-4e33-9a55-0c1c5c6e1a10"}) {
    SourceItem other = item(id, "T", {"CVE-2026-1000"});
    const auto keys = correlation_keys(other);
    other.source = "another";
    EXPECT_NE(keys, correlation_keys(other)) << id;
  }
}

TEST(Keys, AdvisoryIdsThatTheTextNamesAreKeys) {
  SourceItem quoting = item("1", "JVNVU#99999999 について", {"CVE-2026-1000"});
  quoting.summary = "CISA の ICSA-26-001-01 を参照。SSA-abc は識別子ではない。";
  EXPECT_THAT(correlation_keys(quoting),
              ElementsAre("cve:CVE-2026-1000", "id:icsa-26-001-01", "id:jvnvu#99999999", "item:feed/1"));
}

TEST(Keys, AListOfManyAdvisoriesIsNoneOfThem) {
  SourceItem list = item("1", "x", {"CVE-2026-1000"});
  list.summary = "ICSA-26-001-01 ICSA-26-001-02 ICSA-26-001-03 ICSA-26-001-04";
  EXPECT_THAT(correlation_keys(list), ElementsAre("cve:CVE-2026-1000", "item:feed/1"));
}

TEST(Keys, TitlesAreKeysOnlyWithoutCves) {
  EXPECT_THAT(correlation_keys(item("1", "A notice about the winter season", {"CVE-2026-1000"})),
              Each(Not(::testing::StartsWith("title:"))));
  EXPECT_THAT(correlation_keys(item("1", "A notice about the winter season")), SizeIs(kTitleSketchSize + 1));
  EXPECT_THAT(correlation_keys(item("1", "お知らせ")), SizeIs(1)) << "too short to tell matters apart";
}

TEST(Keys, TheSketchFollowsTheSimilarityOfTitles) {
  const auto first = item("1", "電力設備の遠方監視制御装置を狙う攻撃に関する注意喚起 （公開）");
  EXPECT_EQ(shared_title_keys(first, item("2", "電力設備の遠方監視制御装置を狙う攻撃に関する注意喚起（更新）")),
            kTitleSketchSize);
  EXPECT_GE(shared_title_keys(first, item("2", "【注意喚起】電力設備の遠方監視制御装置を狙う攻撃に関する注意喚起")),
            kMinSharedTitleKeys);
  EXPECT_LT(shared_title_keys(first, item("2", "金融機関の業務端末を狙う攻撃に関する注意喚起 （公開）")),
            kMinSharedTitleKeys);
}

TEST(Keys, TitlesThatDifferInANumberShareNothing) {
  EXPECT_EQ(shared_title_keys(item("1", "Weekly Report: 2026-10-08号 のお知らせ"),
                              item("2", "Weekly Report: 2026-10-15号 のお知らせ")),
            0U);
  EXPECT_EQ(title_similarity("Weekly Report 2026-10-08", "Weekly Report 2026-10-15"), 0);
}

TEST(Keys, TitleSimilarityIsOneForTheSameAndSmallForOthers) {
  EXPECT_EQ(title_similarity("ＡＢＣ電力の対応", "abc電力の対応（更新）"), 1);
  EXPECT_THAT(title_similarity("Attack on remote terminal units", "Attacks on remote terminal units"), Gt(0.8));
  EXPECT_THAT(title_similarity("Attack on remote terminal units", "Notice about the winter season"), Lt(0.2));
  EXPECT_EQ(title_similarity("", ""), 1);
  EXPECT_EQ(title_similarity("a", "b"), 0);
}

TEST(Keys, KeysAreStableBecauseTheyAreStored) {
  const auto keys = correlation_keys(item("1", "A notice about the winter season"));
  EXPECT_THAT(keys, Contains("title:0.e81e65e200e54858"));
}

TEST(Keys, TheSameDocumentFromTwoSourcesHasOneKey) {
  SourceItem here = item("NOTE-2099-000001", "x");
  SourceItem there = here;
  there.source = "other";
  there.external_id = "note-2099-000001";
  EXPECT_EQ(document_key(here), document_key(there));
}

}  // namespace
}  // namespace hinomi
