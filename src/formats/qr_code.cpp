#include "formats/qr_code.h"

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>

namespace hinomi {
namespace {

constexpr std::size_t kLongest = 1'000;

struct CodeFree {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

Result<QrCode> make_qr_code(std::string_view text) {
  if (text.empty() || text.size() > kLongest) return invalid("qr.text", "A QR code holds 1 to 1,000 bytes.");
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  constexpr int kSmallestVersion = 0;  // that holds it
  const std::unique_ptr<QRcode, CodeFree> code(
      QRcode_encodeData(static_cast<int>(text.size()), bytes, kSmallestVersion, QR_ECLEVEL_M));
  if (!code) return internal("libqrencode gave no code.");
  QrCode made;
  made.size = static_cast<std::size_t>(code->width);
  constexpr unsigned kDarkBit = 1;
  for (std::size_t i = 0; i < made.size * made.size; ++i) made.dark.push_back((code->data[i] & kDarkBit) != 0);
  return made;
}

std::string qr_path(const QrCode& code) {
  std::string path;
  for (std::size_t row = 0; row < code.size; ++row) {
    for (std::size_t column = 0; column < code.size;) {
      std::size_t end = column;
      while (end < code.size && code.is_dark(row, end)) ++end;
      if (end > column)
        path += fmt::format("M{} {}h{}v1h-{}z", column + kQuietZone, row + kQuietZone, end - column, end - column);
      column = end + 1;
    }
  }
  return path;
}

}  // namespace hinomi
