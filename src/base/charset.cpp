#include "base/charset.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/text.h"

namespace hinomi {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

// A name of mail and ICU's own. What mail calls Shift_JIS is what Windows writes (CP932).
struct Charset {
  std::string_view name;
  const char* converter;
};
constexpr std::array<Charset, 11> kCharsets{{{"us-ascii", "us-ascii"},
                                             {"iso-2022-jp", "iso-2022-jp"},
                                             {"shift_jis", "windows-31j"},
                                             {"x-sjis", "windows-31j"},
                                             {"windows-31j", "windows-31j"},
                                             {"cp932", "windows-31j"},
                                             {"euc-jp", "euc-jp"},
                                             {"iso-8859-1", "iso-8859-1"},
                                             {"iso-8859-15", "iso-8859-15"},
                                             {"windows-1252", "windows-1252"},
                                             {"iso-2022-jp-ms", "iso-2022-jp"}}};
constexpr std::size_t kLongest = std::size_t{64} << 20;

std::optional<std::string> converted(const char* name, std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(name, &status));
  if (U_FAILURE(status)) return std::nullopt;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(), status);
  if (U_FAILURE(status) || text.isBogus()) return std::nullopt;
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

}  // namespace

std::optional<std::string> utf8_from_charset(std::string_view charset, std::string_view bytes) {
  if (bytes.size() > kLongest) return std::nullopt;
  const std::string name = lower_ascii(charset);
  if (name == "utf-8" || name == "utf8") return is_utf8(bytes) ? std::optional(std::string(bytes)) : std::nullopt;
  const auto found = std::ranges::find(kCharsets, name, &Charset::name);
  return found == kCharsets.end() ? std::nullopt : converted(found->converter, bytes);
}

void load_charsets() {
  for (const Charset& charset : kCharsets) static_cast<void>(converted(charset.converter, "a\x1B$B0!\x1B(B"));
}

}  // namespace hinomi
