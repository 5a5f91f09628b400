// The request target (RFC 9112 §3.2) read into a path and a query that mean one thing only. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "net/http.h"

namespace hinomi {

struct RequestTarget {
  std::string authority;  // of the absolute form; else empty
  std::string path;       // see RequestHead::path
  std::vector<QueryParameter> query;
};

// Origin form, absolute form, or "*" for OPTIONS. Invalid "http.target" (a form or byte that has no place there),
// "http.path" (a path with more than one reading) or "http.query".
Result<RequestTarget> parse_request_target(std::string_view target, Method method);

// RFC 9110 §7.2: uri-host with an optional port. Names, IPv4 and bracketed IPv6; no user information.
bool is_host_field(std::string_view text);

}  // namespace hinomi
