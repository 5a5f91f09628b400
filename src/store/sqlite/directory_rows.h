// Writing the directory's records, and what every change of rights has in common.
#pragma once

#include <functional>

#include "model/organisation.h"
#include "store/sqlite/change.h"

namespace hinomi::store::sqlite {

// Adds or replaces; ends the sessions of people who are not active. Conflict person.login_taken.
Status put_records(Change& change, const Directory& records);

// Runs `write` and raises the epoch; whoever may read more after it than before gets a gain, dated `at`. All that
// changes rights goes through here. Returns the new epoch.
Result<std::uint64_t> change_rights(Change& change, Instant at, const std::function<Status()>& write);

}  // namespace hinomi::store::sqlite
