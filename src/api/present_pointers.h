// A pointer as JSON, and readers as the visitor may know them; what page and REST share.
#pragma once

#include "api/api.h"
#include "base/json.h"
#include "flow/pointers.h"

namespace hinomi::api {

// "open", "ended" or "expired" at this moment.
std::string_view pointer_state(const Pointer& pointer, Instant now);
void write_pointer(JsonWriter& out, const Api& api, const Visit& visit, const Pointer& pointer);
// The same without the braces, for what adds to it.
void write_pointer_members(JsonWriter& out, const Api& api, const Visit& visit, const Pointer& pointer);
void write_known_readers(JsonWriter& out, const Visit& visit, const Label& label);

}  // namespace hinomi::api
