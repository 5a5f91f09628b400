// QR codes (ISO/IEC 18004), over libqrencode: an address that a telephone shall read from a screen. Pure; safe on any
// thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hinomi {

struct QrCode {
  std::size_t size = 0;    // modules on a side, without the quiet zone
  std::vector<bool> dark;  // row by row
  [[nodiscard]] bool is_dark(std::size_t row, std::size_t column) const { return dark[row * size + column]; }
};

inline constexpr std::size_t kQuietZone = 4;  // light modules on each side that a reader asks for (§9.1)

// With a fifth of it unreadable it still reads (level M). Invalid "qr.text" for an empty text and for more than 1,000
// bytes.
Result<QrCode> make_qr_code(std::string_view text);

// The data of one SVG path that fills the dark modules, each one unit wide, inside a view box of
// size + 2 * kQuietZone.
std::string qr_path(const QrCode& code);

}  // namespace hinomi
