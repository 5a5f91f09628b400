// The forms that are offered after each step of a story, and which of those already filed are stale, against what the
// story expects. Pure.
#pragma once

#include <vector>

#include "forms/form_book.h"
#include "stories/compare_duties.h"

namespace hinomi::stories {

// Every submission is the form as it was filled right after its step; it is compared with the same form filled now.
std::vector<Difference> compare_forms(const forms::FormBook& book, const Story& story);

}  // namespace hinomi::stories
