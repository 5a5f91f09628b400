// Handlers of the TAXII 2.1 API root and what they share. Section numbers are those of the OASIS Standard.
#pragma once

#include "api/api.h"
#include "formats/taxii.h"

namespace hinomi::api {

inline constexpr std::uint64_t kTaxiiMaxContent = 10 << 20;  // max_content_length and body limit

Result<HttpResponse> taxii_discovery(Api& api, const Visit& visit);    // §4.1
Result<HttpResponse> taxii_api_root(Api& api, const Visit& visit);     // §4.2
Result<HttpResponse> taxii_status(Api& api, const Visit& visit);       // §4.3
Result<HttpResponse> taxii_collections(Api& api, const Visit& visit);  // §5.1
Result<HttpResponse> taxii_collection(Api& api, const Visit& visit);   // §5.2
Result<HttpResponse> taxii_manifest(Api& api, const Visit& visit);     // §5.3
Result<HttpResponse> taxii_objects(Api& api, const Visit& visit);      // §5.4
Result<HttpResponse> taxii_add(Api& api, const Visit& visit);          // §5.5
Result<HttpResponse> taxii_object(Api& api, const Visit& visit);       // §5.6
Result<HttpResponse> taxii_delete(Api& api, const Visit& visit);       // §5.7
Result<HttpResponse> taxii_versions(Api& api, const Visit& visit);     // §5.8

Result<TaxiiFilter> taxii_filter_of(const HttpRequest& request, TaxiiEndpoint endpoint);
// Derived from the installation's key, for `next` cursors and nothing else.
Bytes taxii_cursor_key(const Api& api);

}  // namespace hinomi::api
