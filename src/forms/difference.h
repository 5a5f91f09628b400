// What has changed since a form was handed in: staleness is computed from what was sent and what would be sent now,
// never stored, so it cannot be out of date. Pure.
#pragma once

#include <string>
#include <vector>

#include "forms/filled.h"

namespace hinomi::forms {

// One field that reads differently.
struct FieldDifference {
  std::string field;
  std::string label;
  std::string before;  // empty: the earlier form had no such field
  std::string after;   // empty: the later form has no such field
  bool operator==(const FieldDifference&) const = default;
};

// Fields of the two forms that print different text, in the order of `after`, then those that only `before` had. What
// follows the version itself (report.version) does not count; a field that one of them lacks counts when the other says
// something in it. The labels are those of the later form.
std::vector<FieldDifference> differences(const FilledForm& before, const FilledForm& after);

// Whether `sent` no longer says what the newest filling would say.
bool stale(const FilledForm& sent, const FilledForm& newest);

// The newest filling as a supplement to what was sent: each field that differs carries what it said before (訂正).
FilledForm supplement(const FilledForm& sent, FilledForm newest);

}  // namespace hinomi::forms
