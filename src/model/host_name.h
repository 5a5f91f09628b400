// Domain names, e-mail addresses and URLs in one normalised spelling, and what is known about their last labels.
// Pure functions; safe on any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hinomi {

// Two labels or more (RFC 1035 lengths; '_' is allowed, as attackers use it), lower case, U-labels turned into A-labels
// (UTS #46), without a trailing dot. Nothing when the text is no such name or its last label cannot be a top-level one.
std::optional<std::string> normal_domain(std::string_view text);
// local@domain with a dot-atom local part (RFC 5322 §3.4.1), lower case throughout.
std::optional<std::string> normal_email(std::string_view text);
// scheme://host[:port]/path[?query] (RFC 3986): scheme and host in lower case, no default port, no user info, no
// fragment (neither reaches the network), percent-escapes in upper case, other characters percent-encoded.
std::optional<std::string> normal_url(std::string_view text);

// The last label of a domain: a delegated ccTLD or a gTLD common enough to be met. Lower case expected.
bool is_known_top_level(std::string_view label);
// A top-level domain that in prose far more often ends a file name: zip, sh, py, md …
bool is_file_like_top_level(std::string_view label);
// "com", "co.jp": everybody's names end in it. Normalised text expected.
bool is_registry_suffix(std::string_view domain);

}  // namespace hinomi
