// A member tells, when it chooses to, that an indicator was seen. What the community sees of it is a count of
// organisations, from k on, and nothing else (HUNTING §D).
#pragma once

#include "flow/caller.h"
#include "flow/repeat.h"
#include "store/records.h"

namespace hinomi::flow {

inline constexpr std::size_t kSightingThreshold = 3;  // organisations

struct SightingDraft {
  std::string release;       // id or number
  std::string indicator;     // STIX id
  std::string count_bucket;  // "1", "2-9", "10-99", "100+"
  Day day;                   // Asia/Tokyo
  bool named = false;
};

// Invalid when the release does not carry that indicator, or the day lies in the future.
Result<SightingId> send_sighting(const Platform& platform, const Caller& caller, const SightingDraft& draft,
                                 const std::optional<RepeatKey>& repeat);

// What this reader is shown: the secretariat everything it can read, others the community's count from the threshold
// on.
Result<std::vector<store::SightingCount>> visible_sightings(const Platform& platform, const Caller& caller,
                                                            const ReleaseId& release);

}  // namespace hinomi::flow
