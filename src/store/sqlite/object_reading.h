// Finding the objects of a collection that a reader's filter selects, in the order they were added.
#pragma once

#include <vector>

#include "store/sqlite/gains.h"
#include "store/sqlite/object_versions.h"

namespace hinomi::store::sqlite {

struct LabelledObject {
  LabelId label;
  ObjectRow row;
  Position position;  // in the reader's order
  Place place;        // the same in times added
};
// Every readable row the filter selects, oldest added first; without bounds, for deleting.
Result<std::vector<LabelledObject>> all_matching(const VersionSelection::Scope& scope, const ObjectFilter& filter);

}  // namespace hinomi::store::sqlite
