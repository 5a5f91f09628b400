// The forms of authorities on screen and on paper.
#pragma once

#include <string>

#include "api/pages/frame.h"
#include "flow/submit.h"
#include "forms/filled.h"
#include "forms/offer.h"

namespace hinomi::api {

// The whole form as its addressee reads it: what is missing first, then every field; 訂正 where it carries what was
// sent before.
void draw_filled_form(Html& html, const Api& api, const Visit& visit, const forms::FilledForm& form);
// How many forms of the report were handed in, and how many of them have become stale; nothing where there are none.
void draw_submissions_note(Html& html, const Api& api, const Visit& visit, const ReportId& report,
                           const std::vector<flow::SubmissionStanding>& submissions);
// To what this page shows, as a PDF file.
void draw_pdf_link(Html& html, const Api& api, const Visit& visit);
// Where somebody who may says that they have handed the form in; nothing for others.
void draw_submit_form(Html& html, const Api& api, const Visit& visit, const ReportVersion& report,
                      const flow::ReportForm& form);
// Repeated on every printed sheet: TLP, number, version.
std::string form_marking(const Api& api, const Visit& visit, const forms::FilledForm& form);
// "/reports/…/forms/jp-eba-prompt?duty=…&stage=…"
std::string form_path(const ReportId& report, const forms::Offer& offer);
// "/reports/…"
std::string report_path(const ReportId& report);

}  // namespace hinomi::api
