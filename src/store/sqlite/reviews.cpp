#include "store/sqlite/reviews.h"

#include <algorithm>

#include "base/json.h"
#include "store/sqlite/engine.h"
#include "store/sqlite/given.h"
#include "store/sqlite/labels.h"
#include "store/sqlite/reading.h"
#include "store/sqlite/words.h"

namespace hinomi::store::sqlite {
namespace {

constexpr std::string_view kKind = "review";

constexpr Statement kTakenBack{"taken_back",
                               "SELECT release_id FROM review WHERE label_id = ?1 AND report_id = ?2 AND "
                               "state = 'published' AND consent = 'refused' AND purpose <> 'withdrawal' AND "
                               "release_id IS NOT NULL"};
constexpr Statement kAddReview{
    "add_review",
    "INSERT INTO review (sequence, label_id, id, report_id, report_version, report_number, reporter_org_id, purpose, "
    "target_id, state, revision, consent, release_label_id, release_id, edited_by, edited_at, body) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"};
constexpr Statement kEditReview{
    "edit_review",
    "UPDATE review SET report_version = ?2, state = ?3, revision = ?4, release_label_id = ?5, edited_by = ?6, "
    "edited_at = ?7, body = ?8, "
    "consent = CASE WHEN consent = 'given' AND ?9 = 'missing' THEN 'missing' ELSE consent END WHERE sequence = ?1"};
constexpr Statement kSetConsent{"set_consent", "UPDATE review SET consent = ?2 WHERE sequence = ?1"};
constexpr Statement kCloseReview{"close_review",
                                 "UPDATE review SET state = 'published', release_id = ?2 WHERE sequence = ?1"};
constexpr Statement kAbandonReview{"abandon_review", "UPDATE review SET state = 'abandoned' WHERE sequence = ?1"};
constexpr Statement kStandingOfReview{
    "standing_of_review",
    "SELECT sequence, label_id, state, revision, consent, purpose, reporter_org_id, target_id, report_id, release_id "
    "FROM review WHERE label_id = ?1 AND id = ?2"};
constexpr Statement kAddApproval{
    "add_approval",
    "INSERT INTO approval (review_id, revision, person_id, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING"};
constexpr Statement kApprovals{
    "approvals", "SELECT person_id, at FROM approval WHERE review_id = ?1 AND revision = ?2 ORDER BY at, person_id"};
constexpr Statement kReviewOfId{"review_of_id", "SELECT sequence FROM review WHERE label_id = ?1 AND id = ?2"};
constexpr Statement kPageOfReviews{
    "page_of_reviews",
    "SELECT sequence FROM review WHERE label_id = ?1 AND sequence < ?2 ORDER BY sequence DESC LIMIT ?3"};
constexpr Statement kReviewsOfReport{"reviews_of_report",
                                     "SELECT sequence FROM review WHERE label_id = ?1 AND report_id = ?2"};
constexpr Statement kReview{
    "review",
    "SELECT label_id, id, report_id, report_version, report_number, reporter_org_id, purpose, target_id, state, "
    "revision, consent, release_label_id, release_id, edited_by, edited_at, body FROM review WHERE sequence = ?1"};

std::string review_body(const Review& review) {
  JsonWriter writer;
  writer.begin_object();
  writer.key("edition").raw(edition_text(review.edition));
  writer.member("decisions", review.decisions).member("reason", review.reason);
  writer.end_object();
  return writer.take();
}

Status read_review_body(std::string_view body, Review& review) {
  TRY(const auto document, parse_json(body));
  const auto edition = document->root().find("edition");
  if (!edition) return internal("A stored review has no edition.");
  TRY(review.edition, parse_edition(edition->raw()));
  review.decisions = document->root().string_at("decisions").value_or("");
  review.reason = document->root().string_at("reason").value_or("");
  return {};
}

Result<std::vector<Approval>> load_approvals(Database& database, const ReviewId& review, std::uint32_t revision) {
  std::vector<Approval> approvals;
  TRY(auto query, database.query(kApprovals, review, revision));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return approvals;
    approvals.push_back({query.id<PersonId>(0), query.instant(1)});
  }
}

Result<Review> read_review_row(const Query& row) {
  Review review;
  review.id = row.id<ReviewId>(1);
  review.report = row.id<ReportId>(2);
  review.report_version = static_cast<std::uint32_t>(row.integer(3));
  TRY(review.report_number, HumanNumber::parse(row.text(4)));
  review.reporter_org = row.id<OrgId>(5);
  TRY(review.purpose, kReviewPurposes.parse(row.text(6)));
  if (!row.is_null(7)) review.target = row.id<ReleaseId>(7);
  TRY(review.state, kReviewStates.parse(row.text(8)));
  review.revision = static_cast<std::uint32_t>(row.integer(9));
  TRY(review.consent, kConsentStates.parse(row.text(10)));
  if (!row.is_null(12)) review.release = row.id<ReleaseId>(12);
  review.edited_by = row.id<PersonId>(13);
  review.edited_at = row.instant(14);
  return review;
}

Status append_review_event(Change& change, const ReviewStanding& standing, const ReviewId& id, Instant at) {
  return change.append_event(standing.label, EventKind::ReviewChanged, id.text(), at);
}

Error moved_on() {
  return conflict("review.moved_on", "Somebody has changed this review since you opened it. Look at it again.");
}

// The review as the writer sees it, with its idempotency key claimed first.
Result<ReviewStanding> open_review_for(Change& change, const ReviewId& id, const Alongside& with) {
  TRY(const ReviewStanding standing, review_standing(change.database(), id));
  TRY_OK(change.record(with, standing.label, id.text()));
  if (standing.state != ReviewState::Open) return moved_on();
  return standing;
}

}  // namespace

