// Who saw what: what a request read is recorded before its answer leaves, and the owner of a thing sees its readers.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "flow/caller.h"
#include "model/release.h"
#include "model/report.h"

namespace hinomi::flow {

// Hands in what was read under the caller's reach since the last call: the answer must not leave before it is durable.
// Null where nothing has to be waited for. Not Ok: the answer must not leave at all.
Result<std::shared_ptr<store::Recording>> record_reads(const Platform& platform, const Caller& caller);

// One person who was given versions of a thing.
struct SeenBy {
  PersonId person;
  OrgId org;                            // at that time
  std::vector<std::uint32_t> versions;  // ascending; a review or a machine's copy of the content counts as no version
  Instant first_at;
  Instant last_at;  // to the hour
};

// Readers of a report or release, earliest first. Forbidden "permit.see_readers" or "permit.analyst": peers never see
// them.
Result<std::vector<SeenBy>> readers_of_report(const Platform& platform, const Caller& caller,
                                              const ReportVersion& report);
Result<std::vector<SeenBy>> readers_of_release(const Platform& platform, const Caller& caller, const Release& release);

}  // namespace hinomi::flow
