#include "formats/csaf.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "support/read_file.h"

namespace hinomi {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view kTracking =
    R"("tracking":{"id":"A-1","version":"3","status":"final","initial_release_date":"2026-01-01T00:00:00Z","current_release_date":"2026-01-02T09:00:00+09:00","revision_history":[]})";
constexpr std::string_view kPublisher =
    R"("publisher":{"category":"vendor","name":"V","namespace":"https://v.example"})";

// A minimal valid advisory; `more` goes into document, `after` behind it.
std::string advisory(std::string_view more = "", std::string_view after = "") {
  return fmt::format(
      R"({{"document":{{"category":"csaf_security_advisory","csaf_version":"2.0","title":" T ",{},{}{}}}{}}})",
      kPublisher, kTracking, more, after);
}

ReadOutcome read(const std::string& text) {
  auto outcome = read_csaf({"vendor", "a.json", text});
  EXPECT_TRUE(outcome.ok()) << text << "\n" << (outcome.ok() ? "" : outcome.error().where);
  return std::move(outcome).value_or({});
}

TEST(Csaf, TheSmallestAdvisoryBecomesAnItem) {
  const auto outcome = read(advisory());
  ASSERT_THAT(outcome.items, SizeIs(1));
  const SourceItem& item = outcome.items[0];
  EXPECT_EQ(item.external_id, "A-1");
  EXPECT_EQ(item.version, "3 2026-01-02T00:00:00.000000Z");
  EXPECT_EQ(item.title, "T");
  EXPECT_EQ(item.source, "vendor");
  EXPECT_EQ(item.tlp, Tlp::Clear);
  EXPECT_EQ(item.published, *parse_rfc3339("2026-01-01T00:00:00Z"));
  EXPECT_EQ(item.raw, advisory());
}

TEST(Csaf, MandatoryPropertiesAreNamedWhenAbsent) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {R"("title":" T ",)", "/document/title"},
      {R"("category":"csaf_security_advisory",)", "/document/category"},
      {R"(,"namespace":"https://v.example")", "/document/publisher/namespace"},
      {R"("id":"A-1",)", "/document/tracking/id"},
      {R"("version":"3",)", "/document/tracking/version"},
      {R"("status":"final",)", "/document/tracking/status"},
      {R"("initial_release_date":"2026-01-01T00:00:00Z",)", "/document/tracking/initial_release_date"},
      {R"(,"revision_history":[])", "/document/tracking/revision_history"},
  };
  for (const auto& [part, where] : cases) {
    std::string text = advisory();
    text.erase(text.find(part), part.size());
    const auto outcome = read_csaf({"vendor", "a.json", text});
    ASSERT_FALSE(outcome.ok()) << where;
    EXPECT_EQ(outcome.error().code, "csaf.missing");
    EXPECT_EQ(outcome.error().where, where);
  }
}

TEST(Csaf, ImpossibleValuesAreRefusedWithTheirPlace) {
  const std::array<std::string_view, 3> cases[] = {
      {R"("csaf_version":"2.0")", R"("csaf_version":"1.2")", "/document/csaf_version"},
      {R"("status":"final")", R"("status":"done")", "/document/tracking/status"},
      {R"(2026-01-01T00:00:00Z)", R"(2026-02-30T00:00:00Z)", "/document/tracking/initial_release_date"},
  };
  for (const auto& [from, to, where] : cases) {
    std::string text = advisory();
    text.replace(text.find(from), from.size(), to);
    const auto outcome = read_csaf({"vendor", "a.json", text});
    ASSERT_FALSE(outcome.ok()) << where;
    EXPECT_EQ(outcome.error().where, where);
  }
}

TEST(Csaf, OtherJsonIsRefused) {
  for (const std::string_view text : {"{}", "[]", R"({"document":{}})", R"({"document":"x"})"}) {
    EXPECT_EQ(read_csaf({"v", "a", text}).error().code, "csaf.not_csaf") << text;
  }
  EXPECT_EQ(read_csaf({"v", "a", "{"}).error().code, "json.syntax");
}

TEST(Csaf, TlpComesFromTheDistribution) {
  const std::pair<std::string_view, Tlp> cases[] = {
      {"WHITE", Tlp::Clear}, {"GREEN", Tlp::Green}, {"AMBER", Tlp::Amber}, {"RED", Tlp::Red}};
  for (const auto& [label, tlp] : cases) {
    EXPECT_EQ(read(advisory(fmt::format(R"(,"distribution":{{"tlp":{{"label":"{}"}}}})", label))).items.at(0).tlp, tlp);
  }
  EXPECT_EQ(read(advisory(R"(,"distribution":{"text":"free"})")).items.at(0).tlp, Tlp::Clear);
}

