// Media types of TAXII 2.1 §1.6.8 and §3.1: what a client accepts and what it sends.
#pragma once

#include <string_view>

#include "base/result.h"
#include "net/http.h"

namespace hinomi::api {

inline constexpr std::string_view kTaxiiMediaType = "application/taxii+json;version=2.1";

// Ok when the Accept header admits TAXII 2.1: absent, a wildcard, or the type without version or with 2.1, quoted or
// not. Invalid "http.not_acceptable" otherwise.
Status check_accept(const HttpRequest& request);
// Ok when the body is declared as TAXII 2.1 (a missing version means the newest). Invalid "http.media_type" otherwise.
Status check_content_type(const HttpRequest& request);

}  // namespace hinomi::api
