#include "planted/planted.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>

namespace hinomi::planted {
namespace {

constexpr auto kLeaks = std::to_array<Leak>({
#include "planted_table.inc"
});

// The one variable of the process: the planted sources cannot be handed a switch without changing their interfaces.
std::atomic<const Leak*>& the_one_on() {
  static std::atomic<const Leak*> leak{nullptr};
  return leak;
}

}  // namespace

std::span<const Leak> leaks() { return kLeaks; }

bool is_on(std::string_view name) {
  const Leak* leak = the_one_on().load(std::memory_order_acquire);
  return leak != nullptr && leak->name == name;
}

void turn_on(std::string_view name) {
  const auto found = std::ranges::find(kLeaks, name, &Leak::name);
  if (found == kLeaks.end()) std::abort();  // a suite that misspells a leak must not report it as found
  the_one_on().store(&*found, std::memory_order_release);
}

void turn_off() { the_one_on().store(nullptr, std::memory_order_release); }

}  // namespace hinomi::planted
