// IPv4 and IPv6 addresses as text and as bytes. Strict: one value per text, no octal, no shortened IPv4, no zone ids.
// Pure functions; safe on any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hinomi {

using Ipv6Bytes = std::array<std::uint8_t, 16>;  // network order

// Four decimal numbers without leading zeros (RFC 6943 §3.1.1 strict form); nothing for any other text.
std::optional<std::uint32_t> parse_ipv4(std::string_view text);  // host order: 192.0.2.1 is 0xC0000201
std::string ipv4_text(std::uint32_t address);

struct Ipv4Network {
  std::uint32_t address = 0;  // host bits are zero
  unsigned prefix = 32;       // 0–32
};
// 192.0.2.0/24 (RFC 4632); host bits are cleared.
std::optional<Ipv4Network> parse_ipv4_network(std::string_view text);
std::string ipv4_network_text(const Ipv4Network& network);

// Any form of RFC 4291 §2.2, with an IPv4 tail too.
std::optional<Ipv6Bytes> parse_ipv6(std::string_view text);
// The form of RFC 5952; IPv4-mapped addresses end in dotted decimal (§5).
std::string ipv6_text(const Ipv6Bytes& address);

}  // namespace hinomi
