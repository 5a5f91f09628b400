#include "base/legacy_text.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <memory>

#include "base/text.h"

namespace hinomi {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

Error unreadable() {
  return invalid("text.encoding", "The text is neither UTF-8 nor Shift_JIS (CP932). Save it again as UTF-8.");
}

Result<std::string> from_windows_31j(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open("windows-31j", &status));
  if (U_FAILURE(status)) return internal("ICU has no converter for windows-31j.");
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(), status);
  if (U_FAILURE(status) || text.isBogus()) return unreadable();
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

}  // namespace

Result<std::string> utf8_of_spreadsheet(std::string_view bytes) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  constexpr std::size_t kLongest = std::size_t{64} << 20;
  if (bytes.size() > kLongest) return too_large("text.too_large", "The text is too long.");
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  if (is_utf8(bytes)) return std::string(bytes);
  return from_windows_31j(bytes);
}

}  // namespace hinomi
