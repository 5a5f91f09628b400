// The forms of authorities that a report's duties ask for, filled from one version of it. Reading them is reading that
// version: the same label decides. Nothing is stored and nothing is sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flow/caller.h"
#include "forms/filled.h"
#include "forms/offer.h"
#include "model/report.h"

namespace hinomi::flow {

// One version by the report's id or number, the newest without a version; hidden and absent alike.
Result<ReportVersion> find_report_version(const Platform& platform, const Caller& caller, std::string_view id_or_number,
                                          std::optional<std::uint32_t> version);

// What a version of a report asks for at this moment: forms of duties that fire before those that may. The offers point
// into the platform's form book, the assessment holds its rulebook.
struct FormsOfReport {
  rules::Assessment assessment;
  std::vector<forms::Offer> offers;
};
// Of an assessment that is made already, of a version that may not be filed yet.
FormsOfReport forms_asked(const Platform& platform, const ReportVersion& report, rules::Assessment assessment);
Result<FormsOfReport> forms_of_report(const Platform& platform, const Caller& caller, const ReportVersion& report);

// Which form, and on which occasion; an empty duty or stage stands for the first that asks for the form.
struct FormWish {
  std::string form;
  std::string duty;
  std::string stage;
};
struct ReportForm {
  forms::Offer offer;
  forms::FilledForm filled;
};
// NotFound when there is no such form; Invalid "forms.not_offered" when none of the report's duties asks for it.
Result<ReportForm> fill_form(const Platform& platform, const Caller& caller, const ReportVersion& report,
                             const FormWish& wish);
// The same from what forms_of_report gave.
forms::FilledForm fill_offer(const Platform& platform, const Caller& caller, const ReportVersion& report,
                             const FormsOfReport& asked, const forms::Offer& offer);

}  // namespace hinomi::flow
