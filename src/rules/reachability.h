// Whether a rule could ever hold: a search for facts under which a condition is true. Used when packs are linked, so
// that a row that can never fire is refused instead of silently protecting nobody. Pure; safe on any thread.
#pragma once

#include <span>

#include "rules/rulebook.h"

namespace hinomi::rules {

// False only when no statement of facts, by no organisation, makes all conditions true at once. The search backtracks
// over the ways in which a condition can hold and gives up after a fixed number of steps; what it has not refuted by
// then, and what hangs on which version of a duty is in force, counts as possible.
bool can_all_hold(const Rulebook& book, std::span<const Expression* const> conditions);

}  // namespace hinomi::rules
