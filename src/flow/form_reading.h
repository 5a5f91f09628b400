// A form's workbook that came back, read into what it would change, and that filed as the next version of its report or
// as a new report. The number in a workbook is a wish like any other: what the caller may not read does not exist, and
// who may not report for the organisation may not file.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "flow/file_report.h"
#include "forms/proposal.h"

namespace hinomi::flow {

// Forbidden for people who file no reports at all: ask before a file of theirs is opened.
Status check_may_read_forms(const Caller& caller);

struct FormReading {
  forms::ReturnedSheet sheet;
  const forms::FormDefinition* form = nullptr;  // owned by the platform's form book
  std::optional<ReportVersion> newest;          // nothing: it would be a new report
  OrgId org;                                    // reported for
  std::vector<forms::ProposedRow> rows;
  std::set<std::string> safe;    // sources that change and that nobody has changed since the sheet was made
  std::optional<Error> problem;  // why the safe ones alone would not make a version
  std::string digest;            // of all that was proposed: 64 hex digits
};

// Stores nothing. `for_org` counts for new reports only. NotFound for a report that the caller may not read; Forbidden
// where it may not be amended; Invalid "forms.form_gone" when no pack has the form any more, "forms.sheet_version" when
// the report has no such version.
Result<FormReading> read_form_sheet(const Platform& platform, const Caller& caller, forms::ReturnedSheet sheet,
                                    const OrgId& for_org);

struct FormConfirmation {
  std::string digest;                         // of the proposal that was looked at
  std::optional<std::set<std::string>> take;  // sources of changes; nothing: the safe ones
};
// Files what was looked at and nothing else. A repeat gives the first answer. Conflict "forms.proposal_changed" when it
// would be another proposal by now; Invalid "forms.take_unknown", "forms.take_nothing"; and the errors of filing.
Result<ReportVersion> file_form_sheet(const Platform& platform, const Caller& caller, const FormReading& reading,
                                      const FormConfirmation& confirmation, const std::optional<RepeatKey>& repeat);

}  // namespace hinomi::flow
