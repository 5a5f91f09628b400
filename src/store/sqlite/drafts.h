// The end of a draft inside the write that files its report. On the writer's thread.
#pragma once

#include "store/records.h"
#include "store/sqlite/database.h"

namespace hinomi::store::sqlite {

// Nothing happens when it was never saved.
Status finish_draft(Database& database, const FinishedDraft& finished);

}  // namespace hinomi::store::sqlite
