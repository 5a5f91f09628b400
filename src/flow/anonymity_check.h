// Anonymity over the platform's own registry: the proposal for a report, and the measure of the exact text that would go
// out, together with what earlier releases of the same report have said.
#pragma once

#include "flow/caller.h"
#include "model/report.h"
#include "store/records.h"

namespace hinomi::flow {

// The version that the review was opened on.
Result<ReportVersion> report_under_review(const Platform& platform, const Caller& caller, const store::Review& review);

Result<anonymity::Proposal> propose_for(const Platform& platform, const Caller& caller, const ReportVersion& report);

// What a review begins with: the proposal's text, or for TechnicalOnly nothing of the victim.
Result<Edition> first_edition(const Platform& platform, const Caller& caller, const ReportVersion& report, EditionKind kind);

Result<anonymity::Measure> measure_edition(const Platform& platform, const Caller& caller, const store::Review& review,
                                           const ReportVersion& report);

// Ok when enough members fit for every audience; otherwise Forbidden "anonymity.below_k" with the numbers and the way out.
Status check_anonymity(const Platform& platform, const Caller& caller, const store::Review& review, const ReportVersion& report);

}  // namespace hinomi::flow
