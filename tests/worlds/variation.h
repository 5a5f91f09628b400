// What differs between the two worlds of a pair: deeds that the viewer may not learn of are done in one world only, or
// otherwise in the second. W-hid and W-src (another organisation behind the same release) are both of this kind.
#pragma once

#include <string>
#include <vector>

#include "worlds/plan.h"

namespace hinomi::tests::worlds {

enum class Fate { Same, OnlyInA, OnlyInB, OtherInB, Nowhere };
using Edits = std::vector<Fate>;  // by deed

enum class Side { A, B };

bool is_done(Fate fate, Side side);
Wording wording_in(Fate fate, Side side);

// What is wished of each deed, as far as what the deed builds on is done.
Edits settled(const Plan& plan, const std::vector<Fate>& wished);
// True for deeds that may be left out: the viewer learns of nothing that would be missing.
std::vector<bool> removable(const Plan& plan);
Edits choose_edits(const Plan& plan, Random& random);
// The deeds that differ.
std::vector<std::size_t> differing(const Edits& edits);
// The same edits with only those at `kept`, the others as they are in both worlds.
Edits only(const Plan& plan, const Edits& edits, const std::vector<std::size_t>& kept);
// "3:only in A (report by …)", one line each.
std::string text_of(const Plan& plan, const Edits& edits);

}  // namespace hinomi::tests::worlds
