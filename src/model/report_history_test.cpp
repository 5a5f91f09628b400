#include "model/report_history.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace hinomi {
namespace {

Fact number(double value) { return {ValueState::Given, value}; }

ReportVersion version_with(std::uint32_t version, PersonId author, const FactSheet& facts) {
  ReportVersion report;
  report.version = version;
  report.author = author;
  report.filed_at = Instant(std::chrono::hours(version));
  report.content.facts = facts;
  return report;
}

class History : public ::testing::Test {
 protected:
  void state(std::string_view name, Fact fact) { ASSERT_TRUE(facts_.set(name, std::move(fact)).ok()); }
  void file(PersonId author) {
    versions_.push_back(version_with(static_cast<std::uint32_t>(versions_.size() + 1), author, facts_));
  }
  FactSheet facts_;
  std::vector<ReportVersion> versions_;
};

TEST_F(History, AFactIsSaidByWhoLastChangedIt) {
  const PersonId first{*parse_uuid("00000000-0000-4000-8000-000000000001")};
  const PersonId second{*parse_uuid("00000000-0000-4000-8000-000000000002")};
  state("outage.lost_kw", number(7200));
  state("outage.minutes", number(65));
  file(first);
  state("outage.minutes", number(70));
  file(second);
  file(first);
  const auto statements = statements_of(versions_);
  ASSERT_EQ(statements.size(), 2u);
  EXPECT_EQ(statements.at("outage.lost_kw").version, 1u);
  EXPECT_EQ(statements.at("outage.lost_kw").by, first);
  EXPECT_EQ(statements.at("outage.minutes").version, 2u);
  EXPECT_EQ(statements.at("outage.minutes").by, second);
  EXPECT_EQ(statements.at("outage.minutes").at, Instant(std::chrono::hours(2)));
}

TEST_F(History, SayingItMoreExactlyIsANewStatement) {
  const Instant at = parse_partial_time("2026-11-22")->earliest;
  state("t.occurred", {.state = ValueState::Given, .value = at, .precision = TimePrecision::Day});
  file({});
  state("t.occurred", {ValueState::Given, at});
  file({});
  EXPECT_EQ(statements_of(versions_).at("t.occurred").version, 2u);
}

TEST(Difference, NamesWhatChangedAndNothingElse) {
  ReportDraft before;
  before.kind = ReportKind::NearMiss;
  before.summary = "不審メールを受信";
  ASSERT_TRUE(before.facts.set("inc.cyber", {ValueState::Given, "suspected"}).ok());
  ASSERT_TRUE(before.facts.set("place", {ValueState::Investigating, std::nullopt}).ok());
  ReportDraft after = before;
  after.kind = ReportKind::Incident;
  after.technical.cves = {"CVE-2026-0001", "CVE-2026-0002"};
  ASSERT_TRUE(after.facts.set("inc.cyber", {ValueState::Given, "yes"}).ok());
  ASSERT_TRUE(after.facts.set("outage.lost_kw", number(120000)).ok());

  const ReportDifference difference = difference_between(before, after);
  EXPECT_EQ(difference.texts, (std::vector<TextChange>{{"kind", "near_miss", "incident"},
                                                       {"technical.cves", "", "CVE-2026-0001\nCVE-2026-0002"}}));
  ASSERT_EQ(difference.facts.size(), 2u);
  EXPECT_EQ(difference.facts[0].name, "inc.cyber");
  EXPECT_EQ(difference.facts[1].name, "outage.lost_kw");
  EXPECT_FALSE(difference.facts[1].before.has_value());
  EXPECT_TRUE(difference_between(after, after).empty());
}

}  // namespace
}  // namespace hinomi
