#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Reports : public StoreContract {};
INSTANTIATE_TEST_SUITE_P(Engines, Reports, ::testing::ValuesIn(engines()), engine_name);

std::vector<std::string> numbers(const std::vector<ReportVersion>& reports) {
  std::vector<std::string> texts;
  for (const ReportVersion& report : reports) texts.push_back(report.number.text());
  return texts;
}

TEST_P(Reports, AFiledReportIsReadBackAsItWasWritten) {
  const ReportVersion report = a_report(random_).from(sector_.acme).by(sector_.acme_reporter).summary("停電 7,200 kW");
  ASSERT_THAT(file(report), Succeeds());
  const auto read = store().report(reach(sector_.acme_reporter), report.report);
  ASSERT_THAT(read, Succeeds());
  EXPECT_EQ(read->number, report.number);
  EXPECT_EQ(read->version, 1U);
  EXPECT_EQ(read->org, sector_.acme);
  EXPECT_EQ(read->author, sector_.acme_reporter);
  EXPECT_EQ(read->filed_at, report.filed_at);
  EXPECT_EQ(read->victim_label, report.victim_label);
  EXPECT_EQ(report_content_text(read->content), report_content_text(report.content));
}

TEST_P(Reports, HiddenAndAbsentAreTheSame) {
  const ReportVersion report = a_report(random_).from(sector_.acme);
  ASSERT_THAT(file(report), Succeeds());
  const Reach outsider = reach(sector_.beta_reporter);
  const auto hidden = store().report(outsider, report.report);
  const auto absent = store().report(outsider, ReportId::random(random_));
  ASSERT_THAT(hidden, FailsWith("not_found"));
  EXPECT_EQ(hidden.error().kind, absent.error().kind);
  EXPECT_EQ(hidden.error().code, absent.error().code);
  EXPECT_EQ(hidden.error().detail, absent.error().detail);
  EXPECT_THAT(store().report_by_number(outsider, report.number.text()), FailsWith("not_found"));
  EXPECT_THAT(store().report_versions(outsider, report.report), FailsWith("not_found"));
  EXPECT_THAT(store().reports(outsider, {})->rows, IsEmpty());
}

TEST_P(Reports, AVersionNeedsTheReadersOfBothItsBlocks) {
  ReportVersion report = a_report(random_).from(sector_.acme);
  report.technical_label = shared_with({sector_.acme, sector_.beta});
  ASSERT_THAT(file(report), Succeeds());
  EXPECT_THAT(store().report(reach(sector_.acme_reporter), report.report), Succeeds());
  EXPECT_THAT(store().report(reach(sector_.beta_reporter), report.report), FailsWith("not_found"));
}

TEST_P(Reports, AnAmendmentIsTheNextVersionAndLeavesTheFirst) {
  const ReportVersion first = a_report(random_).from(sector_.acme).summary("first");
  const ReportVersion second = a_report(random_).of(first).summary("second");
  ASSERT_THAT(file(first), Succeeds());
  ASSERT_THAT(amend(second), Succeeds());
  const Reach own = reach(sector_.acme_reporter);
  EXPECT_EQ(store().report(own, first.report)->content.summary, "second");
  EXPECT_EQ(store().report_by_number(own, first.number.text())->version, 2U);
  const auto versions = store().report_versions(own, first.report);
  ASSERT_THAT(*versions, SizeIs(2));
  EXPECT_EQ(versions->front().content.summary, "first");
  EXPECT_THAT(store().reports(own, {})->rows, SizeIs(1));
}

TEST_P(Reports, AnAmendmentOfAnOlderVersionIsAConflict) {
  const ReportVersion first = a_report(random_).from(sector_.acme);
  const ReportVersion second = a_report(random_).of(first);
  ASSERT_THAT(file(first), Succeeds());
  ASSERT_THAT(amend(second), Succeeds());
  EXPECT_THAT(amend(second), FailsWith("report.moved_on"));
}

TEST_P(Reports, ATakenNumberIsAConflictAndNothingIsKept) {
  const ReportVersion first = a_report(random_).from(sector_.acme);
  ReportVersion second = a_report(random_).from(sector_.acme);
  second.number = first.number;
  ASSERT_THAT(file(first), Succeeds());
  EXPECT_THAT(file(second), FailsWith("number.taken"));
  EXPECT_THAT(store().report(reach(sector_.acme_reporter), second.report), FailsWith("not_found"));
}

