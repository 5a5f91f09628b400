// Leaks planted on purpose, to prove that the suites see them. Each *.leak beside this header is a realistic mistake in
// one source; plant.py copies those sources with the mistakes in them, and a binary that links `hinomi_planted` before
// the libraries runs the copies. All are off until one is turned on, and then only that one is. No other binary holds
// such a switch: the test `planted.absent_from_the_program` looks. Safe from any thread.
#pragma once

#include <span>
#include <string_view>

namespace hinomi::planted {

struct Leak {
  std::string_view name;
  std::string_view channel;  // of RELIABILITY: "class 4" (its section 3), "35" (its section 4), "39 (work)"
  std::string_view file;     // "src/policy/reading.cpp"
  std::string_view why;      // what the developer thought, what leaks
};

// All of them, by name.
std::span<const Leak> leaks();
// Asked by the planted sources wherever a leak could act.
bool is_on(std::string_view name);
// From now on this one leaks and no other. The name must be one of leaks().
void turn_on(std::string_view name);
void turn_off();

}  // namespace hinomi::planted
