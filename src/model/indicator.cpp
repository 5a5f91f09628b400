#include "model/indicator.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "model/file_name.h"
#include "model/host_name.h"
#include "model/network_address.h"
#include "model/refang.h"
#include "model/words.h"

namespace hinomi {
namespace {

constexpr Words<IndicatorType, 10> kTypes{
    "indicator.type_unknown",
    {"ipv4", "ipv4-cidr", "ipv6", "domain", "url", "email", "md5", "sha1", "sha256", "file-name"}};
constexpr std::size_t kMaxText = 4096;
constexpr unsigned kWidestPrefix = 8;

Error malformed(IndicatorType type) {
  return invalid("indicator.malformed", fmt::format("This is not a valid {}.", kTypes.text(type)));
}
Error matches_everything() {
  return invalid("indicator.matches_everything", "This value would match what every member has; it tells nothing.");
}

Result<Indicator> make_ipv4(std::string_view value) {
  const auto address = parse_ipv4(value);
  if (!address) return malformed(IndicatorType::Ipv4);
  const bool is_loopback = *address >> 24 == 127;
  if (*address >> 24 == 0 || *address == ~std::uint32_t{0} || is_loopback) return matches_everything();
  return Indicator{IndicatorType::Ipv4, ipv4_text(*address)};
}

Result<Indicator> make_ipv4_cidr(std::string_view value) {
  const auto network = parse_ipv4_network(value);
  if (!network) return malformed(IndicatorType::Ipv4Cidr);
  if (network->prefix == 32) return make_ipv4(ipv4_text(network->address));
  const bool is_loopback = network->address >> 24 == 127;
  if (network->prefix < kWidestPrefix || network->address >> 24 == 0 || is_loopback) return matches_everything();
  return Indicator{IndicatorType::Ipv4Cidr, ipv4_network_text(*network)};
}

Result<Indicator> make_ipv6(std::string_view value) {
  if (value.starts_with('[') && value.ends_with(']')) value = value.substr(1, value.size() - 2);
  const auto address = parse_ipv6(value);
  if (!address) return malformed(IndicatorType::Ipv6);
  const bool only_last = std::all_of(address->begin(), address->end() - 1, [](auto byte) { return byte == 0; });
  if (only_last && address->back() <= 1) return matches_everything();  // :: and ::1
  return Indicator{IndicatorType::Ipv6, ipv6_text(*address)};
}

Result<Indicator> make_domain(std::string_view value) {
  if (const auto label = lower_ascii(value); label.find('.') == std::string::npos && is_known_top_level(label)) {
    return matches_everything();
  }
  auto name = normal_domain(value);
  if (!name) return malformed(IndicatorType::Domain);
  if (is_registry_suffix(*name)) return matches_everything();
  return Indicator{IndicatorType::Domain, std::move(*name)};
}

Result<Indicator> make_url(std::string_view value) {
  auto url = normal_url(value);
  if (!url) return malformed(IndicatorType::Url);
  return Indicator{IndicatorType::Url, std::move(*url)};
}

Result<Indicator> make_email(std::string_view value) {
  auto address = normal_email(value);
  if (!address) return malformed(IndicatorType::Email);
  return Indicator{IndicatorType::Email, std::move(*address)};
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

std::optional<IndicatorType> hash_type(std::size_t digits) {
  switch (digits) {
    case 32: return IndicatorType::Md5;
    case 40: return IndicatorType::Sha1;
    case 64: return IndicatorType::Sha256;
    default: return std::nullopt;
  }
}

Result<Indicator> make_hash(IndicatorType type, std::string_view value) {
  std::string digits = lower_ascii(value);
  if (hash_type(digits.size()) != type || !std::all_of(digits.begin(), digits.end(), is_hex)) return malformed(type);
  const bool one_digit = digits.find_first_not_of(digits.front()) == std::string::npos;
  if (one_digit || is_hash_of_nothing(digits)) return matches_everything();
  return Indicator{type, std::move(digits)};
}

Result<Indicator> make_file_name(std::string_view value) {
  auto name = normal_file_name(value);
  if (!name) return malformed(IndicatorType::FileName);
  if (is_system_file_name(*name)) return matches_everything();
  return Indicator{IndicatorType::FileName, std::move(*name)};
}

std::string_view unwrapped(std::string_view text) {
  constexpr std::array<std::string_view, 4> kPairs{"\"\"", "''", "<>", "``"};
  text = trimmed(text);
  for (const auto pair : kPairs) {
    if (text.size() > 2 && text.front() == pair[0] && text.back() == pair[1]) return text.substr(1, text.size() - 2);
  }
  return text;
}

bool looks_like_hash(std::string_view text) {
  const std::string lower = lower_ascii(text);
  return hash_type(lower.size()).has_value() && std::all_of(lower.begin(), lower.end(), is_hex);
}

bool looks_like_file(const Refanged& token) {
  const auto extension = lower_ascii(token.text.substr(token.text.rfind('.') + 1));
  return !token.was_defanged && is_file_extension(extension) &&
         (!is_known_top_level(extension) || is_file_like_top_level(extension));
}

// What the token is meant to be, by its shape alone; whether it is valid is seen when it is made.
IndicatorType shape_of(const Refanged& token) {
  const std::string_view text = token.text;
  const auto colons = std::count(text.begin(), text.end(), ':');
  if (text.find("://") != std::string_view::npos) return IndicatorType::Url;
  if (text.find('@') != std::string_view::npos) return IndicatorType::Email;
  if (looks_like_hash(text)) return *hash_type(text.size());
  if (colons >= 2) return IndicatorType::Ipv6;
  if (parse_ipv4(text)) return IndicatorType::Ipv4;
  if (parse_ipv4_network(text)) return IndicatorType::Ipv4Cidr;
  return looks_like_file(token) ? IndicatorType::FileName : IndicatorType::Domain;
}

}  // namespace

std::string_view indicator_type_text(IndicatorType type) { return kTypes.text(type); }
Result<IndicatorType> parse_indicator_type(std::string_view text) { return kTypes.parse(text); }

Result<Indicator> make_indicator(IndicatorType type, std::string_view value) {
  if (value.size() > kMaxText) return too_large("indicator.too_long", "An indicator may have 4096 bytes.");
  switch (type) {
    case IndicatorType::Ipv4: return make_ipv4(value);
    case IndicatorType::Ipv4Cidr: return make_ipv4_cidr(value);
    case IndicatorType::Ipv6: return make_ipv6(value);
    case IndicatorType::Domain: return make_domain(value);
    case IndicatorType::Url: return make_url(value);
    case IndicatorType::Email: return make_email(value);
    case IndicatorType::Md5:
    case IndicatorType::Sha1:
    case IndicatorType::Sha256: return make_hash(type, value);
    case IndicatorType::FileName: return make_file_name(value);
  }
  return malformed(type);
}

Result<Indicator> read_indicator(std::string_view text) {
  if (text.size() > kMaxText) return too_large("indicator.too_long", "An indicator may have 4096 bytes.");
  Refanged token = refanged(text);
  token.text = std::string(unwrapped(token.text));
  auto indicator = make_indicator(shape_of(token), token.text);
  if (indicator.ok() || indicator.error().code != "indicator.malformed") return indicator;
  return invalid("indicator.unrecognised",
                 "This is no address, network, domain, URL, e-mail address, hash or file name that could be read.");
}

std::string defanged(const Indicator& indicator) {
  const bool is_address = indicator.type == IndicatorType::Ipv6;
  const bool stays = indicator.type >= IndicatorType::Md5;
  std::string_view value = indicator.value;
  std::string out;
  if (indicator.type == IndicatorType::Url && value.starts_with("http")) {
    out = "hxxp";
    value.remove_prefix(4);
  }
  for (const char c : value) {
    if (c == '.' && !stays) {
      out += "[.]";
    } else if (c == ':' && is_address) {
      out += "[:]";
    } else if (c == '@' && indicator.type == IndicatorType::Email) {
      out += "[@]";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace hinomi
