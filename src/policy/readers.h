// Exactly who will read a thing with this label, from the same function that decides (policy/reading.h).
#pragma once

#include <cstddef>
#include <vector>

#include "model/label.h"
#include "model/organisation.h"
#include "policy/principal.h"

namespace hinomi::policy {

struct Readers {
  std::vector<OrgId> orgs;  // with at least one reader, in the order of the directory
  std::vector<PersonId> people;
};

// Asks may_read for every active person of the directory.
Readers readers_of(const Directory& directory, const Label& label);

}  // namespace hinomi::policy
