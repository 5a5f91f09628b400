// What was collected from agencies, vendors and feeds, and the cases it is merged into.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/ids.h"
#include "model/label.h"

namespace hinomi {

enum class SourceFormat { Csaf, Stix, Kev, Rss, MyJvn, Misp, Epss, Csv };
std::string_view source_format_text(SourceFormat format);
Result<SourceFormat> parse_source_format(std::string_view text);

// One item as read from a source: an advisory, a catalogue entry, a feed entry, a threat object.
struct SourceItem {
  SourceFormat format = SourceFormat::Csaf;
  std::string source;       // "cisa-csaf", "kev", "jvn" …
  std::string external_id;  // the source's own id: ICSA-23-005-01, CVE-2023-1234
  std::string version;      // the source's own version or modification time
  std::string title;
  std::string summary;
  std::string url;
  std::optional<Instant> published;
  Tlp tlp = Tlp::Clear;
  std::vector<std::string> cves;      // sorted, distinct
  std::vector<std::string> products;  // as printed by the source
  std::string check;                  // how to check for compromise, where the source says it
  std::string mitigation;
  std::string raw;  // the item's own bytes
};

// What could not be read, and the rest is kept.
struct ReadProblem {
  std::string file;
  std::string where;  // JSON pointer, "byte 123", "line 4"
  std::string code;
  std::string reason;
  std::string subject{};  // id of the object the problem is about, where it could be read
};

// One STIX object as received: identity is (id, modified); bytes are never re-serialised.
struct StixObject {
  std::string id;
  std::string type;
  std::string spec_version;  // "2.0" or "2.1"
  std::string version;       // modified, or created for markings, in its own text; empty for objects without times
  std::string raw;
};

}  // namespace hinomi
