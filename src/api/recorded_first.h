// An answer that shows something leaves when its reading is on record and its reader still has the right. No thread
// waits for that: the connection is woken and asks.
#pragma once

#include <memory>

#include "api/api.h"

namespace hinomi::api {

// Of a visit that has a recording. `api` outlives it; the visit's request need not.
std::shared_ptr<BeforeLeaving> recorded_first(const Api& api, Visit visit, Format format);

}  // namespace hinomi::api
