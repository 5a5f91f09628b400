// Text in encodings that spreadsheets of this country still write.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace hinomi {

// UTF-8 as it is, without a byte order mark; anything else is read as Windows-31J (CP932, "Shift_JIS").
// Invalid "text.encoding" when it is neither.
Result<std::string> utf8_of_spreadsheet(std::string_view bytes);

}  // namespace hinomi
