// The generalisation that costs the reader least and still leaves enough members that fit. Pure.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "anonymity/population.h"

namespace hinomi::anonymity {

// One thing the text says, with the ways to say less; the first option is the least that may be done.
struct Choice {
  struct Option {
    std::size_t step = 0;
    int loss = 0;
    std::optional<Statement> statement;
  };
  std::vector<Option> options;  // at least one
};

struct Search {
  bool reached = false;
  std::vector<std::size_t> chosen;  // index into each choice's options; the vaguest of all when not reached
  int loss = 0;
  bool exact = true;    // every combination was weighed, so no cheaper one exists
  int lower_bound = 0;  // no solution costs less than this; equals loss when exact
};

// `fixed`: what is said already and cannot be taken back, such as earlier releases of the case.
Search least_loss(const std::vector<Choice>& choices, const std::set<Statement>& fixed, const Population& population,
                  const AnonymityPolicy& policy);

}  // namespace hinomi::anonymity
