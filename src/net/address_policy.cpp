#include "net/address_policy.h"

#include <arpa/inet.h>

#include <algorithm>

namespace hinomi {
namespace {

struct Block {
  IpAddress base;
  unsigned prefix;  // of 128 bits; an IPv4 prefix counts 96 more
};

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

constexpr Block v4(std::array<std::uint8_t, 4> octets, unsigned prefix) {
  return {IpAddress{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, octets[0], octets[1], octets[2], octets[3]}},
          96 + prefix};
}

constexpr Block v6(std::array<std::uint8_t, 6> first, unsigned prefix) {
  return {IpAddress{{first[0], first[1], first[2], first[3], first[4], first[5]}}, prefix};
}

// IANA IPv4 Special-Purpose Address Registry, entries not globally reachable, with multicast (RFC 5771) and the
// deprecated 6to4 relay block (RFC 7526).
constexpr std::array<Block, 15> kNotPublicV4{{
    v4({0, 0, 0, 0}, 8),
    v4({10, 0, 0, 0}, 8),
    v4({100, 64, 0, 0}, 10),
    v4({127, 0, 0, 0}, 8),
    v4({169, 254, 0, 0}, 16),
    v4({172, 16, 0, 0}, 12),
    v4({192, 0, 0, 0}, 24),
    v4({192, 0, 2, 0}, 24),
    v4({192, 88, 99, 0}, 24),
    v4({192, 168, 0, 0}, 16),
    v4({198, 18, 0, 0}, 15),
    v4({198, 51, 100, 0}, 24),
    v4({203, 0, 113, 0}, 24),
    v4({224, 0, 0, 0}, 4),
    v4({240, 0, 0, 0}, 4),
}};

// Inside 2000::/3: IETF protocol assignments (with Teredo and ORCHID), documentation, 6to4.
constexpr std::array<Block, 4> kNotPublicV6{{
    v6({0x20, 0x01, 0x00, 0x00}, 23),
    v6({0x20, 0x01, 0x0D, 0xB8}, 32),
    v6({0x20, 0x02}, 16),
    v6({0x3F, 0xFF}, 20),
}};

constexpr Block kGlobalUnicast = v6({0x20}, 3);             // RFC 4291 §2.5.4
constexpr Block kNat64 = v6({0x00, 0x64, 0xFF, 0x9B}, 96);  // RFC 6052

bool contains(const Block& block, const IpAddress& address) {
  const unsigned whole = block.prefix / 8;
  const auto split = block.base.bytes.begin() + whole;
  if (!std::equal(block.base.bytes.begin(), split, address.bytes.begin())) return false;
  const unsigned rest = block.prefix % 8;
  if (rest == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xFFU << (8 - rest));
  return (address.bytes.at(whole) & mask) == (block.base.bytes.at(whole) & mask);
}

template <class Blocks>
bool is_in_any(const Blocks& blocks, const IpAddress& address) {
  return std::any_of(blocks.begin(), blocks.end(), [&](const Block& block) { return contains(block, address); });
}

IpAddress last_four_as_v4(const IpAddress& address) {
  return IpAddress::from_v4({address.bytes[12], address.bytes[13], address.bytes[14], address.bytes[15]});
}

// RFC 5214 §6.1: interface identifier 0000:5efe or 0200:5efe, then an IPv4 address.
bool is_isatap(const IpAddress& address) {
  return (address.bytes[8] & 0xFD) == 0 && address.bytes[9] == 0 && address.bytes[10] == 0x5E &&
         address.bytes[11] == 0xFE;
}

}  // namespace

IpAddress IpAddress::from_v4(std::array<std::uint8_t, 4> octets) {
  IpAddress address;
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), address.bytes.begin());
  std::copy(octets.begin(), octets.end(), address.bytes.begin() + kMappedPrefix.size());
  return address;
}

Result<IpAddress> IpAddress::parse(std::string_view text) {
  const std::string terminated(text);
  std::array<std::uint8_t, 4> octets{};
  IpAddress address;
  if (terminated.size() == text.size() && text.find('\0') == std::string_view::npos) {
    if (inet_pton(AF_INET, terminated.c_str(), octets.data()) == 1) return from_v4(octets);
    if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
  }
  return invalid("address.syntax", "This is not a numeric IPv4 or IPv6 address.");
}

bool IpAddress::is_v4() const { return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin()); }

std::string IpAddress::text() const {
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (is_v4()) {
    inet_ntop(AF_INET, bytes.data() + kMappedPrefix.size(), out.data(), out.size());
  } else {
    inet_ntop(AF_INET6, bytes.data(), out.data(), out.size());
  }
  return out.data();
}

bool is_public_address(const IpAddress& address) {
  if (address.is_v4()) return !is_in_any(kNotPublicV4, address);
  if (contains(kNat64, address)) return is_public_address(last_four_as_v4(address));
  if (!contains(kGlobalUnicast, address) || is_in_any(kNotPublicV6, address)) return false;
  return !is_isatap(address) || is_public_address(last_four_as_v4(address));
}

bool AddressPolicy::allows(const Endpoint& peer) const {
  if (std::find(also_allowed.begin(), also_allowed.end(), peer) != also_allowed.end()) return true;
  return (peer.port == 80 || peer.port == 443) && is_public_address(peer.address);
}

}  // namespace hinomi
