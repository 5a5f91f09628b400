#include "model/network_address.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/text.h"

namespace hinomi {
namespace {

using Groups = std::array<std::uint16_t, 8>;

// A decimal number up to `limit` without leading zeros.
std::optional<unsigned> parse_decimal(std::string_view text, unsigned limit) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value <= limit ? std::optional(value) : std::nullopt;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::uint16_t> parse_group(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    if (hex_digit(c) < 0) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(hex_digit(c));
  }
  return static_cast<std::uint16_t>(value);
}

// One side of "::": groups, the last of which may be an IPv4 address where `tail` allows it.
enum class Tail { Groups, MayBeIpv4 };
std::optional<std::vector<std::uint16_t>> parse_groups(std::string_view text, Tail tail) {
  std::vector<std::uint16_t> groups;
  if (text.empty()) return groups;
  const auto parts = split(text, ':');
  if (parts.size() > 8) return std::nullopt;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (const auto group = parse_group(parts[i])) {
      groups.push_back(*group);
      continue;
    }
    const auto ipv4 = parse_ipv4(parts[i]);
    if (!ipv4 || tail == Tail::Groups || i + 1 != parts.size()) return std::nullopt;
    groups.push_back(static_cast<std::uint16_t>(*ipv4 >> 16));
    groups.push_back(static_cast<std::uint16_t>(*ipv4));
  }
  return groups;
}

Ipv6Bytes bytes_of(std::span<const std::uint16_t> head, std::span<const std::uint16_t> tail) {
  Groups groups{};
  std::copy(head.begin(), head.end(), groups.begin());
  std::copy_backward(tail.begin(), tail.end(), groups.end());
  Ipv6Bytes bytes{};
  for (std::size_t i = 0; i < groups.size(); ++i) {
    bytes[2 * i] = static_cast<std::uint8_t>(groups[i] >> 8);
    bytes[2 * i + 1] = static_cast<std::uint8_t>(groups[i]);
  }
  return bytes;
}

struct ZeroRun {
  std::size_t begin = 0;
  std::size_t length = 0;
};

// RFC 5952 §4.2: the longest run of two or more zero groups, the first of equals.
ZeroRun longest_zero_run(std::span<const std::uint16_t> groups) {
  ZeroRun best;
  for (std::size_t i = 0; i < groups.size();) {
    std::size_t end = i;
    while (end < groups.size() && groups[end] == 0) ++end;
    if (end - i > best.length) best = {i, end - i};
    i = std::max(end, i + 1);
  }
  return best.length >= 2 ? best : ZeroRun{};
}

std::string groups_text(std::span<const std::uint16_t> groups) { return fmt::format("{:x}", fmt::join(groups, ":")); }

bool is_ipv4_mapped(const Groups& groups) {
  return std::all_of(groups.begin(), groups.begin() + 5, [](auto group) { return group == 0; }) && groups[5] == 0xFFFF;
}

}  // namespace

std::optional<std::uint32_t> parse_ipv4(std::string_view text) {
  if (text.size() > 15) return std::nullopt;
  const auto parts = split(text, '.');
  if (parts.size() != 4) return std::nullopt;
  std::uint32_t address = 0;
  for (const auto part : parts) {
    const auto number = parse_decimal(part, 255);
    if (!number) return std::nullopt;
    address = address << 8 | *number;
  }
  return address;
}

std::string ipv4_text(std::uint32_t address) {
  return fmt::format("{}.{}.{}.{}", address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255);
}

std::optional<Ipv4Network> parse_ipv4_network(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto address = parse_ipv4(text.substr(0, slash));
  const auto prefix = parse_decimal(text.substr(slash + 1), 32);
  if (!address || !prefix) return std::nullopt;
  const std::uint32_t mask = *prefix == 0 ? 0 : ~std::uint32_t{0} << (32 - *prefix);
  return Ipv4Network{*address & mask, *prefix};
}

std::string ipv4_network_text(const Ipv4Network& network) {
  return fmt::format("{}/{}", ipv4_text(network.address), network.prefix);
}

std::optional<Ipv6Bytes> parse_ipv6(std::string_view text) {
  if (text.size() < 2 || text.size() > 45) return std::nullopt;
  const auto gap = text.find("::");
  if (gap == std::string_view::npos) {
    const auto groups = parse_groups(text, Tail::MayBeIpv4);
    if (!groups || groups->size() != 8) return std::nullopt;
    return bytes_of(*groups, {});
  }
  const auto head = parse_groups(text.substr(0, gap), Tail::Groups);
  const auto tail = parse_groups(text.substr(gap + 2), Tail::MayBeIpv4);
  if (!head || !tail || head->size() + tail->size() > 7) return std::nullopt;
  return bytes_of(*head, *tail);
}

std::string ipv6_text(const Ipv6Bytes& address) {
  Groups groups{};
  for (std::size_t i = 0; i < groups.size(); ++i) {
    groups[i] = static_cast<std::uint16_t>(address[2 * i] << 8 | address[2 * i + 1]);
  }
  if (is_ipv4_mapped(groups)) {
    return "::ffff:" + ipv4_text(static_cast<std::uint32_t>(groups[6]) << 16 | groups[7]);
  }
  const std::span<const std::uint16_t> all(groups);
  const ZeroRun zeros = longest_zero_run(all);
  if (zeros.length == 0) return groups_text(all);
  return groups_text(all.first(zeros.begin)) + "::" + groups_text(all.subspan(zeros.begin + zeros.length));
}

}  // namespace hinomi
