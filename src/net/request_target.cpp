#include "net/request_target.h"

#include <algorithm>

#include "base/text.h"

namespace hinomi {
namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool is_hex_digit(char letter) {
  return is_digit(letter) || (letter >= 'a' && letter <= 'f') || (letter >= 'A' && letter <= 'F');
}
bool is_control(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  return byte < 0x20 || byte == 0x7F;
}

Error bad_path(std::string_view why) {
  return invalid("http.path", "The path " + std::string(why) + "; send the plain path.", "path");
}

Status check_segment(std::string_view segment) {
  if (segment == "." || segment == "..") return bad_path("contains a dot segment");
  for (const char letter : segment) {
    if (letter == '/') return bad_path("contains an encoded slash");
    if (letter == '\\') return bad_path("contains a backslash");
    if (is_control(letter)) return bad_path("contains a control character");
  }
  if (!is_utf8(segment)) return bad_path("is not UTF-8");
  return {};
}

Result<std::string> decode_path(std::string_view raw) {
  std::string path;
  path.reserve(raw.size());
  while (!raw.empty()) {
    raw.remove_prefix(1);
    const std::size_t end = std::min(raw.find('/'), raw.size());
    if (end == 0 && end != raw.size()) return bad_path("contains an empty segment");
    auto segment = url_decoded(raw.substr(0, end), Plus::IsPlus);
    if (!segment.ok()) return bad_path("contains a broken percent escape");
    TRY_OK(check_segment(*segment));
    path += '/';
    path += *segment;
    raw.remove_prefix(end);
  }
  return path;
}

Result<std::string> decode_query_part(std::string_view raw) {
  TRY(std::string text, url_decoded(raw, Plus::IsSpace));
  if (text.find('\0') != std::string::npos || !is_utf8(text)) {
    return invalid("http.query", "The query is not UTF-8 text.", "query");
  }
  return text;
}

Result<std::vector<QueryParameter>> decode_query(std::string_view raw) {
  std::vector<QueryParameter> query;
  while (!raw.empty()) {
    const std::string_view pair = raw.substr(0, raw.find('&'));
    raw.remove_prefix(std::min(pair.size() + 1, raw.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = decode_query_part(pair.substr(0, equals));
    auto value = decode_query_part(pair.substr(std::min(equals + 1, pair.size())));
    if (!name.ok() || !value.ok()) {
      return invalid("http.query", "The query contains a broken percent escape or text that is not UTF-8.", "query");
    }
    query.push_back({std::move(*name), std::move(*value)});
  }
  return query;
}

bool is_bracketed_ipv6(std::string_view host) {
  return host.size() > 4 && host.front() == '[' && host.back() == ']' &&
         std::all_of(host.begin() + 1, host.end() - 1,
                     [](char letter) { return is_hex_digit(letter) || letter == ':' || letter == '.'; });
}

bool is_host_name(std::string_view host) {
  return !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), [](char letter) {
    return is_digit(letter) || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '.' ||
           letter == '-' || letter == '_';
  });
}

}  // namespace

bool is_host_field(std::string_view text) {
  const std::size_t bracket = text.rfind(']');
  const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view host = text.substr(0, colon);
  if (!is_host_name(host) && !is_bracketed_ipv6(host)) return false;
  if (colon == std::string_view::npos) return true;
  const std::string_view port = text.substr(colon + 1);
  return !port.empty() && port.size() <= 5 && std::all_of(port.begin(), port.end(), is_digit);
}

Result<RequestTarget> parse_request_target(std::string_view target, Method method) {
  const Error bad_target = invalid("http.target", "The request target is not of a form this server takes.", "target");
  if (std::any_of(target.begin(), target.end(), [](char c) { return c < '!' || c > '~' || c == '#'; })) {
    return bad_target;
  }
  if (target == "*") {
    if (method != Method::Options) return bad_target;
    return RequestTarget{{}, "*", {}};
  }
  RequestTarget parsed;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!starts_with_ignoring_case(target, scheme)) continue;
    target.remove_prefix(scheme.size());
    parsed.authority = target.substr(0, target.find_first_of("/?"));
    if (!is_host_field(parsed.authority)) return bad_target;
    target.remove_prefix(parsed.authority.size());
    break;
  }
  const std::size_t question = std::min(target.find('?'), target.size());
  std::string_view raw_path = target.substr(0, question);
  if (raw_path.empty() && !parsed.authority.empty()) raw_path = "/";
  if (raw_path.empty() || raw_path.front() != '/') return bad_target;
  TRY(parsed.path, decode_path(raw_path));
  TRY(parsed.query, decode_query(target.substr(std::min(question + 1, target.size()))));
  return parsed;
}

}  // namespace hinomi
