// Other readers for a release as JSON; what page and REST share.
#pragma once

#include "api/api.h"
#include "base/json.h"
#include "flow/relabel.h"

namespace hinomi::api {

// {"tlp","audience","embargo_until"?} of a label.
void write_wished_label(JsonWriter& out, const Visit& visit, const Label& label);
// Names of organisations and counts of people: "gain", "lose", "remain", "given", "marking_stays".
void write_effect(JsonWriter& out, const Visit& visit, const flow::RelabelEffect& effect);

}  // namespace hinomi::api
