// Which network addresses a fetch on somebody else's word may reach (SSRF guard). Pure functions; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hinomi {

// An IPv6 address; IPv4 is held in its mapped form ::ffff:a.b.c.d (RFC 4291 §2.5.5.2).
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};

  // Strict text forms only: dotted quad without leading zeros, or RFC 4291 text. "0177.1", "2130706433" are Invalid.
  static Result<IpAddress> parse(std::string_view text);
  static IpAddress from_v4(std::array<std::uint8_t, 4> octets);
  // As an ordinary reader writes it; mapped addresses as IPv4.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool is_v4() const;
  bool operator==(const IpAddress&) const = default;
};

// False for every block that the IANA special-purpose registries do not call globally reachable, for multicast, and for
// IPv6 forms that carry a non-public IPv4 address inside (mapped, NAT64, ISATAP). 6to4, Teredo and compatible addresses
// are refused whatever they carry.
bool is_public_address(const IpAddress& address);

struct Endpoint {
  IpAddress address;
  unsigned short port = 0;
  bool operator==(const Endpoint&) const = default;
};

// Default: public addresses on ports 80 and 443. `also_allowed` names exceptions: an internal mirror, a test server.
struct AddressPolicy {
  std::vector<Endpoint> also_allowed;

  [[nodiscard]] bool allows(const Endpoint& peer) const;
};

}  // namespace hinomi
