// What is recognised by its shape: addresses, numbers, dates, people's labels. RE2 stays in the .cpp.
// Immutable after creation; safe on any thread. Each pattern is one linear pass over the text.
#pragma once

#include <memory>
#include <vector>

#include "anonymity/candidate.h"

namespace hinomi::anonymity {

class Patterns {
 public:
  Patterns();
  ~Patterns();
  Patterns(Patterns&&) noexcept;
  Patterns& operator=(Patterns&&) noexcept;

  struct Outcome {
    std::vector<Candidate> candidates;
    std::uint64_t steps = 0;  // bytes looked at
  };
  [[nodiscard]] Outcome find(const NormalText& text) const;

 private:
  struct Compiled;
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace hinomi::anonymity
