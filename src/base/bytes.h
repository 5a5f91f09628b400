// Bytes and the text forms they travel in. All decoders are strict: one spelling per value.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hinomi {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

std::string to_hex(ByteView bytes);  // lower case
Result<Bytes> from_hex(std::string_view text);
std::string to_base64(ByteView bytes);  // RFC 4648 §4, padded
Result<Bytes> from_base64(std::string_view text);
std::string to_base64url(ByteView bytes);  // RFC 4648 §5, no padding
Result<Bytes> from_base64url(std::string_view text);
std::string to_base32(ByteView bytes);  // RFC 4648 §6, no padding (TOTP secrets)
Result<Bytes> from_base32(std::string_view text);

}  // namespace hinomi
