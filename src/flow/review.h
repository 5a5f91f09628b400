// From a report to a text that may be released: prepare, edit, consent, approve. Every edit voids the approvals; the
// second person's approval publishes. The check of anonymity runs over the exact edition that would be published, both
// when the desk is shown and when the second approval is given.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "anonymity/anonymity.h"
#include "flow/anonymity_check.h"
#include "flow/caller.h"
#include "flow/repeat.h"
#include "flow/step_up.h"
#include "policy/labelling.h"
#include "store/records.h"

namespace hinomi::flow {

// Whether a report is in words of the organisation that it is of; what the secretariat typed for it agrees to nothing.
bool is_own_word(const Directory& directory, const ReportVersion& report);
// Whether what the report says about sharing counts: they are own words, and nothing of it was taken back since.
Result<bool> sharing_stands(const Platform& platform, const Caller& caller, const ReportVersion& report);

struct ReviewStart {
  policy::ReleaseAudience audience = policy::ReleaseAudience::Members;
  EditionKind kind = EditionKind::Story;
};

// Opens a review of the newest version of the report. The edition begins as the reporter wrote it; the desk shows what
// identifies in it and the proposal that says less, so that a person has seen every change.
Result<store::Review> start_review(const Platform& platform, const Caller& caller, const ReportId& report,
                                   const ReviewStart& start, const std::optional<RepeatKey>& repeat);
// A correction or withdrawal of a release; `reason` is shown to its readers.
struct AmendmentStart {
  ReleaseId release;
  store::ReviewPurpose purpose = store::ReviewPurpose::Correction;
  std::string reason;
};
Result<store::Review> start_amendment(const Platform& platform, const Caller& caller, const AmendmentStart& start,
                                      const std::optional<RepeatKey>& repeat);

struct ReviewEdit {
  std::uint32_t based_on = 1;  // revision; Conflict "review.moved_on" otherwise
  Edition edition;
  Tlp tlp = Tlp::Amber;
  policy::ReleaseAudience audience = policy::ReleaseAudience::Members;
  ReviewDecisions decisions;  // recorded beside the edition
};
Result<store::Review> edit_review(const Platform& platform, const Caller& caller, const ReviewId& id,
                                  const ReviewEdit& edit, const std::optional<RepeatKey>& repeat);

struct ApprovalAct {
  std::uint32_t revision = 1;  // that the approver has read
  StepUpAnswer step_up;
};
// Approves this revision. When two different people have, the text is checked once more and published.
Result<store::Review> approve_review(const Platform& platform, const Caller& caller, const ReviewId& id,
                                     const ApprovalAct& act, const std::optional<RepeatKey>& repeat);

// All that a reviewer or the reporter sees.
struct ReviewDesk {
  store::Review review;
  ReportVersion report;          // the version under review
  anonymity::Proposal proposal;  // what identifies in the original, and the ways to say less
  anonymity::Measure measure;    // of the edition as it stands
  std::optional<Error> refusal;  // why it cannot be released now
  Label will_read;               // of what goes out; to its publisher, what is left of the readers of a held release
};
Result<ReviewDesk> open_desk(const Platform& platform, const Caller& caller, const ReviewId& id);

}  // namespace hinomi::flow
