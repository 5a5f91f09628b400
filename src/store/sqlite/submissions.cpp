#include <algorithm>

#include "store/sqlite/engine.h"
#include "store/sqlite/given.h"
#include "store/sqlite/labels.h"
#include "store/sqlite/reading.h"

namespace hinomi::store::sqlite {
namespace {

constexpr std::string_view kKind = "submission";
constexpr std::string_view kReceiptKind = "submission_receipt";

constexpr Statement kVersionOwner{
    "owner_of_report_version",
    "SELECT org_id FROM report_version WHERE label_id = ?1 AND report_id = ?2 AND version = ?3"};
constexpr Statement kAddSubmission{"add_submission",
                                   "INSERT INTO submission (sequence, label_id, id, report_id, report_version, org_id, "
                                   "recorded_by, recorded_at, body) "
                                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"};
constexpr Statement kAddReceipt{
    "add_submission_receipt",
    "INSERT INTO submission_receipt (sequence, label_id, submission_id, id, recorded_by, recorded_at, body) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
constexpr Statement kStandingOfSubmission{"standing_of_submission",
                                          "SELECT org_id, report_id FROM submission WHERE label_id = ?1 AND id = ?2"};
constexpr Statement kSubmissionsOfReport{"submissions_of_report",
                                         "SELECT sequence FROM submission WHERE label_id = ?1 AND report_id = ?2"};
constexpr Statement kSubmissionOfId{"submission_of_id",
                                    "SELECT sequence FROM submission WHERE label_id = ?1 AND id = ?2"};
constexpr Statement kSubmission{
    "submission",
    "SELECT label_id, id, report_id, report_version, org_id, recorded_by, recorded_at, body FROM submission "
    "WHERE sequence = ?1"};
constexpr Statement kReceipts{"receipts_of_submission",
                              "SELECT id, recorded_by, recorded_at, body FROM submission_receipt "
                              "WHERE label_id = ?1 AND submission_id = ?2 ORDER BY sequence"};

// Nothing of them is ever removed, and a report shows them all: more than these is a program gone astray.
constexpr std::int64_t kMaxSubmissions = 500;  // of the versions of a report under one label
constexpr std::int64_t kMaxReceipts = 50;      // of one submission
constexpr Statement kCountSubmissions{"count_submissions",
                                      "SELECT count(*) FROM submission WHERE label_id = ?1 AND report_id = ?2"};
constexpr Statement kCountReceipts{
    "count_receipts", "SELECT count(*) FROM submission_receipt WHERE label_id = ?1 AND submission_id = ?2"};

struct Room {
  const Statement& count;
  std::int64_t most;
};
Status check_room(Database& database, const Room& room, LabelId label, const Uuid& of) {
  TRY(auto row, database.query(room.count, label, of));
  TRY([[maybe_unused]] const bool present, row.next());
  if (row.integer(0) < room.most) return {};
  return too_large("submission.too_many", "There are too many of these already; nothing was recorded.");
}

// The label of the very version that was handed in.
Result<LabelId> label_of_version(Database& database, const Submission& submission) {
  TRY(const auto labels, standing_of(database, "report", submission.report.uuid()));
  for (const LabelId label : labels) {
    TRY(auto row, database.query(kVersionOwner, label, submission.report, submission.report_version));
    TRY(const bool present, row.next());
    if (!present) continue;
    if (row.id<OrgId>(0) != submission.org) return internal("The submission names another organisation.");
    return label;
  }
  return not_found();
}

Result<std::vector<SubmissionReceipt>> load_receipts(Database& database, const SubmissionId& submission,
                                                     LabelId label) {
  std::vector<SubmissionReceipt> receipts;
  TRY(auto row, database.query(kReceipts, label, submission));
  for (;;) {
    TRY(const bool present, row.next());
    if (!present) return receipts;
    SubmissionReceipt receipt;
    receipt.id = row.id<SubmissionReceiptId>(0);
    receipt.recorded_by = row.id<PersonId>(1);
    receipt.recorded_at = row.instant(2);
    TRY(const std::string body, open_body(database, kReceiptKind, receipt.id.uuid(), 1, label, row.blob(3)));
    TRY_OK(read_submission_receipt_text(body, receipt));
    receipts.push_back(std::move(receipt));
  }
}

Result<Submission> load_submission(Database& database, Sequence sequence) {
  TRY(auto row, database.query(kSubmission, sequence));
  TRY(const bool present, row.next());
  if (!present) return not_found();
  Submission submission;
  submission.id = row.id<SubmissionId>(1);
  submission.report = row.id<ReportId>(2);
  submission.report_version = static_cast<std::uint32_t>(row.integer(3));
  submission.org = row.id<OrgId>(4);
  submission.recorded_by = row.id<PersonId>(5);
  submission.recorded_at = row.instant(6);
  TRY(const std::string body, open_body(database, kKind, submission.id.uuid(), 1, row.label(0), row.blob(7)));
  TRY_OK(read_submission_text(body, submission));
  TRY(submission.receipts, load_receipts(database, submission.id, row.label(0)));
  return submission;
}

}  // namespace

Status Engine::record_submission(const Permit<action::RecordSubmission>& permit, const Submission& submission,
                                 const Alongside& with) {
  const auto& subject = permit.subject();
  if (subject.report != submission.report || subject.owner != submission.org)
    return internal("The permit is for another report.");
  return writer_->run([&](Change& change) -> Status {
    TRY(const LabelId label, label_of_version(change.database(), submission));
    TRY_OK(check_room(change.database(), {kCountSubmissions, kMaxSubmissions}, label, submission.report.uuid()));
    TRY_OK(change.record(with, label, submission.id.text()));
    TRY_OK(add_standing(change.database(), kKind, submission.id.uuid(), label));
    TRY(const Bytes body, change.seal_body(kKind, submission.id.uuid(), 1, label, submission_text(submission)));
    TRY_OK(change.database().run(kAddSubmission, change.next_sequence(), label, submission.id, submission.report,
                                 submission.report_version, submission.org, submission.recorded_by,
                                 submission.recorded_at, body));
    change.stands(label, {Mark::Submission, submission.id.uuid()});
    change.stands(label, {Mark::SubmissionOfReport, submission.report.uuid()});
    return change.append_event(label, EventKind::SubmissionRecorded, submission.report.text(), with.at);
  });
}

Status Engine::confirm_receipt(const Permit<action::ConfirmReceipt>& permit, const SubmissionReceipt& receipt,
                               const Alongside& with) {
  const auto& subject = permit.subject();
  return writer_->run([&](Change& change) -> Status {
    TRY(const auto labels, standing_of(change.database(), kKind, subject.submission.uuid()));
    if (labels.empty()) return not_found();
    const LabelId label = labels.front();  // a submission stands under one
    TRY(auto standing, change.database().query(kStandingOfSubmission, label, subject.submission));
    TRY(const bool present, standing.next());
    if (!present) return not_found();
    const ReportId report = standing.id<ReportId>(1);
    if (standing.id<OrgId>(0) != subject.owner) return internal("The permit is for another organisation's submission.");
    TRY_OK(check_room(change.database(), {kCountReceipts, kMaxReceipts}, label, subject.submission.uuid()));
    TRY_OK(change.record(with, label, subject.submission.text()));
    TRY(const Bytes body,
        change.seal_body(kReceiptKind, receipt.id.uuid(), 1, label, submission_receipt_text(receipt)));
    TRY_OK(change.database().run(kAddReceipt, change.next_sequence(), label, subject.submission, receipt.id,
                                 receipt.recorded_by, receipt.recorded_at, body));
    return change.append_event(label, EventKind::SubmissionRecorded, report.text(), with.at);
  });
}

Result<std::vector<Submission>> Engine::submissions_of(const Reach& reach, const ReportId& report) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  std::vector<Sequence> sequences;
  const auto note = [&](const Query& row, LabelId) -> Status {
    sequences.push_back(row.integer(0));
    return {};
  };
  const auto labels = where(reach, {Mark::SubmissionOfReport, report.uuid()});
  TRY_OK(for_each_readable(database, labels, kSubmissionsOfReport, note, report));
  std::ranges::sort(sequences);
  std::vector<Submission> submissions;
  for (const Sequence sequence : sequences) {
    TRY(auto submission, give(reach, load_submission(database, sequence)));
    submissions.push_back(std::move(submission));
  }
  return submissions;
}

Result<Submission> Engine::submission(const Reach& reach, const SubmissionId& id) {
  TRY(auto reading, readers_->begin());
  std::optional<Sequence> sequence;
  const auto note = [&](const Query& row, LabelId) -> Status {
    sequence = row.integer(0);
    return {};
  };
  const auto labels = where(reach, {Mark::Submission, id.uuid()});
  TRY_OK(for_each_readable(reading.database(), labels, kSubmissionOfId, note, id));
  if (!sequence) return not_found();
  return give(reach, load_submission(reading.database(), *sequence));
}

}  // namespace hinomi::store::sqlite
