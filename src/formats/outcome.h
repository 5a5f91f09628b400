// What reading a file gives: everything that could be read, and a problem for everything that could not.
// An outcome can travel over a pipe from the sandboxed process that parsed the bytes; the parent trusts nothing in it.
// Plain values; pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/source.h"

namespace hinomi {

// How a STIX object is marked (STIX 2.1 §7.2): a TLP marking gives `tlp`, the strictest when there are several.
// Marked without a TLP that we know: the caller takes the most restrictive label. Unmarked: the channel's own default.
struct StixMarking {
  bool is_marked = false;
  std::optional<Tlp> tlp;
  bool operator==(const StixMarking&) const = default;
};

struct MarkedStixObject {
  StixObject object;
  StixMarking marking;
};

struct ReadOutcome {
  std::vector<SourceItem> items;
  std::vector<MarkedStixObject> objects;
  std::vector<ReadProblem> problems;
};

// The bytes of one file with where they came from. Borrows the bytes.
struct SourceFile {
  std::string source;  // configured name of the source: "cisa-csaf"
  std::string name;    // file name or address, for problems
  std::string_view bytes;
};

struct OutcomeLimits {
  std::size_t max_bytes = std::size_t{256} << 20;
  std::size_t max_entries = 200'000;                   // of items, objects and problems together
  std::size_t max_text_bytes = std::size_t{32} << 20;  // one text
};

// Length-prefixed frame: "HNO1", then counts and texts as 32-bit little-endian lengths and bytes.
std::string write_outcome(const ReadOutcome& outcome);
// Strict: wrong magic, a value outside its set, text that is not UTF-8, a CVE that is none, bytes left over or a limit
// passed is outcome.malformed or outcome.too_large; nothing is allocated on the word of a length alone.
Result<ReadOutcome> parse_outcome(std::string_view frame, OutcomeLimits limits = {});

}  // namespace hinomi
