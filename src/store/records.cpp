#include "store/records.h"

#include "store/sqlite/words.h"

namespace hinomi::store {

std::string_view event_kind_text(EventKind kind) { return sqlite::kEventKinds.text(kind); }

}  // namespace hinomi::store
