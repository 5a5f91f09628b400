// Forms as workbooks: one filled, to be read and filled in elsewhere.
#include "api/present_forms.h"
#include "api/rest.h"
#include "forms/form_sheet.h"

namespace hinomi::api {

Result<HttpResponse> get_report_form_workbook(Api& api, const Visit& visit) {
  TRY(const auto version, version_asked(visit));
  TRY(const ReportVersion report, flow::find_report_version(api.platform(), visit.who(), visit.value("id"), version));
  TRY(const flow::ReportForm form, flow::fill_form(api.platform(), visit.who(), report, form_wish(visit)));
  HttpResponse response;
  TRY(response.body, forms::write_form_sheet(*api.platform().form_book, form.filled));
  response.headers.add("Content-Type", std::string(kWorkbookMediaType));
  response.headers.add("Content-Disposition", "attachment; filename=\"" + forms::form_sheet_name(form.filled) + "\"");
  return response;
}

}  // namespace hinomi::api
