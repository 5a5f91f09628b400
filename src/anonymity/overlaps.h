// Decides between candidates that claim the same bytes: the longest wins, what it leaves uncovered is kept apart, so
// nothing that was recognised stays visible by losing. Pure; n log n.
#pragma once

#include <vector>

#include "anonymity/candidate.h"

namespace hinomi::anonymity {

struct PlacedCandidate {
  Candidate candidate;
  Range original;     // bytes of the original text
  bool rest = false;  // only a part of what the candidate claimed
};
// Sorted by offset, never overlapping.
std::vector<PlacedCandidate> without_overlaps(std::vector<PlacedCandidate> candidates);

}  // namespace hinomi::anonymity
