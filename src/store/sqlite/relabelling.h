// Moving what is published from one label to another, inside the writer's transaction. Everything moved stands at a new
// place in the order of everything, so that whoever may read it only now finds it behind no cursor that has passed.
#pragma once

#include "store/sqlite/change.h"

namespace hinomi::store::sqlite {

struct ReleaseMove {
  ReleaseId release;
  LabelId from;
  LabelId to;
};
// The versions, threat objects, indicators, ledger entries and events of the release under `from`; what each version
// was signed with is kept. Marks of who was given its objects become marks of the release itself, and objects that
// other releases share stay for them. The sequence of the event that tells the readers of `to`.
Result<Sequence> move_release(Change& change, const ReleaseMove& move, Instant at);
// The labels under which versions of the release stand.
Result<std::vector<LabelId>> labels_of_release(Database& database, const ReleaseId& release);
// Every organisation that was given a version, an object or an indicator of the release. Call after move_release() has
// gathered the marks, or keep_object_marks().
Result<std::set<OrgId>> organisations_given(Database& database, const ReleaseId& release);
// Who was given objects of the release under `label` has been given the release.
Status keep_object_marks(Database& database, const ReleaseId& release, LabelId label);

}  // namespace hinomi::store::sqlite
