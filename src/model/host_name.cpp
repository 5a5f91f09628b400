#include "model/host_name.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"
#include "model/network_address.h"

namespace hinomi {
namespace {

constexpr std::size_t kMaxDomain = 253;
constexpr std::size_t kMaxLabel = 63;
constexpr std::size_t kMaxLocalPart = 64;
constexpr std::size_t kMaxUrl = 4096;

struct Scheme {
  std::string_view name;
  unsigned default_port;
};
constexpr std::array<Scheme, 12> kSchemes{{{"http", 80},
                                           {"https", 443},
                                           {"ftp", 21},
                                           {"ftps", 990},
                                           {"sftp", 22},
                                           {"ssh", 22},
                                           {"tftp", 69},
                                           {"ldap", 389},
                                           {"ldaps", 636},
                                           {"ws", 80},
                                           {"wss", 443},
                                           {"rmi", 1099}}};

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_label_character(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; }

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= kMaxLabel && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), is_label_character);
}

// No top-level domain holds a digit unless it is internationalised (RFC 3696 §2).
bool can_be_top_level(std::string_view label) {
  return label.starts_with("xn--") || (label.size() >= 2 && std::all_of(label.begin(), label.end(), is_letter));
}

bool is_local_character(char c) {
  return is_letter(c) || is_digit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}

bool is_local_part(std::string_view local) {
  return !local.empty() && local.size() <= kMaxLocalPart && local.front() != '.' && local.back() != '.' &&
         local.find("..") == std::string_view::npos && std::all_of(local.begin(), local.end(), is_local_character);
}

const Scheme* find_scheme(std::string_view name) {
  const auto* found =
      std::find_if(kSchemes.begin(), kSchemes.end(), [&](const Scheme& scheme) { return scheme.name == name; });
  return found == kSchemes.end() ? nullptr : found;
}

std::optional<std::string> normal_host(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) {
    const auto address = parse_ipv6(host.substr(1, host.size() - 2));
    return address ? std::optional("[" + ipv6_text(*address) + "]") : std::nullopt;
  }
  if (const auto address = parse_ipv4(host)) return ipv4_text(*address);
  return normal_domain(host);
}

// The port as ":8080", "" where it is absent or the default.
std::optional<std::string> normal_port(std::string_view port, unsigned default_port) {
  if (port.empty()) return std::string();
  if (port.size() > 5 || !std::all_of(port.begin(), port.end(), is_digit)) return std::nullopt;
  unsigned number = 0;
  for (const char c : port) number = number * 10 + static_cast<unsigned>(c - '0');
  if (number == 0 || number > 65535) return std::nullopt;
  return number == default_port ? std::string() : ":" + std::to_string(number);
}

std::optional<std::string> normal_authority(std::string_view authority, unsigned default_port) {
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  const auto colon = authority.rfind(':');
  const auto bracket = authority.rfind(']');
  const bool has_port = colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  const auto host = normal_host(authority.substr(0, has_port ? colon : authority.size()));
  const auto port = normal_port(has_port ? authority.substr(colon + 1) : "", default_port);
  if (!host || !port) return std::nullopt;
  return *host + *port;
}

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
char upper(char c) { return is_letter(c) ? static_cast<char>(c - 'a' + 'A') : c; }
bool stays_in_url(char c) {
  return c > ' ' && c < 0x7F && std::string_view("\"<>\\^`{|}%").find(c) == std::string_view::npos;
}

std::string percent_encoded(char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return {'%', kDigits[byte >> 4], kDigits[byte & 15]};
}

std::string normal_path(std::string_view path) {
  std::string out = path.starts_with('/') ? "" : "/";
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '%' && i + 2 < path.size() && is_hex(path[i + 1]) && is_hex(path[i + 2])) {
      out += {'%', upper(path[i + 1]), upper(path[i + 2])};
      i += 2;
    } else if (stays_in_url(path[i])) {
      out += path[i];
    } else {
      out += percent_encoded(path[i]);
    }
  }
  return out;
}

}  // namespace

std::optional<std::string> normal_domain(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  if (text.empty() || text.size() > 4 * kMaxDomain) return std::nullopt;
  std::string name = lower_ascii(text);
  if (!is_ascii(name)) {
    auto ascii = idna_ascii(name);
    if (!ascii.ok()) return std::nullopt;
    name = std::move(*ascii);
  }
  const auto labels = split(name, '.');
  if (name.size() > kMaxDomain || labels.size() < 2 || !can_be_top_level(labels.back())) return std::nullopt;
  if (!std::all_of(labels.begin(), labels.end(), is_label)) return std::nullopt;
  return name;
}

std::optional<std::string> normal_email(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == std::string_view::npos) return std::nullopt;
  // RFC 5321 lets a host tell local parts apart by case; none that matters does, and people write either.
  std::string local = lower_ascii(text.substr(0, at));
  const auto domain = normal_domain(text.substr(at + 1));
  if (!domain || !is_local_part(local)) return std::nullopt;
  return local + '@' + *domain;
}

std::optional<std::string> normal_url(std::string_view text) {
  const auto separator = text.find("://");
  if (separator == std::string_view::npos || text.size() > kMaxUrl) return std::nullopt;
  const std::string scheme_name = lower_ascii(text.substr(0, separator));
  const auto* scheme = find_scheme(scheme_name);
  if (scheme == nullptr) return std::nullopt;
  std::string_view rest = text.substr(separator + 3);
  rest = rest.substr(0, rest.find('#'));
  const auto path_begin = std::min(rest.find_first_of("/?\\"), rest.size());
  const auto authority = normal_authority(rest.substr(0, path_begin), scheme->default_port);
  if (!authority) return std::nullopt;
  return scheme_name + "://" + *authority + normal_path(rest.substr(path_begin));
}

}  // namespace hinomi
