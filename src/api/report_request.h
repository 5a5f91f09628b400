// A report as a request's body, understood for the organisation that the request names.
#pragma once

#include "api/api.h"
#include "flow/file_report.h"

namespace hinomi::api {

// The organisation is the caller's own, or `for_org` of the query where the secretariat types for it.
Result<flow::RoutedReport> routed_body(const Api& api, const Visit& visit);

// A report that the caller has just written. After that the reach may have grown by the new thing's own label.
Result<HttpResponse> report_response(const Api& api, const Visit& visit, const ReportVersion& report, int status);

}  // namespace hinomi::api
