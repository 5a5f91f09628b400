// Plain lists of indicators as people keep them: one a line, '#' comments, defanged forms, any line ending.
// Pure; safe on any thread.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "hunt/plan.h"

namespace hinomi {

struct ListProblem {
  std::size_t line = 0;  // counted from 1
  Error error;
};

struct IndicatorList {
  std::vector<PlanIndicator> indicators;  // id: the text as written; release and label empty
  std::vector<ListProblem> problems;      // lines that were left out
  std::size_t repeated = 0;               // lines whose indicator stood above already
};

// Reads everything that can be read; the rest is reported by line and left out. A comment begins with '#' at the start
// of a line or behind white space ('#' inside a URL stays).
IndicatorList read_indicator_list(std::string_view text);

}  // namespace hinomi
