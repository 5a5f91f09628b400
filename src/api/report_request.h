// A report as a request's body, understood for the organisation that the request names.
#pragma once

#include "api/api.h"
#include "flow/file_report.h"

namespace hinomi::api {

// The organisation is the caller's own, or `for_org` of the query where the secretariat types for it.
Result<flow::RoutedReport> routed_body(const Api& api, const Visit& visit);

}  // namespace hinomi::api
