// Chance in two worlds at once. A Draw gives the same bytes for the same name whatever was drawn before under other
// names, so that what one world does out of sight moves nothing that is drawn in sight. Safe on any thread.
#pragma once

#include <initializer_list>
#include <mutex>
#include <span>
#include <vector>

#include "base/random.h"

namespace hinomi::tests::worlds {

// One number out of several; equal numbers give equal results on every machine.
std::uint64_t mixed(std::initializer_list<std::uint64_t> parts);

class Draw final : public Random {
 public:
  explicit Draw(std::uint64_t name) : state_(name) {}
  // From here on the bytes that belong to `name`.
  void begin(std::uint64_t name);
  void fill(std::span<std::uint8_t> bytes) override;

 private:
  std::mutex mutex_;
  std::uint64_t state_;
};

// One in `of`.
inline bool one_in(Random& random, std::uint32_t of) { return random.below(of) == 0; }
// True `percent` of the time.
inline bool chance(Random& random, std::uint32_t percent) { return random.below(100) < percent; }
// One of these, which are not none.
template <class T>
const T& pick(Random& random, const std::vector<T>& from) {
  return from[random.below(static_cast<std::uint32_t>(from.size()))];
}
// From `least` to `most`, both included.
inline std::uint32_t between(Random& random, std::uint32_t least, std::uint32_t most) {
  return least + random.below(most - least + 1);
}

}  // namespace hinomi::tests::worlds
