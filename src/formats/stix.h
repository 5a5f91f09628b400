// STIX 2.0 and 2.1 in: bundles and TAXII envelopes become objects that keep the exact bytes received.
// What makes an object storable is checked (id, versions, times, markings); everything else is the sender's.
// Pure functions over borrowed bytes; safe on any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "formats/outcome.h"

namespace hinomi {

struct StixLimits {
  std::size_t max_bytes = std::size_t{64} << 20;
  std::size_t max_objects = 100'000;
  std::size_t max_object_bytes = std::size_t{1} << 20;
};

// Reads {"type":"bundle","objects":[…]} or an envelope {"objects":[…]}. A broken object becomes a problem with its JSON
// pointer ("/objects/3/modified") and the others are kept. Errors: json.*, stix.container, stix.too_many_objects.
Result<ReadOutcome> read_stix(const SourceFile& file, const StixLimits& limits = {});
// The same over a container that is already parsed, whose objects stand under "objects".
Result<ReadOutcome> read_stix_container(JsonView container, std::string_view file_name, const StixLimits& limits = {});

// A STIX timestamp: RFC 3339 in UTC with Z and upper-case T, any number of fraction digits (STIX 2.1 §3.2).
// Digits beyond microseconds are cut, so two spellings of one instant compare equal. Error: stix.time.
Result<Instant> parse_stix_time(std::string_view text);
// "indicator" of "indicator--uuid"; nothing unless the text is a type name, "--" and a UUID (STIX 2.1 §2.9).
std::optional<std::string_view> stix_id_type(std::string_view id);
// Cyber-observable types of STIX 2.1 §6: objects without versions, whose spec_version is 2.1 when absent.
bool is_stix_observable(std::string_view type);

// TLP 2.0 and TLP 1.x marking-definition ids (WHITE is read as CLEAR); nothing for any other id.
std::optional<Tlp> tlp_of_marking(std::string_view marking_id);
// The TLP 2.0 marking-definition of OASIS for a TLP: id and the exact object.
std::string_view tlp_marking_id(Tlp tlp);
std::string tlp_marking_definition(Tlp tlp);

}  // namespace hinomi
