// From items to cases: one case per matter, with all its sources, whatever order they arrive in.
// Pure functions; safe on any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/ids.h"
#include "model/source.h"

namespace hinomi {

// One key of one existing case, as the store keeps them.
using KnownKey = std::pair<std::string, CaseId>;

// The case an item belongs to and the keys that prove it.
struct CaseMatch {
  CaseId case_id;
  std::vector<std::string> because;  // shared keys, sorted
  std::vector<CaseId> also;          // other cases that the same keys prove, for people to join; sorted
};

// The existing case with the most shared keys, of several the one with the smallest id; nothing when it is a new
// matter. The order of `known` does not matter.
std::optional<CaseMatch> match_case(std::span<const std::string> keys, std::span<const KnownKey> known);

// Items of one batch that belong together.
struct CaseGroup {
  std::optional<CaseMatch> known;                    // nothing: a new case
  std::vector<std::size_t> items;                    // indices into the batch, in document order of the matter
  std::vector<std::vector<std::size_t>> duplicates;  // copies of one document, two or more each
  std::vector<std::string> keys;                     // all keys of the items: to be kept with the case
  std::string title;                                 // of the first item
};

// Groups a whole batch. The groups, their order and everything in them depend only on the set of items, not on their
// order in the batch. Each item is in exactly one group.
std::vector<CaseGroup> merge_into_cases(std::span<const SourceItem> items, std::span<const KnownKey> known);

}  // namespace hinomi
