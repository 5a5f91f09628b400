// Small directories and markings drawn from a seed, shaped so that every part of the rule decides often: sets meet,
// hold one another and coincide; some names are in no directory; most labels leave several people on either side.
#pragma once

#include "base/random.h"
#include "reference/reading_model.h"

namespace hinomi::reference {

class Draw {
 public:
  explicit Draw(Random& random) : random_(random) {}
  // A whole number in [low, high].
  int between(int low, int high) {
    return low + static_cast<int>(random_.below(static_cast<std::uint32_t>(high - low + 1)));
  }
  bool one_in(int chances) { return between(1, chances) == 1; }
  std::set<int> some(int most, int highest);
  std::set<std::string> compartments(int one_in_chances);

 private:
  Random& random_;
};

// Two organisation and person numbers beyond the last exist in labels and in no directory.
World random_world(Draw& draw);
Marking random_marking(Draw& draw, const World& world);
// The same marking with one more restriction; by the rule it must never gain a reader.
Marking narrowed(Draw& draw, const World& world, Marking marking);

}  // namespace hinomi::reference