Result<Review> load_review(Database& database, Sequence sequence) {
  TRY(auto row, database.query(kReview, sequence));
  TRY(const bool present, row.next());
  if (!present) return not_found();
  TRY(Review review, read_review_row(row));
  TRY(review.release_label, load_label(database, row.label(11)));
  TRY(review.approvals, load_approvals(database, review.id, review.revision));
  // One key per review, replaced by each edit: the text of an earlier revision is gone with its key.
  TRY(const std::string body, open_body(database, kKind, review.id.uuid(), 1, row.label(0), row.blob(15)));
  TRY_OK(read_review_body(body, review));
  return review;
}

Result<ReviewStanding> review_standing(Database& database, const ReviewId& id) {
  TRY(const auto labels, standing_of(database, kKind, id.uuid()));
  if (labels.empty()) return not_found();
  TRY(auto row, database.query(kStandingOfReview, labels.front(), id));
  TRY(const bool present, row.next());
  if (!present) return not_found();
  ReviewStanding standing;
  standing.sequence = row.integer(0);
  standing.label = row.label(1);
  TRY(standing.state, kReviewStates.parse(row.text(2)));
  standing.revision = static_cast<std::uint32_t>(row.integer(3));
  TRY(standing.consent, kConsentStates.parse(row.text(4)));
  TRY(standing.purpose, kReviewPurposes.parse(row.text(5)));
  standing.reporter_org = row.id<OrgId>(6);
  if (!row.is_null(7)) standing.target = row.id<ReleaseId>(7);
  standing.report = row.id<ReportId>(8);
  if (!row.is_null(9)) standing.release = row.id<ReleaseId>(9);
  return standing;
}

Status close_review(Change& change, const PublishedReview& published, Instant at) {
  TRY(const ReviewStanding standing, review_standing(change.database(), published.review));
  if (standing.state != ReviewState::Open || standing.revision != published.revision) return moved_on();
  if (standing.consent == ConsentState::Refused && standing.purpose != ReviewPurpose::Withdrawal) {
    return conflict("review.consent_refused", "The reporting organisation has refused this release meanwhile.");
  }
  TRY(const auto approvals, load_approvals(change.database(), published.review, published.revision));
  for (const PersonId& person : published.approved_by) {
    const bool stands =
        std::ranges::any_of(approvals, [&](const Approval& approval) { return approval.person == person; });
    if (!stands) return moved_on();
  }
  TRY_OK(change.database().run(kCloseReview, standing.sequence, published.release));
  return append_review_event(change, standing, published.review, at);
}

Result<bool> is_taken_back(Database& database, const ReportId& report, const std::optional<ReleaseId>& release) {
  TRY(const auto labels, standing_of(database, "report", report.uuid()));
  for (const LabelId label : labels) {
    TRY(auto query, database.query(kTakenBack, label, report));
    for (;;) {
      TRY(const bool row, query.next());
      if (!row) break;
      if (!release || query.id<ReleaseId>(0) == *release) return true;
    }
  }
  return false;
}

Status add_review(Change& change, const Review& review, LabelId label, Instant at) {
  Database& database = change.database();
  TRY(const auto labels, standing_of(database, kKind, review.id.uuid()));
  if (!labels.empty()) return conflict("review.exists", "There is a review with this id already.");
  TRY_OK(note_standing(change, kKind, review.id.uuid(), label));
  TRY(const LabelId release_label, change.intern(review.release_label));
  TRY(const Bytes body, change.seal_body(kKind, review.id.uuid(), 1, label, review_body(review)));
  TRY_OK(database.run(kAddReview, change.next_sequence(), label, review.id, review.report, review.report_version,
                      review.report_number.text(), review.reporter_org, kReviewPurposes.text(review.purpose),
                      review.target, kReviewStates.text(review.state), review.revision,
                      kConsentStates.text(review.consent), release_label, review.release, review.edited_by,
                      review.edited_at, body));
  change.stands(label, {Mark::Review, review.id.uuid()});
  change.stands(label, {Mark::ReviewOfReport, review.report.uuid()});
  return change.append_event(label, EventKind::ReviewChanged, review.id.text(), at);
}

Status write_consent(Change& change, const ReviewId& review, ConsentState consent, Instant at) {
  TRY(const ReviewStanding standing, review_standing(change.database(), review));
  TRY_OK(change.database().run(kSetConsent, standing.sequence, kConsentStates.text(consent)));
  return append_review_event(change, standing, review, at);
}

