// The memo for the next shift in JSON (docs/openapi/openapi.json).
#pragma once

#include <string>

#include "api/api.h"
#include "base/json.h"
#include "flow/handover.h"

namespace hinomi::api {

std::string handover_json(const Api& api, const Visit& visit, const flow::HandoverMemo& memo);
// {"person":…,"since":…}
void write_watch(JsonWriter& out, const Visit& visit, const store::Handover& watch);
void write_running_clock(JsonWriter& out, const flow::RunningClock& row, Instant now, Language language);

}  // namespace hinomi::api
