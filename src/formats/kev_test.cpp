#include "formats/kev.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "formats/csv.h"
#include "support/read_file.h"

namespace hinomi {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

ReadOutcome read(std::string_view name, std::string_view bytes) {
  auto outcome = read_kev({"kev", std::string(name), bytes});
  EXPECT_TRUE(outcome.ok()) << (outcome.ok() ? "" : outcome.error().detail);
  return std::move(outcome).value_or({});
}

std::string demo(std::string_view name) {
  return testing::read_file(fmt::format("{}/packs/demo/feeds/{}", HINOMI_SOURCE_DIR, name));
}

TEST(Kev, AnEntryBecomesAnItem) {
  const auto outcome = read("kev.json", demo("kev.json"));
  ASSERT_THAT(outcome.items, SizeIs(3));
  EXPECT_THAT(outcome.problems, IsEmpty());
  const SourceItem& item = outcome.items[1];
  EXPECT_EQ(item.external_id, "CVE-2099-10002");
  EXPECT_THAT(item.cves, ElementsAre("CVE-2099-10002"));
  EXPECT_THAT(item.products, ElementsAre("Sample Networks EdgeGate"));
  EXPECT_EQ(item.url, "https://vendor.example/sn-2099-07");
  EXPECT_THAT(item.summary, HasSubstr("ransomware"));
  EXPECT_THAT(item.mitigation, HasSubstr("2099-06-19"));
  EXPECT_THAT(item.version, HasSubstr("2099-06-12 "));
}

TEST(Kev, JsonAndCsvGiveTheSameVersions) {
  const auto json = read("kev.json", demo("kev.json"));
  const auto csv = read("kev.csv", demo("kev.csv"));
  ASSERT_EQ(json.items.size(), csv.items.size());
  for (std::size_t i = 0; i < json.items.size(); ++i) {
    EXPECT_EQ(json.items[i].version, csv.items[i].version) << json.items[i].external_id;
    EXPECT_EQ(json.items[i].summary, csv.items[i].summary);
  }
}

TEST(Kev, BrokenEntriesAreReportedAndTheOthersKept) {
  const auto outcome = read("kev.json", R"({"catalogVersion":"1","vulnerabilities":[
      {"cveID":"CVE-2099-1","vulnerabilityName":"N","dateAdded":"2099-01-01"},
      {"cveID":"CVE-2099-1234","vulnerabilityName":"","dateAdded":"2099-01-01"},
      {"cveID":"CVE-2099-1234","vulnerabilityName":"N","dateAdded":"2099-02-29"},
      {"cveID":"CVE-2099-1234","vulnerabilityName":"N","dateAdded":"2099-01-01"}, 7]})");
  EXPECT_THAT(outcome.items, SizeIs(1));
  EXPECT_THAT(outcome.problems, ElementsAre(Field(&ReadProblem::where, "/vulnerabilities/0/cveID"),
                                            Field(&ReadProblem::where, "/vulnerabilities/1/vulnerabilityName"),
                                            Field(&ReadProblem::where, "/vulnerabilities/2/dateAdded"),
                                            Field(&ReadProblem::where, "/vulnerabilities/4/cveID")));
}

TEST(Kev, BrokenRowsAreReportedByLineAndTheOthersKept) {
  const std::string header =
      "cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction\n";
  const auto outcome = read("kev.csv", header +
                                           "CVE-2099-1000,V,P,N,2099-01-01,\"a\nb\",R\nCVE-2099-1001,V,P,\"N\"x,2099-"
                                           "01-01,S,R\nCVE-2099-1002,V,P,N,2099-01-01,S,R\nshort\n");
  EXPECT_THAT(outcome.items, ElementsAre(Field(&SourceItem::external_id, "CVE-2099-1000"),
                                         Field(&SourceItem::external_id, "CVE-2099-1002")));
  EXPECT_THAT(outcome.problems,
              ElementsAre(Field(&ReadProblem::where, "line 4"), Field(&ReadProblem::where, "line 6/cveID")));
}

TEST(Kev, OtherFilesAreRefused) {
  for (const std::string_view text :
       {"{}", R"({"vulnerabilities":[{"cve":"CVE-2099-1000"}]})", R"({"vulnerabilities":{}})", "", "a,b,c\n1,2,3"}) {
    EXPECT_EQ(read_kev({"k", "f", text}).error().code, "kev.not_kev") << text;
  }
}

TEST(Csv, ReadsQuotedFieldsOverLines) {
  CsvReader reader(
      "\xEF\xBB\xBF"
      "a,\"b \"\"x\"\", y\",\r\n\r\n\"two\nlines\",c\n");
  EXPECT_THAT(reader.next()->fields, ElementsAre("a", "b \"x\", y", ""));
  const auto second = reader.next();
  EXPECT_THAT(second->fields, ElementsAre("two\nlines", "c"));
  EXPECT_EQ(second->line, 3U);
  EXPECT_TRUE(reader.at_end());
}

TEST(Csv, LimitsAndOpenQuotesAreErrorsAndReadingGoesOn) {
  CsvReader reader("\"open\nrest,1\n", {.max_rows = 2});
  EXPECT_EQ(reader.next().error().code, "csv.quote");
  EXPECT_THAT(reader.next()->fields, ElementsAre("rest", "1"));
  CsvReader few("a\nb\nc", {.max_rows = 2});
  EXPECT_TRUE(few.next().ok());
  EXPECT_TRUE(few.next().ok());
  EXPECT_EQ(few.next().error().kind, ErrorKind::TooLarge);
  EXPECT_TRUE(few.at_end());
  EXPECT_EQ(CsvReader("a,b,c", {.max_fields = 2}).next().error().code, "csv.too_large");
}

TEST(KevRealData, TheCatalogueIsReadCompletelyFromBothForms) {
  const std::string folder = std::string(HINOMI_SHARED_DATA) + "/kev/known_exploited_vulnerabilities";
  const std::string json = testing::read_file(folder + ".json");
  const std::string csv = testing::read_file(folder + ".csv");
  if (json.empty() || csv.empty()) GTEST_SKIP() << "shared/data/kev is not here";
  const auto from_json = read("kev.json", json);
  const auto from_csv = read("kev.csv", csv);
  EXPECT_THAT(from_json.items, SizeIs(1'404));
  EXPECT_THAT(from_csv.items, SizeIs(1'404));
  EXPECT_THAT(from_json.problems, IsEmpty());
  EXPECT_THAT(from_csv.problems, IsEmpty());
}

}  // namespace
}  // namespace hinomi
