// The forms of authorities on screen and on paper.
#pragma once

#include <string>

#include "api/pages/frame.h"
#include "forms/filled.h"
#include "forms/offer.h"

namespace hinomi::api {

// The whole form as its addressee reads it: what is missing first, then every field; 訂正 where it carries what was
// sent before.
void draw_filled_form(Html& html, const Api& api, const Visit& visit, const forms::FilledForm& form);
// Repeated on every printed sheet: TLP, number, version.
std::string form_marking(const Api& api, const Visit& visit, const forms::FilledForm& form);
// "/reports/…/forms/jp-eba-prompt?duty=…&stage=…"
std::string form_path(const ReportId& report, const forms::Offer& offer);
// "/reports/…"
std::string report_path(const ReportId& report);

}  // namespace hinomi::api
