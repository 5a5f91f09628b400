// Handlers of the clearance register.
#pragma once

#include "api/api.h"

namespace hinomi::api {

Result<HttpResponse> get_clearances(Api& api, const Visit& visit);
Result<HttpResponse> post_clearance(Api& api, const Visit& visit);
Result<HttpResponse> delete_clearance(Api& api, const Visit& visit);

}  // namespace hinomi::api
