// The one spelling under which URLs are compared (RFC 3986 §6.2.2–6.2.3): scheme and host in lower case, defanged
// schemes restored, no user, default port or fragment, no trailing dot of the host, "/" for an empty path, percent
// escapes in one form. Agrees with read_indicator(), and also takes what logs and JSON make of a URL. Pure; safe on any
// thread.
#pragma once

#include <string>
#include <string_view>

namespace hinomi::hunting {

inline constexpr std::size_t kMaxUrlBytes = 2048;

// The comparison form of a URL, also of one cut out of JSON ("\/", "\u002f"). Empty when the text has no "://" or no
// host, or is longer than kMaxUrlBytes.
std::string comparable_url(std::string_view url);

// Host of a comparison form, without port and brackets.
std::string_view host_of(std::string_view comparable);

}  // namespace hinomi::hunting
