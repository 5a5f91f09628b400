// CSAF 2.0 in: one advisory document becomes one source item (OASIS CSAF 2.0, §3.2).
// Pure functions over borrowed bytes; safe on any thread.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "formats/outcome.h"

namespace hinomi {

// The advisory as an item: tracking id and version, title, summary from the notes, TLP from the distribution, CVEs,
// affected products with their vendors, remediations as mitigation, the advisory's own address.
// csaf.not_csaf when this is another kind of JSON; csaf.missing, csaf.value with a JSON pointer when a mandatory
// property (§3.2.1) is absent or impossible. Optional parts that are broken become problems and the item is kept.
Result<ReadOutcome> read_csaf(const SourceFile& file);

// True when the JSON object carries document/csaf_version.
bool looks_like_csaf(JsonView root);

}  // namespace hinomi
