// TAXII 2.1 without the network: query filters, the opaque `next` cursor, and the envelope a client receives.
// Section numbers are those of the TAXII 2.1 OASIS Standard. Timestamps of TAXII are to_rfc3339() of base/time.h:
// always six fraction digits (§2). Pure functions; safe on any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"
#include "formats/stix.h"
#include "model/ids.h"

namespace hinomi {

// Which endpoint the parameters are for: each knows only some match fields (§5.3–5.8), others are ignored (§3.4).
enum class TaxiiEndpoint { Objects, Manifest, Object, Versions, DeleteObject };

// Which versions of each object are wanted (§3.4.1). Several may be asked for at once; all stands alone.
struct TaxiiVersions {
  bool all = false;
  bool first = false;
  bool last = true;
  std::vector<Instant> exact;  // sorted, distinct
  bool operator==(const TaxiiVersions&) const = default;
};

struct TaxiiFilter {
  std::optional<Instant> added_after;      // strictly after
  std::optional<std::uint32_t> limit;      // at least 1; a larger number than fits is the largest
  std::optional<std::string> next;         // opaque: give it to open_taxii_cursor
  std::vector<std::string> ids;            // empty: any
  std::vector<std::string> types;          // empty: any
  TaxiiVersions versions;                  // default: the last
  std::vector<std::string> spec_versions;  // empty: the newest there is of each object (§3.4.1)
  bool operator==(const TaxiiFilter&) const = default;
};

// A decoded name and value of the query, in order, repeats kept.
using TaxiiParameter = std::pair<std::string, std::string>;

// Invalid (taxii.filter, `where` names the parameter): a repeated parameter or match field, a limit that is no positive
// integer, a malformed added_after or version, "all" beside another version, an empty list item, more than 1,000 items.
Result<TaxiiFilter> parse_taxii_filter(std::span<const TaxiiParameter> parameters, TaxiiEndpoint endpoint);

// Where a walk over a collection stands; the meaning of the two numbers is the store's.
struct TaxiiPosition {
  std::uint64_t added = 0;
  std::uint64_t tie = 0;
  bool operator==(const TaxiiPosition&) const = default;
};

// The position as `next` text. Encrypted and authenticated under `key` (32 bytes, for nothing else) and bound to the
// collection: it shows no numbers, and is worthless for another collection (appendix B). Same input, same text.
std::string seal_taxii_cursor(ByteView key, const CollectionId& collection, TaxiiPosition position);
// Invalid (taxii.next) for anything that seal_taxii_cursor did not give for this collection and key.
Result<TaxiiPosition> open_taxii_cursor(ByteView key, const CollectionId& collection, std::string_view next);

// One page as a client receives it (§3.7).
struct TaxiiPage {
  ReadOutcome outcome;
  bool more = false;
  std::optional<std::string> next;
};
// An empty envelope {} is an empty page. Errors as read_stix.
Result<TaxiiPage> read_taxii_page(const SourceFile& file, const StixLimits& limits = {});

}  // namespace hinomi
