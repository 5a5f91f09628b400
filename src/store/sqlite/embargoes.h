// Embargoes that end: inside the writer's transaction, by the clock alone.
#pragma once

#include "store/sqlite/change.h"

namespace hinomi::store::sqlite {

// From now on the release waits for this instant, or for none.
Status note_embargo(Change& change, const ReleaseId& release, const std::optional<Instant>& until);
Result<bool> is_embargo_due(Database& database, Instant now);
// Every release whose instant has come stands under its label without the embargo: whoever may read it now finds it as
// new and is told. One that is held until its originator's consent is decided waits for that.
Status lift_due_embargoes(Change& change, Instant now);

}  // namespace hinomi::store::sqlite
