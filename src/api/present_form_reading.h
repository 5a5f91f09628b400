// How a form's workbook that came back looks in JSON (docs/openapi/openapi.json), and what its pages share with that.
#pragma once

#include "api/api.h"
#include "base/json.h"
#include "flow/form_reading.h"

namespace hinomi::api {

// Everything that would change, what was not understood and why, what was written where nothing is read, the sheet
// itself to be sent back with the confirmation, and the digest of it all.
void write_form_reading(JsonWriter& out, const Api& api, const Visit& visit, const flow::FormReading& reading);

// The organisation that a new report would be of: the caller's own, or the one the secretariat types for.
Result<OrgId> org_read_for(const Visit& visit);
// The file of an upload, opened in a confined process, as far as it is a form of ours.
Result<flow::FormReading> read_form_file(const Api& api, const Visit& visit, std::string_view bytes);

}  // namespace hinomi::api
