// Unicode text over ICU: validation, normalisation and the few escapes that everything shares.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hinomi {

// True for well-formed UTF-8 without overlong forms or surrogates (RFC 3629).
bool is_utf8(std::string_view text);
// NFKC; invalid UTF-8 becomes U+FFFD.
std::string nfkc(std::string_view text);
// NFKC plus case folding: for comparing what people typed, never for showing.
std::string folded(std::string_view text);
// Escapes & < > " ' for HTML text and quoted attributes.
std::string html_escaped(std::string_view text);
// Percent-encodes everything but RFC 3986 unreserved characters.
std::string url_encoded(std::string_view text);
// Strict percent-decoding; with Plus::IsSpace, '+' becomes a space (HTML forms). Invalid on a broken escape.
enum class Plus { IsPlus, IsSpace };
Result<std::string> url_decoded(std::string_view text, Plus plus);

// A domain name with its U-labels as A-labels (UTS #46, non-transitional), lower case. Invalid when a label has no
// such form; which ASCII characters a name may hold is the caller's business.
Result<std::string> idna_ascii(std::string_view domain);

std::string_view trimmed(std::string_view text);  // ASCII white space off both ends
std::vector<std::string_view> split(std::string_view text, char separator);
std::string lower_ascii(std::string_view text);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
// Number of user-perceived characters (extended grapheme clusters).
std::size_t grapheme_count(std::string_view text);

}  // namespace hinomi
