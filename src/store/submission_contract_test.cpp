#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Submissions : public StoreContract {
 protected:
  ReportVersion filed(const Label& label) {
    const ReportVersion report = a_report(random_).from(sector_.acme).by(sector_.acme_reporter).read_by(label);
    EXPECT_THAT(file(report), Succeeds());
    return report;
  }
  Submission of(const ReportVersion& report) {
    Submission submission;
    submission.id = SubmissionId::random(random_);
    submission.report = report.report;
    submission.report_version = report.version;
    submission.org = report.org;
    submission.duty = "JP-EBA-R3-09";
    submission.stage = "prompt";
    submission.form = "jp-eba-prompt";
    submission.form_version = "2026.11.1";
    submission.addressee = "meti";
    submission.channel = SubmissionChannel::Fax;
    submission.sent_at = at("2026-11-22T00:05:00Z");
    submission.recorded_by = sector_.acme_reporter;
    submission.recorded_at = at("2026-11-22T00:06:00Z");
    submission.filled = R"({"title":"電気事故 \"速報\""})";
    submission.digest = sha256(submission.filled);
    return submission;
  }
  Status record(const Submission& submission) { return record(submission, now()); }
  Status record(const Submission& submission, const Alongside& with) {
    return store().record_submission(
        permit<action::RecordSubmission>(sector_.acme_reporter, {submission.report, sector_.acme}), submission, with);
  }
  SubmissionReceipt receipt(const std::string& who) {
    return {SubmissionReceiptId::random(random_), SubmissionChannel::Phone, who,
            at("2026-11-22T00:09:00Z"),           sector_.acme_reporter,    now_};
  }
  Status confirm(const Submission& submission, const SubmissionReceipt& receipt) {
    return store().confirm_receipt(permit<action::ConfirmReceipt>(sector_.acme_reporter, {submission.id, sector_.acme}),
                                   receipt, now());
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Submissions, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Submissions, AreReadBackAsTheyWereRecordedAlsoAfterReopening) {
  const ReportVersion report = filed(shared_with({sector_.acme}));
  Submission submission = of(report);
  ASSERT_THAT(record(submission), Succeeds());
  submission.receipts = {receipt("課長"), receipt("当直")};
  for (const SubmissionReceipt& each : submission.receipts) ASSERT_THAT(confirm(submission, each), Succeeds());
  reopen();
  const Reach own = reach(sector_.acme_reporter);
  ASSERT_THAT(store().submission(own, submission.id), Succeeds());
  EXPECT_EQ(*store().submission(own, submission.id), submission);
  EXPECT_THAT(*store().submissions_of(own, report.report), ElementsAre(submission));
}

TEST_P(Submissions, StandUnderTheLabelOfTheirVersion) {
  const ReportVersion first = filed(shared_with({sector_.acme, sector_.beta}));
  const ReportVersion second = a_report(random_).of(first).read_by(shared_with({sector_.acme}));
  ASSERT_THAT(amend(second), Succeeds());
  const Submission of_first = of(first);
  const Submission of_second = of(second);
  ASSERT_THAT(record(of_first), Succeeds());
  ASSERT_THAT(record(of_second), Succeeds());
  EXPECT_THAT(*store().submissions_of(reach(sector_.acme_reporter), first.report), ElementsAre(of_first, of_second));
  const Reach beta = reach(sector_.beta_reporter);
  EXPECT_THAT(*store().submissions_of(beta, first.report), ElementsAre(of_first));
  EXPECT_THAT(store().submission(beta, of_second.id), FailsWith("not_found"));
  EXPECT_THAT(*store().submissions_of(reach(sector_.gamma_reporter), first.report), IsEmpty());
}

TEST_P(Submissions, OfAVersionOrSubmissionThatIsNotThereAreRefused) {
  ReportVersion report = filed(shared_with({sector_.acme}));
  report.version = 2;
  EXPECT_THAT(record(of(report)), FailsWith("not_found"));
  EXPECT_THAT(confirm(of(report), receipt("x")), FailsWith("not_found"));
}

TEST_P(Submissions, ThePermitOfOneReportDoesNotRecordForAnother) {
  const ReportVersion report = filed(shared_with({sector_.acme}));
  const ReportVersion other = filed(shared_with({sector_.acme}));
  const auto for_other = permit<action::RecordSubmission>(sector_.acme_reporter, {other.report, sector_.acme});
  EXPECT_THAT(store().record_submission(for_other, of(report), now()), FailsWith("internal"));
  const Submission submission = of(report);
  ASSERT_THAT(record(submission), Succeeds());
  const auto for_beta = permit<action::ConfirmReceipt>(sector_.beta_reporter, {submission.id, sector_.beta});
  EXPECT_THAT(store().confirm_receipt(for_beta, receipt("x"), now()), FailsWith("internal"));
  EXPECT_THAT(store().submission(reach(sector_.acme_reporter), submission.id)->receipts, IsEmpty());
}

TEST_P(Submissions, ARepeatedWriteIsRecordedOnce) {
  const ReportVersion report = filed(shared_with({sector_.acme}));
  Alongside with = now();
  with.idempotency = IdempotencyKey{sector_.acme_reporter, "once", sha256("body")};
  ASSERT_THAT(record(of(report), with), Succeeds());
  EXPECT_THAT(record(of(report), with), FailsWith("idempotency.repeated"));
  EXPECT_THAT(*store().submissions_of(reach(sector_.acme_reporter), report.report), SizeIs(1));
}

TEST_P(Submissions, ReadingOneIsReadingItsVersion) {
  const ReportVersion report = filed(shared_with({sector_.acme}));
  const Submission submission = of(report);
  ASSERT_THAT(record(submission), Succeeds());
  const Reach own = reach(sector_.acme_reporter);
  ASSERT_THAT(store().submission(own, submission.id), Succeeds());
  EXPECT_THAT(own.trail().take(), ElementsAre(policy::ReadNote{policy::ReadKind::Report, report.report.uuid(), 1, {}}));
}

}  // namespace
}  // namespace hinomi::store
