// What the viewer may ask about: ids, numbers, words and logins of both worlds, each with what it is to the viewer.
#pragma once

#include "routes/requests.h"
#include "worlds/plan.h"
#include "worlds/taint.h"

namespace hinomi::tests::worlds {

// How many hidden and how many readable things of each kind; each round takes others.
struct Breadth {
  std::size_t of_each = 2;
  std::uint64_t round = 0;
};

// From what the deeds made in either world.
routes::Material material_of(const Plan& plan, const World& a, const World& b, const Breadth& breadth);

// What the viewer must never be shown: words and ids of hidden deeds, names of compartments and groups of others.
TaintScanner scanner_of(const Plan& plan, const World& a, const World& b);

}  // namespace hinomi::tests::worlds
