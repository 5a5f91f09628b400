// What makes two items from different sources the same matter: correlation keys computed from one item alone.
// Pure functions; safe on any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/source.h"

namespace hinomi {

// An item that names more CVEs than this is a collection (a monthly round-up, a weekly report): its CVEs do not
// identify one matter, so it does not draw the cases of all of them together.
inline constexpr std::size_t kMaxIdentifyingCves = 8;
// Two titles of items without other keys are the same matter when this many of their sketch keys agree.
inline constexpr std::size_t kTitleSketchSize = 12;
inline constexpr std::size_t kMinSharedTitleKeys = 9;

// The keys under which the item is found, sorted and distinct; at least one. A key shared with a case is proof, except
// that keys for which is_title_key() holds count only from kMinSharedTitleKeys on.
//   cve:CVE-2026-1234      each CVE, unless there are too many of them
//   id:icsa-26-001-01      the source's own id and advisory ids that the title or summary names
//   item:kev/1234          an own id that only means something together with its source
//   title:3f…              for items without CVEs: a sketch of the normalised title
std::vector<std::string> correlation_keys(const SourceItem& item);
bool is_title_key(std::string_view key);

// The key of the document the item is: equal for two copies that reached us through different sources or versions.
std::string document_key(const SourceItem& item);

// Folded, without punctuation and without remarks of state such as （更新） or (Update A).
std::string normalised_title(std::string_view title);
// Jaccard similarity of the character trigrams of two normalised titles, 0 to 1; titles whose numbers differ have 0.
double title_similarity(std::string_view a, std::string_view b);

}  // namespace hinomi
