// Anonymity over the platform's own registry: the proposal for a report, and the measure of the exact text that would
// go out, together with what earlier releases of the same report have said.
#pragma once

#include <map>
#include <set>
#include <string>

#include "flow/caller.h"
#include "model/report.h"
#include "store/records.h"

namespace hinomi::flow {

// What people decided while reviewing, kept beside the edition.
struct ReviewDecisions {
  std::set<std::string> cleared;                  // texts of spans declared harmless, exactly as written
  std::map<std::string, std::string> pseudonyms;  // entity → letter
};
std::string decisions_text(const ReviewDecisions& decisions);  // canonical JSON
ReviewDecisions read_decisions(std::string_view json);         // what it does not understand, it leaves out

// The version that the review was opened on.
Result<ReportVersion> report_under_review(const Platform& platform, const Caller& caller, const store::Review& review);

// The anonymiser's proposal for the report under this review's circumstances.
Result<anonymity::Proposal> propose_for(const Platform& platform, const Caller& caller, const store::Review& review,
                                        const ReportVersion& report);

// Who could still be meant by the review's edition as it stands.
Result<anonymity::Measure> measure_edition(const Platform& platform, const Caller& caller, const store::Review& review,
                                           const ReportVersion& report);

// Ok when it may go out; otherwise the anonymiser's reason (anonymity.below_k, identifier_remains, indicator_held).
Status check_anonymity(const Platform& platform, const Caller& caller, const store::Review& review,
                       const ReportVersion& report);

// Indicators, techniques and CVEs of the report, and nothing of its story.
Edition technical_only(const ReportDraft& report);
// The reporter's own words as an edition: where a review begins, before anything is made vaguer.
Edition verbatim_story(const ReportDraft& report);

}  // namespace hinomi::flow