Status abandon_review(Change& change, const ReviewId& review, Instant at) {
  TRY(const ReviewStanding standing, review_standing(change.database(), review));
  TRY_OK(change.database().run(kAbandonReview, standing.sequence));
  return append_review_event(change, standing, review, at);
}

Status Engine::open_review(const Permit<action::EditReview>& permit, const Review& review, const Label& label,
                           const Alongside& with) {
  if (permit.subject().review != review.id) return internal("The permit is for another review.");
  return writer_->run([&](Change& change) -> Status {
    TRY(const LabelId label_id, change.intern(label));
    TRY_OK(change.record(with, label_id, review.id.text()));
    TRY(const bool refused, is_taken_back(change.database(), review.report, std::nullopt));
    if (!refused || review.purpose == ReviewPurpose::Withdrawal) return add_review(change, review, label_id, with.at);
    // Consent was taken back since this review was drafted: what it carried over is gone.
    Review asked = review;
    asked.consent = ConsentState::Refused;
    return add_review(change, asked, label_id, with.at);
  });
}

Status Engine::edit_review(const Permit<action::EditReview>& permit, const Review& review, const Alongside& with) {
  if (permit.subject().review != review.id) return internal("The permit is for another review.");
  return writer_->run([&](Change& change) -> Status {
    TRY(const ReviewStanding standing, open_review_for(change, review.id, with));
    if (review.revision != standing.revision + 1) return moved_on();
    TRY(const LabelId release_label, change.intern(review.release_label));
    TRY(const Bytes body, change.seal_body(kKind, review.id.uuid(), 1, standing.label, review_body(review)));
    const ReviewState state = review.state == ReviewState::Abandoned ? ReviewState::Abandoned : ReviewState::Open;
    // An edit may take consent back (the text is another one now); only the reporter gives it or lifts a refusal.
    TRY_OK(change.database().run(kEditReview, standing.sequence, review.report_version, kReviewStates.text(state),
                                 review.revision, release_label, review.edited_by, review.edited_at, body,
                                 kConsentStates.text(review.consent)));
    return append_review_event(change, standing, review.id, with.at);
  });
}

Status Engine::set_consent(const Permit<action::ConsentToRelease>& permit, ConsentState consent,
                           const Alongside& with) {
  const auto& subject = permit.subject();
  return writer_->run([&](Change& change) -> Status {
    TRY(const ReviewStanding standing, open_review_for(change, subject.review, with));
    if (standing.reporter_org != subject.owner) return internal("The permit is for another organisation's review.");
    if (standing.revision != subject.revision) return moved_on();
    return write_consent(change, subject.review, consent, with.at);
  });
}

Status Engine::approve_review(const Permit<action::ApproveRelease>& permit, const Alongside& with) {
  const auto& subject = permit.subject();
  return writer_->run([&](Change& change) -> Status {
    TRY(const ReviewStanding standing, open_review_for(change, subject.review, with));
    if (standing.revision != subject.revision) return moved_on();
    TRY_OK(change.database().run(kAddApproval, subject.review, subject.revision, permit.actor(), with.at));
    if (change.database().changes() == 0)
      return conflict("review.approved_before", "You have approved this text already.");
    return append_review_event(change, standing, subject.review, with.at);
  });
}

Result<Review> Engine::review(const Reach& reach, const ReviewId& id) {
  TRY(auto reading, readers_->begin());
  std::optional<Sequence> sequence;
  const auto note = [&](const Query& row, LabelId) -> Status {
    sequence = row.integer(0);
    return {};
  };
  const auto labels = where(reach, {Mark::Review, id.uuid()});
  TRY_OK(for_each_readable(reading.database(), labels, kReviewOfId, note, id));
  if (!sequence) return not_found();
  return give(reach, load_review(reading.database(), *sequence));
}

Result<Listed<Review>> Engine::reviews(const Reach& reach, const Page& page) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  const auto load = [&](Sequence sequence, LabelId) -> Result<std::optional<Review>> {
    auto review = load_review(database, sequence);
    if (!review.ok() && review.error().kind == ErrorKind::NotFound) return std::optional<Review>();
    if (!review.ok()) return review.error();
    return given<Review>(reach, std::move(review).value());
  };
  return list_newest<Review>(database, reach, page, kPageOfReviews, load);
}

Result<std::vector<Review>> Engine::reviews_of(const Reach& reach, const ReportId& report) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  std::vector<Sequence> sequences;
  const auto note = [&](const Query& row, LabelId) -> Status {
    sequences.push_back(row.integer(0));
    return {};
  };
  const auto labels = where(reach, {Mark::ReviewOfReport, report.uuid()});
  TRY_OK(for_each_readable(database, labels, kReviewsOfReport, note, report));
  std::ranges::sort(sequences, std::greater<>());
  std::vector<Review> reviews;
  for (const Sequence sequence : sequences) {
    TRY(auto review, give(reach, load_review(database, sequence)));
    reviews.push_back(std::move(review));
  }
  return reviews;
}

}  // namespace hinomi::store::sqlite
