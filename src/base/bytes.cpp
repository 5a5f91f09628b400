#include "base/bytes.h"

#include <sodium.h>

namespace hinomi {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

std::string encode64(ByteView bytes, int variant) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
  text.pop_back();  // libsodium's terminator
  return text;
}

// libsodium must not be handed the null pointer of an empty buffer, not even with length zero.
Result<Bytes> decode64(std::string_view text, int variant) {
  if (text.empty()) return Bytes();
  Bytes bytes(text.size());
  std::size_t length = 0;
  const char* end = nullptr;
  const int failed =
      sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, &end, variant);
  if (failed != 0 || end != text.data() + text.size()) return invalid("bytes.base64", "This is not base64.");
  bytes.resize(length);
  return bytes;
}

}  // namespace

std::string to_hex(ByteView bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const auto byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 0x0F];
  }
  return text;
}

Result<Bytes> from_hex(std::string_view text) {
  const Error bad = invalid("bytes.hex", "This is not hexadecimal.");
  if (text.empty()) return Bytes();
  if (text.size() % 2 != 0) return bad;
  Bytes bytes(text.size() / 2);
  std::size_t length = 0;
  const char* end = nullptr;
  const int failed = sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, &end);
  if (failed != 0 || length != bytes.size()) return bad;
  return bytes;
}

std::string to_base64(ByteView bytes) { return encode64(bytes, sodium_base64_VARIANT_ORIGINAL); }
Result<Bytes> from_base64(std::string_view text) { return decode64(text, sodium_base64_VARIANT_ORIGINAL); }
std::string to_base64url(ByteView bytes) { return encode64(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING); }
Result<Bytes> from_base64url(std::string_view text) { return decode64(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING); }

std::string to_base32(ByteView bytes) {
  std::string text;
  std::uint32_t pending = 0;
  int bits = 0;
  for (const auto byte : bytes) {
    pending = pending << 8 | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += kBase32[pending >> (bits - 5) & 31];
  }
  if (bits > 0) text += kBase32[pending << (5 - bits) & 31];
  return text;
}

Result<Bytes> from_base32(std::string_view text) {
  Bytes bytes;
  std::uint32_t pending = 0;
  int bits = 0;
  for (const char letter : text) {
    const auto value = kBase32.find(letter);
    if (value == std::string_view::npos) return invalid("bytes.base32", "This is not base32.");
    pending = pending << 5 | static_cast<std::uint32_t>(value);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<std::uint8_t>(pending >> bits));
  }
  return bytes;
}

}  // namespace hinomi
