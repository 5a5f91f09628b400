// Filling: one version of a report, seen through the fields of one form. Pure: the same material gives the same bytes.
#pragma once

#include <string_view>

#include "forms/filled.h"
#include "forms/form_book.h"
#include "model/organisation.h"
#include "model/report.h"
#include "rules/assessment.h"

namespace hinomi::forms {

// Borrowed; `assessment` is that of this version of the report. It gives derived facts, clocks and recipients.
struct FormMaterial {
  const ReportVersion& report;
  const Organisation& organisation;
  const rules::Assessment& assessment;
};

// The occasion on which a form is handed in.
struct Occasion {
  std::string duty;   // id
  std::string stage;  // name
  bool operator==(const Occasion&) const = default;
};

// What stands in `definition`, which is of `book`, when it is handed in on `occasion`. States are printed as words
// (調査中, 不明, 該当なし, 未記入), times in Asia/Tokyo, numbers with their unit; a flag that nobody has stated but
// that follows from other facts is printed as derived.
FilledForm fill(const FormBook& book, const FormDefinition& definition, const FormMaterial& material,
                const Occasion& occasion);

}  // namespace hinomi::forms
