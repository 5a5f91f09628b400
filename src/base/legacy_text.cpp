#include "base/legacy_text.h"

#include "base/charset.h"
#include "base/text.h"

namespace hinomi {
namespace {

Error unreadable() {
  return invalid("text.encoding", "The text is neither UTF-8 nor Shift_JIS (CP932). Save it again as UTF-8.");
}

}  // namespace

Result<std::string> utf8_of_spreadsheet(std::string_view bytes) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  constexpr std::size_t kLongest = std::size_t{64} << 20;
  if (bytes.size() > kLongest) return too_large("text.too_large", "The text is too long.");
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  if (is_utf8(bytes)) return std::string(bytes);
  auto text = utf8_from_charset("windows-31j", bytes);
  if (!text) return unreadable();
  return std::move(*text);
}

}  // namespace hinomi
