#include "anonymity/network.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"
#include "model/host_name.h"
#include "model/refang.h"

namespace hinomi::anonymity {
namespace {

// Only used inside, by standard (RFC 6762, RFC 8375, RFC 6761) or by habit.
constexpr std::array<std::string_view, 11> kInternalTopLevels{
    "local", "internal", "lan", "corp", "intra", "home", "private", "localdomain", "domain", "intranet", "ad"};
constexpr std::array<std::string_view, 4> kReservedTopLevels{"test", "example", "invalid", "onion"};

bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

// The address without "/24" or ":443".
std::string_view bare_ipv4(std::string_view text) { return text.substr(0, text.find_first_of("/:")); }
std::string_view bare_ipv6(std::string_view text) { return text.substr(0, text.find('/')); }

bool is_inside(std::uint32_t address, const Ipv4Network& network) {
  return network.prefix == 0 || ((address ^ network.address) >> (32 - network.prefix)) == 0;
}

bool is_private_ipv4(std::uint32_t address) {
  static constexpr std::array<Ipv4Network, 8> kPrivate{{{0x0A000000, 8},
                                                        {0x7F000000, 8},
                                                        {0x00000000, 8},
                                                        {0xAC100000, 12},
                                                        {0xC0A80000, 16},
                                                        {0xA9FE0000, 16},
                                                        {0x64400000, 10},
                                                        {0xF0000000, 4}}};
  return std::ranges::any_of(kPrivate, [address](const Ipv4Network& network) { return is_inside(address, network); });
}

// fc00::/7, fe80::/10 and ::1.
bool is_private_ipv6(const Ipv6Bytes& address) {
  if ((address[0] & 0xFEU) == 0xFC || (address[0] == 0xFE && (address[1] & 0xC0U) == 0x80)) return true;
  return address[15] == 1 &&
         std::ranges::all_of(std::span(address).first(15), [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace

std::string refanged_name(std::string_view text) {
  std::string joined;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\t') joined += c;
  }
  return lower_ascii(refanged(joined).text);
}

bool is_ipv4(std::string_view text) { return parse_ipv4(bare_ipv4(text)).has_value(); }

// "a::b" is a qualified name in program text more often than an address.
bool is_ipv6(std::string_view text) {
  const std::string_view address = bare_ipv6(text);
  const bool is_long = address.size() >= 6 || address.starts_with("::");
  return is_long && parse_ipv6(address).has_value();
}

bool is_host_name(std::string_view text) {
  const auto labels = split(text, '.');
  if (labels.size() < 2) return false;
  const std::string_view last = labels.back();
  if (contains(kInternalTopLevels, last) || contains(kReservedTopLevels, last)) return true;
  if (labels.size() == 2) return is_known_top_level(last) && !is_file_like_top_level(last);
  return true;
}

bool is_private_address(std::string_view address) {
  if (const auto ipv4 = parse_ipv4(bare_ipv4(address))) return is_private_ipv4(*ipv4);
  const auto ipv6 = parse_ipv6(bare_ipv6(address));
  return ipv6 && is_private_ipv6(*ipv6);
}

bool is_internal_name(std::string_view host) {
  const std::size_t dot = host.rfind('.');
  return dot == std::string_view::npos || contains(kInternalTopLevels, host.substr(dot + 1));
}

std::string host_of(std::string_view text) {
  if (const auto scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  text = text.substr(0, text.find_first_of("/?#"));
  if (const auto at = text.rfind('@'); at != std::string_view::npos) text.remove_prefix(at + 1);
  if (std::ranges::count(text, ':') == 1) text = text.substr(0, text.find(':'));
  return std::string(text);
}

SideJudge::SideJudge(const std::vector<Indicator>& attacker, const std::vector<std::string>& own_terms) {
  for (const Indicator& indicator : attacker) {
    attacker_.insert(lower_ascii(indicator.value));
    if (indicator.type != IndicatorType::Ipv4Cidr) continue;
    if (const auto network = parse_ipv4_network(indicator.value)) attacker_networks_.push_back(*network);
  }
  for (const std::string& term : own_terms) {
    std::string letters;
    for (const char c : term) {
      if (c != ' ') letters += c;
    }
    const bool latin = std::ranges::all_of(letters, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (latin && letters.size() >= 4) own_terms_.push_back(lower_ascii(letters));
  }
}

// A listed domain covers its subdomains, a listed network its addresses; a listed URL covers itself only.
bool SideJudge::is_listed(const std::string& value) const {
  if (attacker_.contains(value)) return true;
  if (const auto ipv4 = parse_ipv4(bare_ipv4(value))) {
    return attacker_.contains(ipv4_text(*ipv4)) ||
           std::ranges::any_of(attacker_networks_,
                               [&](const Ipv4Network& network) { return is_inside(*ipv4, network); });
  }
  if (const auto ipv6 = parse_ipv6(bare_ipv6(value))) return attacker_.contains(ipv6_text(*ipv6));
  std::string_view host = value;
  for (int depth = 0; depth < 10 && !host.empty(); ++depth) {
    if (attacker_.contains(host)) return true;
    const std::size_t dot = host.find('.');
    if (dot == std::string_view::npos) break;
    host.remove_prefix(dot + 1);
  }
  return false;
}

Side SideJudge::judge(SpanClass span_class, std::string_view text) const {
  const std::string value = refanged_name(text);
  if (span_class == SpanClass::Account || value.starts_with("\\\\")) return Side::Victim;
  const std::string host = host_of(value);
  const bool own =
      std::ranges::any_of(own_terms_, [&](const std::string& term) { return value.find(term) != std::string::npos; });
  // A lure may carry the victim's name in its own address: what is listed is the attacker's, but a person looks.
  const bool listed = is_listed(value) || (span_class != SpanClass::Email && is_listed(host));
  if (listed) return own ? Side::Doubt : Side::Attacker;
  if (own || is_private_address(value) || is_private_address(host)) return Side::Victim;
  const bool inside = span_class != SpanClass::Ip && host.find('.') != std::string::npos && is_internal_name(host);
  return inside ? Side::Victim : Side::Doubt;
}

}  // namespace hinomi::anonymity
