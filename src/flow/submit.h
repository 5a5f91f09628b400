// What was handed in to authorities: recorded by people after they have sent it themselves, and confirmed when the
// addressee says that it has arrived. Nothing here sends anything. Whether a submission still says what the report says
// is computed on reading and never stored.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "flow/caller.h"
#include "flow/repeat.h"
#include "flow/report_forms.h"
#include "forms/difference.h"
#include "model/submission.h"

namespace hinomi::flow {

struct SubmissionAct {
  FormWish wish;
  Sha256 seen{};          // digest of the form that the person has read and sent
  std::string addressee;  // code of a party that the form goes to; empty where there is only one
  SubmissionChannel channel = SubmissionChannel::Mail;
  Instant sent_at;
};
// Freezes the form as it stands for this version. Invalid "submission.addressee", "submission.sent_at" (later than
// now); Conflict "submission.form_changed" when the form no longer reads as it was seen. A repeat gives the first
// answer.
Result<Submission> record_submission(const Platform& platform, const Caller& caller, const ReportVersion& report,
                                     const SubmissionAct& act, const std::optional<RepeatKey>& repeat);

struct ReceiptAct {
  SubmissionId submission;
  SubmissionChannel channel = SubmissionChannel::Phone;
  std::string who;  // at their side: one line, 1 to 200 bytes
  Instant confirmed_at;
};
// Invalid "submission.receipt_who", "submission.receipt_at" (later than now, or before the form was sent). NotFound
// when the report has no such submission.
Result<Submission> confirm_receipt(const Platform& platform, const Caller& caller, const ReportId& report,
                                   const ReceiptAct& act, const std::optional<RepeatKey>& repeat);

// A submission as it stands against the newest version that the caller may read.
struct SubmissionStanding {
  Submission submission;
  forms::FilledForm sent;
  std::optional<forms::FilledForm> newest;    // nothing when the installation has no such form any more
  std::vector<forms::FieldDifference> stale;  // empty: it still says what the report says
  std::uint32_t newest_version = 1;
  rules::Verdict verdict = rules::Verdict::DoesNot;  // of its duty, now
  bool superseded = false;  // the same form went to the same addressee again, on the same occasion

  // Somebody should hand in a supplement.
  [[nodiscard]] bool needs_supplement() const { return !superseded && !stale.empty(); }
};
// Oldest first.
Result<std::vector<SubmissionStanding>> submissions_of_report(const Platform& platform, const Caller& caller,
                                                              const ReportVersion& newest);
// NotFound also when it is of another report.
Result<SubmissionStanding> find_submission(const Platform& platform, const Caller& caller, const ReportVersion& newest,
                                           std::string_view id);

// The codes of those to whom something was handed in for this stage of this duty; another duty's submission never
// counts.
std::set<std::string> handed_in_to(const std::vector<SubmissionStanding>& submissions, const forms::Occasion& occasion);
// Whether everybody whom this form goes to has been given something on its occasion.
bool is_handed_in(const std::vector<SubmissionStanding>& submissions, const forms::Offer& offer);
// The stages of `report` that need nothing more: one of their forms has gone to everybody it goes to.
Result<std::vector<forms::Occasion>> stages_handed_in(const Platform& platform, const Caller& caller,
                                                      const ReportVersion& report,
                                                      const std::vector<SubmissionStanding>& submissions);

}  // namespace hinomi::flow
