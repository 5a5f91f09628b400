#include "formats/source_reader.h"

#include <fmt/format.h>

#include "base/json.h"
#include "base/text.h"
#include "formats/csaf.h"
#include "formats/feed.h"
#include "formats/kev.h"
#include "formats/stix.h"

namespace hinomi {
namespace {

bool looks_like_stix(JsonView root) {
  if (root.string_at("type") == "bundle") return true;
  const auto objects = root.find("objects");
  return objects && objects->is_array() && !root.find("type");
}

Result<SourceFormat> detect_json(std::string_view bytes) {
  TRY(const auto document, parse_json(bytes, {.max_bytes = StixLimits{}.max_bytes}));
  const JsonView root = document->root();
  if (looks_like_csaf(root)) return SourceFormat::Csaf;
  if (looks_like_stix(root)) return SourceFormat::Stix;
  if (looks_like_kev(root)) return SourceFormat::Kev;
  if (root.find("Event") || root.find("response")) return SourceFormat::Misp;
  return invalid("source.unknown_format", "The JSON text is neither CSAF, STIX nor a KEV catalogue.");
}

Result<ReadOutcome> read_as(SourceFormat format, const SourceFile& file) {
  switch (format) {
    case SourceFormat::Csaf: return read_csaf(file);
    case SourceFormat::Stix: return read_stix(file);
    case SourceFormat::Kev: return read_kev(file);
    case SourceFormat::Rss:
    case SourceFormat::MyJvn: return read_feed(file);
    case SourceFormat::Misp:
    case SourceFormat::Epss:
    case SourceFormat::Csv: break;
  }
  return invalid("source.unsupported_format",
                 fmt::format("Files of the format {} cannot be imported here.", source_format_text(format)));
}

ReadOutcome only_problem(const SourceFile& file, const Error& error) {
  ReadOutcome outcome;
  outcome.problems.push_back({file.name, error.where, error.code, error.detail});
  return outcome;
}

}  // namespace

Result<SourceFormat> detect_format(std::string_view bytes, std::string_view file_name) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::string_view text = bytes;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  text = trimmed(text);
  if (text.empty()) return invalid("source.unknown_format", "The file is empty.");
  if (text.starts_with('{') || text.starts_with('[')) return detect_json(bytes);
  if (looks_like_xml(text)) {
    const bool has_security_names =
        text.find("<sec:") != std::string_view::npos || text.find("VULDEF") != std::string_view::npos;
    return has_security_names ? SourceFormat::MyJvn : SourceFormat::Rss;
  }
  if (looks_like_kev_csv(text)) return SourceFormat::Kev;
  const bool is_epss = text.starts_with("#model_version:") || text.starts_with("cve,epss,percentile");
  if (is_epss) return SourceFormat::Epss;
  if (lower_ascii(file_name).ends_with(".csv")) return SourceFormat::Csv;
  return invalid("source.unknown_format", "The file is neither JSON, XML nor a known CSV table.");
}

ReadOutcome read_source(SourceFormat format, const SourceFile& file) {
  auto outcome = read_as(format, file);
  return outcome.ok() ? std::move(*outcome) : only_problem(file, outcome.error());
}

ReadOutcome read_source(const SourceFile& file) {
  const auto format = detect_format(file.bytes, file.name);
  return format.ok() ? read_source(*format, file) : only_problem(file, format.error());
}

}  // namespace hinomi
