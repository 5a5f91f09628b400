// Undoing what people do to an indicator so that nobody clicks on it: hxxp, [.], (dot), [:], [at] and their kin.
// Pure functions, linear in the text; safe on any thread.
#pragma once

#include <string>
#include <string_view>

namespace hinomi {

struct Refanged {
  std::string text;
  bool was_defanged = false;  // the writer marked it: a file name is not written so
};
// Everything in one pass. Invalid UTF-8 becomes U+FFFD, full-width forms their ASCII (NFKC).
Refanged refanged(std::string_view text);

}  // namespace hinomi
