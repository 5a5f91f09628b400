// Adding objects to a collection inside the writer's transaction; shared by TAXII's add and by publishing.
#pragma once

#include <span>
#include <vector>

#include "store/sqlite/change.h"

namespace hinomi::store::sqlite {

struct ObjectBatch {
  CollectionId collection;
  std::span<const StixObject> objects;
  LabelId label;
};
struct Appended {
  AddOutcome outcome = AddOutcome::Added;
  Sequence sequence = 0;  // of the stored row: the new one, or the one that was there
};
// One for each object, in order. NotFound when there is no such collection; Invalid names the object whose version is
// no time.
Result<std::vector<Appended>> append_objects(Change& change, const ObjectBatch& batch, Instant at);

// Takes one row away; the newest version left under its label becomes the one that stands.
struct ObjectPlace {
  Sequence sequence = 0;
  CollectionId collection;
  LabelId label;
  std::string id;  // STIX
};
Status remove_object(Database& database, const ObjectPlace& place);

}  // namespace hinomi::store::sqlite
