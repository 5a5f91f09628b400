#include "formats/stix_pattern.h"

#include <fmt/format.h>

namespace hinomi {
namespace {

std::string_view object_path(IndicatorType type) {
  switch (type) {
    case IndicatorType::Ipv4:
    case IndicatorType::Ipv4Cidr: return "ipv4-addr:value";
    case IndicatorType::Ipv6: return "ipv6-addr:value";
    case IndicatorType::Domain: return "domain-name:value";
    case IndicatorType::Url: return "url:value";
    case IndicatorType::Email: return "email-addr:value";
    case IndicatorType::Md5: return "file:hashes.MD5";
    case IndicatorType::Sha1: return "file:hashes.'SHA-1'";
    case IndicatorType::Sha256: return "file:hashes.'SHA-256'";
    case IndicatorType::FileName: return "file:name";
  }
  return "x-hinomi:value";
}

// §9.2.1: a quote or backslash inside a string literal stands behind a backslash.
std::string escaped(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string stix_pattern_of(const Indicator& indicator) {
  return fmt::format("[{} = '{}']", object_path(indicator.type), escaped(indicator.value));
}

}  // namespace hinomi
