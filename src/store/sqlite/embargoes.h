// Embargoes that end: inside the writer's transaction, by the clock alone.
#pragma once

#include <vector>

#include "store/sqlite/change.h"

namespace hinomi::store::sqlite {

// From now on the release waits for this instant, or for none.
Status note_embargo(Change& change, const ReleaseId& release, const std::optional<Instant>& until);
Result<bool> is_embargo_due(Database& database, Instant now);
// Releases whose instant has come, the earliest first. One that is held until its originator's consent is decided waits
// for that.
Result<std::vector<ReleaseId>> embargoes_due(Database& database, Instant now);
// The release stands under its label without the embargo: whoever may read it now finds it as new and is told.
Status lift_embargo(Change& change, const ReleaseId& release, Instant now);

}  // namespace hinomi::store::sqlite
