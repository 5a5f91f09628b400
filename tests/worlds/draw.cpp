#include "worlds/draw.h"

namespace hinomi::tests::worlds {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014): one addition and three mixing steps a number.
std::uint64_t next(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9E3779B97F4A7C15U);
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

}  // namespace

std::uint64_t mixed(std::initializer_list<std::uint64_t> parts) {
  std::uint64_t state = 0x68696E6F6D69U;
  for (const std::uint64_t part : parts) {
    state ^= part;
    state = next(state);
  }
  return state;
}

void Draw::begin(std::uint64_t name) {
  const std::lock_guard lock(mutex_);
  state_ = name;
}

void Draw::fill(std::span<std::uint8_t> bytes) {
  const std::lock_guard lock(mutex_);
  std::uint64_t drawn = 0;
  unsigned left = 0;
  for (auto& byte : bytes) {
    if (left == 0) {
      drawn = next(state_);
      left = 8;
    }
    byte = static_cast<std::uint8_t>(drawn);
    drawn >>= 8U;
    --left;
  }
}

}  // namespace hinomi::tests::worlds
