// What was handed in to authorities, and the receipts for it. Rows are added and never changed. A submission stands
// under the label of the version of the report that it was made from: who may read that version may read it.
#pragma once

#include <vector>

#include "model/submission.h"
#include "policy/permit.h"
#include "policy/reading.h"
#include "store/records.h"

namespace hinomi::store {

class SubmissionStore {
 public:
  virtual ~SubmissionStore() = default;
  // NotFound when the report has no such version.
  virtual Status record_submission(const policy::Permit<policy::action::RecordSubmission>& permit,
                                   const Submission& submission, const Alongside& with) = 0;
  // Adds a receipt to the permit's submission. NotFound when there is none.
  virtual Status confirm_receipt(const policy::Permit<policy::action::ConfirmReceipt>& permit,
                                 const SubmissionReceipt& receipt, const Alongside& with) = 0;
  // Oldest first, each with its receipts; of the versions in reach only.
  virtual Result<std::vector<Submission>> submissions_of(const policy::Reach& reach, const ReportId& report) = 0;
  virtual Result<Submission> submission(const policy::Reach& reach, const SubmissionId& id) = 0;
};

}  // namespace hinomi::store
