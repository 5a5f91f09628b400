#include <algorithm>

#include "policy/labelling.h"
#include "store/sqlite/engine.h"
#include "store/sqlite/given.h"
#include "store/sqlite/labels.h"
#include "store/sqlite/reading.h"
#include "store/sqlite/relabelling.h"
#include "store/sqlite/release_rows.h"
#include "store/sqlite/reviews.h"
#include "store/sqlite/words.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kHolds{
    "holds", "SELECT published_label_id, held_label_id, review_id, opened FROM consent_hold WHERE release_id = ?1"};
constexpr Statement kAddHold{"add_hold",
                             "INSERT INTO consent_hold (release_id, published_label_id, held_label_id, review_id, "
                             "opened) VALUES (?1, ?2, ?3, ?4, ?5)"};
constexpr Statement kDropHold{"drop_hold", "DELETE FROM consent_hold WHERE release_id = ?1"};
constexpr Statement kNewestState{
    "newest_release_state",
    "SELECT state FROM release_version WHERE label_id = ?1 AND release_id = ?2 ORDER BY version DESC LIMIT 1"};
constexpr Statement kOpenReviewsOfReport{
    "open_reviews_of_report",
    "SELECT id, purpose, target_id FROM review WHERE label_id = ?1 AND report_id = ?2 "
    "AND state = 'open' ORDER BY sequence"};
constexpr Statement kUrgentReviews{
    "urgent_reviews",
    "SELECT sequence FROM review WHERE label_id = ?1 AND state = 'open' AND purpose = 'withdrawal' "
    "AND consent = 'refused'"};

struct Hold {
  LabelId label, held;
  ReviewId review;
  bool opened = false;
};

Result<std::vector<Hold>> holds_of(Database& database, const ReleaseId& release) {
  std::vector<Hold> holds;
  TRY(auto query, database.query(kHolds, release));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return holds;
    holds.push_back({query.label(0), query.label(1), query.id<ReviewId>(2), query.flag(3)});
  }
}

// A review whose text went out, with its consent as it stands now.
Result<ReviewStanding> published_review(Database& database, const action::ConsentToRelease::Subject& subject) {
  TRY(const ReviewStanding standing, review_standing(database, subject.review));
  if (standing.reporter_org != subject.owner) return internal("The permit is for another organisation's review.");
  if (standing.state != ReviewState::Published || !standing.release || standing.purpose == ReviewPurpose::Withdrawal)
    return conflict("review.not_published", "Nothing was published from this review. Refuse it while it is open.");
  if (standing.revision != subject.revision)
    return conflict("review.moved_on", "Somebody has changed this review since you opened it. Look at it again.");
  return standing;
}

struct OpenReview {
  ReviewId id;
  ReviewPurpose purpose = ReviewPurpose::Release;
  std::optional<ReleaseId> target;
};

Result<std::vector<OpenReview>> open_reviews_of(Database& database, const ReportId& report) {
  std::vector<OpenReview> found;
  TRY(const auto labels, standing_of(database, "report", report.uuid()));
  for (const LabelId label : labels) {
    TRY(auto query, database.query(kOpenReviewsOfReport, label, report));
    for (;;) {
      TRY(const bool row, query.next());
      if (!row) break;
      OpenReview review{query.id<ReviewId>(0), ReviewPurpose::Release, std::nullopt};
      TRY(review.purpose, kReviewPurposes.parse(query.text(1)));
      if (!query.is_null(2)) review.target = query.id<ReleaseId>(2);
      found.push_back(review);
    }
  }
  return found;
}

Result<bool> is_withdrawn(Database& database, const ReleaseId& release, std::span<const LabelId> labels) {
  for (const LabelId label : labels) {
    TRY(auto query, database.query(kNewestState, label, release));
    TRY(const bool row, query.next());
    if (row && query.text(0) == release_state_text(ReleaseState::Withdrawn)) return true;
  }
  return false;
}

// One taking back, inside the writer's transaction.
class TakingBack {
 public:
  TakingBack(Change& change, const ReviewStanding& standing, const ConsentStore::TakeBack& what, Instant at)
      : change_(change), standing_(standing), release_(*standing.release), what_(what), at_(at) {}

  Result<ConsentTakenBack> run(const ReviewId& review) {
    TRY_OK(write_consent(change_, review, ConsentState::Refused, at_));
    TRY_OK(refuse_open_reviews());
    TRY(const auto labels, labels_of_release(database(), release_));
    TRY(const bool withdrawn, is_withdrawn(database(), release_, labels));
    if (withdrawn) return ConsentTakenBack{true, {}, 0};
    TRY_OK(find_or_open_withdrawal());
    Sequence at = 0;
    for (const LabelId label : labels) {
      TRY(at, hold(label));
    }
    TRY_OK(tell());
    return ConsentTakenBack{true, deciding_, at};
  }

 private:
  Database& database() { return change_.database(); }

