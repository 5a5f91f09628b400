#include "hunt/url_form.h"

#include <algorithm>

#include "base/text.h"

namespace hinomi::hunting {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = static_cast<char>(c | 0x20);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

// Undoes what JSON writers do to a URL: "\/" and "\u00XX".
std::string without_json_escapes(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '/') continue;
    if (text[i] == '\\' && i + 5 < text.size() && text.substr(i + 1, 3) == "u00" && hex_digit(text[i + 4]) >= 0 &&
        hex_digit(text[i + 5]) >= 0) {
      plain += static_cast<char>((hex_digit(text[i + 4]) << 4) | hex_digit(text[i + 5]));
      i += 5;
      continue;
    }
    plain += text[i];
  }
  return plain;
}

// %7E is ~; other escapes are kept with upper-case digits, and { } are escaped as read_indicator() does.
std::string with_uniform_percent(std::string_view text) {
  static constexpr std::string_view kUpperHex = "0123456789ABCDEF";
  std::string uniform;
  uniform.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape =
        text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    if (!is_escape) {
      if (text[i] == '{' || text[i] == '}' || text[i] == '%') {
        uniform += text[i] == '{' ? "%7B" : (text[i] == '}' ? "%7D" : "%25");
      } else {
        uniform += text[i];
      }
      continue;
    }
    const int value = (hex_digit(text[i + 1]) << 4) | hex_digit(text[i + 2]);
    if (is_unreserved(static_cast<char>(value))) {
      uniform += static_cast<char>(value);
    } else {
      uniform += '%';
      uniform += kUpperHex[static_cast<std::size_t>(value >> 4)];
      uniform += kUpperHex[static_cast<std::size_t>(value & 15)];
    }
    i += 2;
  }
  return uniform;
}

std::string uniform_scheme(std::string_view scheme) {
  std::string lower = lower_ascii(scheme);
  if (lower == "hxxp" || lower == "hxxps") lower.replace(1, 2, "tt");
  if (lower == "fxp") lower = "ftp";
  return lower;
}

bool is_default_port(std::string_view scheme, std::string_view port) {
  return port.empty() || (scheme == "http" && port == "80") || (scheme == "https" && port == "443") ||
         (scheme == "ftp" && port == "21");
}

std::string uniform_authority(std::string_view scheme, std::string_view authority) {
  std::string_view host = authority.substr(authority.rfind('@') + 1);
  const std::size_t bracket = host.rfind(']');
  const std::size_t colon = host.rfind(':');
  std::string_view port;
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    port = host.substr(colon + 1);
    host = host.substr(0, colon);
  }
  while (host.ends_with('.')) host.remove_suffix(1);
  std::string uniform = lower_ascii(host);
  if (!is_default_port(scheme, port)) uniform += ":" + std::string(port);
  return uniform;
}

}  // namespace

std::string comparable_url(std::string_view url) {
  if (url.size() > kMaxUrlBytes) return {};
  const std::string plain = without_json_escapes(url);
  const std::string_view text = plain;
  std::size_t colon = text.find("://");
  std::size_t after = colon + 3;
  if (colon == std::string_view::npos) {
    colon = text.find("[:]//");
    after = colon + 5;
  }
  if (colon == std::string_view::npos || colon == 0) return {};
  const std::string scheme = uniform_scheme(text.substr(0, colon));
  const std::size_t end = std::min(text.find_first_of("/?#", after), text.size());
  const std::string authority = uniform_authority(scheme, text.substr(after, end - after));
  if (authority.empty()) return {};
  const std::string rest = with_uniform_percent(text.substr(end, text.find('#', end) - end));
  return scheme + "://" + authority + (rest.starts_with('/') ? "" : "/") + rest;
}

std::string_view host_of(std::string_view comparable) {
  const std::size_t scheme = comparable.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view authority = comparable.substr(scheme + 3);
  authority = authority.substr(0, authority.find_first_of("/?"));
  if (authority.starts_with('[')) return authority.substr(1, authority.find(']') - 1);
  return authority.substr(0, authority.find(':'));
}

}  // namespace hinomi::hunting
