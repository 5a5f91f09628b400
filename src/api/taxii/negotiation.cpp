#include "api/taxii/negotiation.h"

#include <algorithm>

#include "base/text.h"

namespace hinomi::api {
namespace {

struct MediaRange {
  std::string type;
  std::string version;   // unquoted; empty where none is named
  bool refused = false;  // q=0
};

std::string_view unquoted(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

bool is_zero(std::string_view quality) {
  return quality == "0" || (quality.starts_with("0.") && quality.find_first_not_of("0.") == std::string_view::npos);
}

MediaRange parse_range(std::string_view text) {
  MediaRange range;
  bool first = true;
  for (const auto part : split(text, ';')) {
    const std::string_view token = trimmed(part);
    if (first) range.type = lower_ascii(token);
    first = false;
    const auto equals = token.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string name = lower_ascii(trimmed(token.substr(0, equals)));
    const std::string_view value = unquoted(trimmed(token.substr(equals + 1)));
    if (name == "version") range.version = value;
    if (name == "q") range.refused = is_zero(value);
  }
  return range;
}

bool admits_taxii(const MediaRange& range) {
  if (range.refused) return false;
  if (range.type == "*/*" || range.type == "application/*") return true;
  return range.type == "application/taxii+json" && (range.version.empty() || range.version == "2.1");
}

}  // namespace

Status check_accept(const HttpRequest& request) {
  const auto headers = request.headers.find_all("Accept");
  if (headers.empty()) return {};
  for (const auto header : headers) {
    for (const auto range : split(header, ',')) {
      if (admits_taxii(parse_range(range))) return {};
    }
  }
  return invalid("http.not_acceptable", "This server speaks application/taxii+json;version=2.1.", "Accept");
}

Status check_content_type(const HttpRequest& request) {
  const auto header = request.headers.find("Content-Type");
  const MediaRange range = parse_range(header.value_or(""));
  if (range.type == "application/taxii+json" && (range.version.empty() || range.version == "2.1")) return {};
  return invalid("http.media_type", "Send application/taxii+json;version=2.1.", "Content-Type");
}

}  // namespace hinomi::api
