#include "base/random.h"

#include <sodium.h>

#include <array>
#include <string_view>

namespace hinomi {

std::uint32_t Random::below(std::uint32_t bound) {
  // Rejection keeps the draw uniform: the tail that would favour small values is thrown away.
  const std::uint32_t limit = UINT32_MAX - UINT32_MAX % bound;
  for (;;) {
    std::array<std::uint8_t, 4> bytes{};
    fill(bytes);
    const std::uint32_t draw = static_cast<std::uint32_t>(bytes[0]) << 24 | static_cast<std::uint32_t>(bytes[1]) << 16 |
                               static_cast<std::uint32_t>(bytes[2]) << 8 | bytes[3];
    if (draw < limit) return draw % bound;
  }
}

std::string Random::speakable(std::size_t length) {
  constexpr std::string_view kAlphabet = "23456789BCDFGHJKMNPQRSTVWXYZ";
  std::string text;
  while (text.size() < length) text += kAlphabet[below(kAlphabet.size())];
  return text;
}

void SystemRandom::fill(std::span<std::uint8_t> bytes) { randombytes_buf(bytes.data(), bytes.size()); }

void SeededRandom::fill(std::span<std::uint8_t> bytes) {
  const std::lock_guard lock(mutex_);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(engine_());
}

}  // namespace hinomi
