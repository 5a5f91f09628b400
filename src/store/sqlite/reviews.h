// What publishing needs to know and change of a review, inside the writer's transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/sqlite/change.h"

namespace hinomi::store::sqlite {

// The parts of a review that decide what may happen to it next.
struct ReviewStanding {
  Sequence sequence = 0;
  LabelId label;
  ReviewState state = ReviewState::Open;
  std::uint32_t revision = 0;
  ConsentState consent = ConsentState::Missing;
  ReviewPurpose purpose = ReviewPurpose::Release;
  OrgId reporter_org;
  std::optional<ReleaseId> target;
  ReportId report;
  std::optional<ReleaseId> release;
};

// NotFound when there is no such review.
// Whether a text that was published from this report, or from it as this release, is not agreed to any more.
Result<bool> is_taken_back(Database& database, const ReportId& report, const std::optional<ReleaseId>& release);
Result<ReviewStanding> review_standing(Database& database, const ReviewId& id);

// Adds an open review under the label and tells its readers. Conflict "review.exists".
Status add_review(Change& change, const Review& review, LabelId label, Instant at);
// The whole of one.
Result<Review> load_review(Database& database, Sequence sequence);
// Nothing but its consent; tells its readers.
Status write_consent(Change& change, const ReviewId& review, ConsentState consent, Instant at);
Status abandon_review(Change& change, const ReviewId& review, Instant at);

struct PublishedReview {
  ReviewId review;
  std::uint32_t revision = 0;
  std::vector<PersonId> approved_by;
  ReleaseId release;
};
// Open → Published. Conflict when the state or revision moved on, an approval named by the permit is not (or no longer)
// there, or the reporter refused meanwhile (a withdrawal needs nobody's consent).
Status close_review(Change& change, const PublishedReview& published, Instant at);

}  // namespace hinomi::store::sqlite
