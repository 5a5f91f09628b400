// How forms look in JSON (docs/openapi/openapi.json).
#pragma once

#include "api/api.h"
#include "base/json.h"
#include "flow/report_forms.h"

namespace hinomi::api {

// One form for one stage of one duty, and why it is asked for. `filled` is what would stand in it.
void write_offer_members(JsonWriter& out, const Api& api, const Visit& visit, const flow::FormsOfReport& asked,
                         const flow::ReportForm& form);
// The filled form as its canonical text, with the SHA-256 of exactly those bytes.
void write_filled_members(JsonWriter& out, const forms::FilledForm& filled);

// `version` of the query; nothing without it. Invalid "report.version" when it is no number from 1.
Result<std::optional<std::uint32_t>> version_asked(const Visit& visit);
flow::FormWish form_wish(const Visit& visit);

}  // namespace hinomi::api
