// CISA's catalogue of Known Exploited Vulnerabilities in, as JSON or CSV: one item per entry.
// Pure functions over borrowed bytes; safe on any thread.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "formats/outcome.h"

namespace hinomi {

// external_id is the CVE. The catalogue has no version per entry, so `version` is the day of adding and a digest of the
// entry's fields: the same entry read from a later catalogue, or from CSV instead of JSON, has the same version.
// The due date binds US federal agencies only and is kept as a remark in the mitigation.
// kev.not_kev when this is something else; broken entries become problems and the others are kept.
Result<ReadOutcome> read_kev(const SourceFile& file);

bool looks_like_kev(JsonView root);
bool looks_like_kev_csv(std::string_view text);  // by its header line

}  // namespace hinomi
