// Encodings that mail and files of this country still come in, over ICU. Safe on any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hinomi {

// The bytes as UTF-8. `charset` is a name as mail writes it, in any case: utf-8, us-ascii, iso-2022-jp, shift_jis,
// windows-31j, euc-jp, iso-8859-1, iso-8859-15, windows-1252. Nothing for another one, or when the bytes are not that.
std::optional<std::string> utf8_from_charset(std::string_view charset, std::string_view bytes);

// Makes ICU load what it needs for all of them, so that nothing is opened later: call it before a process confines
// itself.
void load_charsets();

}  // namespace hinomi