  // What was agreed to on the report is not agreed to any more: each further text is asked for.
  Status refuse_open_reviews() {
    TRY(const auto open, open_reviews_of(database(), standing_.report));
    for (const OpenReview& review : open) {
      if (review.purpose == ReviewPurpose::Withdrawal) {
        if (review.target == release_) deciding_ = review.id;
        continue;
      }
      TRY_OK(write_consent(change_, review.id, ConsentState::Refused, at_));
    }
    return {};
  }

  Status find_or_open_withdrawal() {
    if (deciding_) return write_consent(change_, *deciding_, ConsentState::Refused, at_);
    opened_ = true;
    deciding_ = what_.withdrawal.id;
    return add_review(change_, what_.withdrawal, standing_.label, at_);
  }

  Result<Sequence> hold(LabelId label_id) {
    TRY_OK(keep_object_marks(database(), release_, label_id));
    TRY(auto given, organisations_given(database(), release_));
    given.insert(standing_.reporter_org);  // it hears how its own withdrawal ends
    TRY(const Label label, load_label(database(), label_id));
    TRY(const Directory directory, load_directory(database()));
    TRY(const LabelId held, change_.intern(policy::held_label(directory, label, given)));
    TRY_OK(database().run(kAddHold, release_, label_id, held, *deciding_, opened_));
    if (held == label_id) return Sequence{0};
    TRY(const Sequence at, move_release(change_, {release_, label_id, held}, at_));
    change_.narrowed(label_id, at);
    return at;
  }

  Status tell() {
    Alongside with;
    with.at = at_;
    for (const PersonId& person : what_.tell)
      with.outbox.push_back({"notice", person, "review.consent_taken_back", deciding_->text()});
    return change_.record_beside(with, standing_.label);
  }

  Change& change_;
  const ReviewStanding& standing_;
  ReleaseId release_;
  const ConsentStore::TakeBack& what_;
  Instant at_;
  std::optional<ReviewId> deciding_;
  bool opened_ = false;
};

Status lift(Change& change, const ReleaseId& release, const std::vector<Hold>& holds, Instant at) {
  for (const Hold& hold : holds) {
    if (hold.held == hold.label) continue;
    TRY([[maybe_unused]] const Sequence moved, move_release(change, {release, hold.held, hold.label}, at));
  }
  TRY_OK(change.database().run(kDropHold, release));
  const Hold& any = holds.front();
  if (any.opened) return abandon_review(change, any.review, at);
  return write_consent(change, any.review, ConsentState::Missing, at);
}

}  // namespace

Result<ConsentTakenBack> Engine::take_consent_back(const Permit<action::ConsentToRelease>& permit, const TakeBack& what,
                                                   const Alongside& with) {
  const auto& subject = permit.subject();
  return writer_->run_for<ConsentTakenBack>([&](Change& change) -> Result<ConsentTakenBack> {
    TRY(const ReviewStanding standing, published_review(change.database(), subject));
    TRY(const auto holds, holds_of(change.database(), *standing.release));
    if (standing.consent == ConsentState::Refused)
      return ConsentTakenBack{false, holds.empty() ? std::nullopt : std::optional(holds.front().review), 0};
    TRY_OK(change.record(with, standing.label, subject.review.text()));
    if (!holds.empty()) {  // held for another text of the same release: this one is not agreed to any more either
      TRY_OK(write_consent(change, subject.review, ConsentState::Refused, with.at));
      return ConsentTakenBack{true, holds.front().review, 0};
    }
    return TakingBack(change, standing, what, with.at).run(subject.review);
  });
}

Status Engine::give_consent_again(const Permit<action::ConsentToRelease>& permit, const Alongside& with) {
  const auto& subject = permit.subject();
  return writer_->run([&](Change& change) -> Status {
    TRY(const ReviewStanding standing, published_review(change.database(), subject));
    TRY(const auto holds, holds_of(change.database(), *standing.release));
    if (holds.empty())
      return conflict("release.not_held", "There is nothing to lift: the release is withdrawn or goes out as before.");
    if (standing.consent != ConsentState::Refused)
      return conflict("release.not_held", "This consent was not taken back: another text of the release was.");
    TRY_OK(change.record(with, standing.label, subject.review.text()));
    TRY_OK(write_consent(change, subject.review, ConsentState::Given, with.at));
    TRY(const bool still, is_taken_back(change.database(), standing.report, standing.release));
    if (still) return {};
    return lift(change, *standing.release, holds, with.at);
  });
}

Result<std::vector<Review>> Engine::urgent_reviews(const Reach& reach) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  std::vector<Sequence> sequences;
  const auto note = [&](const Query& row, LabelId) -> Status {
    sequences.push_back(row.integer(0));
    return {};
  };
  TRY_OK(for_each_readable(database, reach, kUrgentReviews, note));
  std::ranges::sort(sequences, std::greater<>());
  std::vector<Review> reviews;
  for (const Sequence sequence : sequences) {
    TRY(auto review, give(reach, load_review(database, sequence)));
    reviews.push_back(std::move(review));
  }
  return reviews;
}

}  // namespace hinomi::store::sqlite
