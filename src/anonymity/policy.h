// The constants of anonymity: policy data with an owner and a date, changed by decision and not by the program.
#pragma once

#include <cstddef>
#include <string>

namespace hinomi::anonymity {

struct AnonymityPolicy {
  std::size_t k = 5;                  // members that must fit, counted after the readers are taken away
  std::size_t k_regional = 8;         // where an area or a plant technology remains
  std::size_t colluding_readers = 2;  // readers assumed to pool what they know, the one reading included
  std::size_t search_limit = 20'000;  // combinations tried exactly; above it the search is greedy
  std::string owner = "secretariat";
  std::string decided_on = "2026-11-22";
};

}  // namespace hinomi::anonymity