TEST(Csaf, AnUnknownTlpIsTheStrictestAndReported) {
  const auto outcome = read(advisory(R"(,"distribution":{"tlp":{"label":"MAUVE"}})"));
  EXPECT_EQ(outcome.items.at(0).tlp, Tlp::Red);
  EXPECT_THAT(outcome.problems, ElementsAre(Field(&ReadProblem::where, "/document/distribution/tlp/label")));
}

TEST(Csaf, ProductsCarryTheirVendor) {
  const auto outcome = read(advisory("", R"(,"product_tree":{"branches":[{"category":"vendor","name":"Acme","branches":[
      {"category":"product_name","name":"P","branches":[{"category":"product_version","name":"1","product":{"name":"P 1","product_id":"1"}},
      {"category":"product_version","name":"1","product":{"name":"P 1","product_id":"1b"}}]},
      {"category":"product_name","name":"Q","product":{"name":"Acme Q","product_id":"2"}}]}],
      "full_product_names":[{"name":"R","product_id":"3"}],
      "relationships":[{"full_product_name":{"name":"Q on R","product_id":"4"}}]})"));
  EXPECT_THAT(outcome.items.at(0).products, ElementsAre("Acme P 1", "Acme Q", "R", "Q on R"));
}

TEST(Csaf, CvesAreSortedDistinctAndChecked) {
  const auto outcome = read(advisory(
      "",
      R"(,"vulnerabilities":[{"cve":"CVE-2026-10000"},{"cve":"CVE-2025-0001"},{"cve":"CVE-2026-10000"},{"cve":"cve-1"},{"title":"none"}])"));
  EXPECT_THAT(outcome.items.at(0).cves, ElementsAre("CVE-2025-0001", "CVE-2026-10000"));
  EXPECT_THAT(outcome.problems, ElementsAre(Field(&ReadProblem::where, "/vulnerabilities/3/cve")));
}

TEST(Csaf, TheDemoAdvisoryGivesSummaryCheckMitigationAndAddress) {
  const auto text = testing::read_file(std::string(HINOMI_SOURCE_DIR) + "/packs/demo/feeds/csaf/ke-sa-2099-001.json");
  const auto outcome = read(text);
  EXPECT_THAT(outcome.problems, IsEmpty());
  const SourceItem& item = outcome.items.at(0);
  EXPECT_THAT(item.summary, HasSubstr("遠方監視制御装置に、認証欠如"));
  EXPECT_THAT(item.summary, HasSubstr("Critical infrastructure sectors: Energy"));
  EXPECT_EQ(item.check, "装置の操作履歴に、操作卓以外の送信元からの命令がないか確認してください。");
  EXPECT_THAT(item.mitigation, HasSubstr("3.2 に更新"));
  EXPECT_THAT(item.mitigation, HasSubstr("20001/tcp"));
  EXPECT_EQ(item.url, "https://vendor.example/ke-sa-2099-001");
  EXPECT_THAT(item.products, ElementsAre("架空電機 KE-RTU 500 <3.2", "架空電機 KE-RTU 300 <2.8"));
}

TEST(CsafRealData, EveryAdvisoryOfTheAgencyIsRead) {
  const auto files = testing::files_below(std::string(HINOMI_SHARED_DATA) + "/csaf-cisa-ot", ".json");
  if (files.empty()) GTEST_SKIP() << "shared/data/csaf-cisa-ot is not here";
  EXPECT_THAT(files, SizeIs(724));
  std::set<std::string> ids;
  for (const auto& path : files) {
    const std::string text = testing::read_file(path);
    const auto outcome = read_csaf({"cisa", path.filename().string(), text});
    ASSERT_TRUE(outcome.ok()) << path << ": " << outcome.error().where << " " << outcome.error().detail;
    EXPECT_THAT(outcome->problems, IsEmpty()) << path << ": " << outcome->problems[0].where;
    const SourceItem& item = outcome->items.at(0);
    ids.insert(item.external_id);
    EXPECT_THAT(item.summary, Not(IsEmpty())) << path;
    EXPECT_THAT(item.cves, Not(IsEmpty())) << path;
    EXPECT_THAT(item.products, Not(IsEmpty())) << path;
    EXPECT_THAT(item.url, HasSubstr("http")) << path;
  }
  EXPECT_THAT(ids, SizeIs(724));
}

}  // namespace
}  // namespace hinomi
