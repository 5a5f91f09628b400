// Chance as an interface: production draws from the kernel, tests from a seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <random>
#include <span>
#include <string>

namespace hinomi {

class Random {
 public:
  virtual ~Random() = default;
  // Fills every byte. Safe to call from any thread.
  virtual void fill(std::span<std::uint8_t> bytes) = 0;

  // Uniform in [0, bound); bound > 0.
  std::uint32_t below(std::uint32_t bound);
  // `length` characters of the alphabet people can read aloud: no 0/O, 1/I/L, no vowels that spell words.
  std::string speakable(std::size_t length);
};

// The kernel's generator.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

// Repeatable; for tests and the demo sector only, never for keys of a real installation.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override;

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_;
};

}  // namespace hinomi
