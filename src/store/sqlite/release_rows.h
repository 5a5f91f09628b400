// One version of a release as a row, for whoever writes, reads or moves it.
#pragma once

#include "store/sqlite/change.h"

namespace hinomi::store::sqlite {

// With the label it stands under and, where that is another, the one it was signed with.
Result<Release> load_release_version(Database& database, Sequence sequence);
// Adds the row under `label` at a new place, its body under a key of its own.
struct ReleaseRow {
  const Release& release;
  LabelId label;
  bool superseded = false;
};
Status add_release_row(Change& change, const ReleaseRow& row);
EventKind event_kind_of(ReleaseState state);

}  // namespace hinomi::store::sqlite