TEST_P(Reports, ThePermitOfOneReportDoesNotWriteAnother) {
  const ReportVersion report = a_report(random_).from(sector_.beta);
  const auto permit_for_acme = permit<action::FileReport>(sector_.acme_reporter, {sector_.acme});
  EXPECT_THAT(store().file_report(permit_for_acme, report, now()), FailsWith("internal"));
}

TEST_P(Reports, ANewestVersionUnderAStricterLabelLeavesTheReaderTheOneBefore) {
  const ReportVersion first =
      a_report(random_).from(sector_.acme).summary("for both").read_by(shared_with({sector_.acme, sector_.beta}));
  const ReportVersion second = a_report(random_).of(first).summary("for acme").read_by(shared_with({sector_.acme}));
  ASSERT_THAT(file(first), Succeeds());
  ASSERT_THAT(amend(second), Succeeds());
  const Reach acme = reach(sector_.acme_reporter);
  const Reach beta = reach(sector_.beta_reporter);
  EXPECT_EQ(store().report(acme, first.report)->content.summary, "for acme");
  EXPECT_EQ(store().report(beta, first.report)->content.summary, "for both");
  ASSERT_THAT(store().reports(acme, {})->rows, SizeIs(1));
  EXPECT_EQ(store().reports(acme, {})->rows.front().version, 2U);
  ASSERT_THAT(store().reports(beta, {})->rows, SizeIs(1));
  EXPECT_EQ(store().reports(beta, {})->rows.front().version, 1U);
}

TEST_P(Reports, OneVersionIsReadUnderItsOwnLabelAlone) {
  const ReportVersion first =
      a_report(random_).from(sector_.acme).summary("for both").read_by(shared_with({sector_.acme, sector_.beta}));
  const ReportVersion second = a_report(random_).of(first).summary("for acme").read_by(shared_with({sector_.acme}));
  ASSERT_THAT(file(first), Succeeds());
  ASSERT_THAT(amend(second), Succeeds());
  const Reach beta = reach(sector_.beta_reporter);
  ASSERT_THAT(store().report_version(beta, first.report, 1), Succeeds());
  EXPECT_EQ(store().report_version(beta, first.report, 1)->content.summary, "for both");
  EXPECT_THAT(store().report_version(beta, first.report, 2), FailsWith("not_found"));
  const Reach acme = reach(sector_.acme_reporter);
  ASSERT_THAT(store().report_version(acme, first.report, 2), Succeeds());
  EXPECT_EQ(store().report_version(acme, first.report, 2)->content.summary, "for acme");
  EXPECT_THAT(store().report_version(acme, first.report, 3), FailsWith("not_found"));
}

TEST_P(Reports, PagesWalkEachReadableReportExactlyOnceNewestFirst) {
  std::vector<std::string> filed;
  for (int i = 0; i < 23; ++i) {
    const bool shared = i % 3 == 0;
    const ReportVersion report =
        a_report(random_)
            .from(sector_.acme)
            .read_by(shared ? shared_with({sector_.acme, sector_.beta}) : shared_with({sector_.acme}));
    ASSERT_THAT(file(report), Succeeds());
    ASSERT_THAT(file(a_report(random_).from(sector_.gamma)), Succeeds());
    filed.insert(filed.begin(), report.number.text());
  }
  for (const std::size_t limit : {1UL, 4UL, 23UL, 100UL}) {
    std::vector<std::string> walked;
    Page page{std::nullopt, limit};
    do {
      const auto listed = store().reports(reach(sector_.acme_reporter), page);
      ASSERT_THAT(listed, Succeeds());
      EXPECT_LE(listed->rows.size(), limit);
      for (const std::string& number : numbers(listed->rows)) walked.push_back(number);
      page.before = listed->next;
    } while (page.before);
    EXPECT_EQ(walked, filed) << "with pages of " << limit;
  }
}

TEST_P(Reports, EverythingIsThereAfterReopening) {
  const ReportVersion first = a_report(random_).from(sector_.acme);
  ASSERT_THAT(file(first), Succeeds());
  const Sequence before = store().last_sequence();
  reopen();
  EXPECT_EQ(store().last_sequence(), before);
  EXPECT_EQ(store().directory()->persons.size(), sector_.directory.persons.size());
  EXPECT_THAT(store().report(reach(sector_.acme_reporter), first.report), Succeeds());
  ASSERT_THAT(file(a_report(random_).from(sector_.acme)), Succeeds());
  EXPECT_GT(store().last_sequence(), before);
}

}  // namespace
}  // namespace hinomi::store
