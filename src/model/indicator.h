// Indicators of compromise: typed, normalised values. Attacker side only; what belongs to a victim is not an indicator.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hinomi {

enum class IndicatorType { Ipv4, Ipv4Cidr, Ipv6, Domain, Url, Email, Md5, Sha1, Sha256, FileName };
std::string_view indicator_type_text(IndicatorType type);  // "ipv4", "ipv4-cidr", "domain", "sha256" …
Result<IndicatorType> parse_indicator_type(std::string_view text);

struct Indicator {
  IndicatorType type = IndicatorType::Domain;
  std::string value;  // normalised: lower case where case has no meaning, no default port, no trailing dot
  auto operator<=>(const Indicator&) const = default;
};

// Reads one indicator as people write it: defanged (hxxp, [.], (dot), [:]), full-width, upper case, with white space
// around. The type is recognised. Invalid when nothing fits, and for values that would match everything (0.0.0.0/0,
// "com").
Result<Indicator> read_indicator(std::string_view text);
// Checks and normalises a value of a known type.
Result<Indicator> make_indicator(IndicatorType type, std::string_view value);
// Every indicator found in a running text (defanged forms too), in order of appearance, without repeats.
std::vector<Indicator> find_indicators(std::string_view text);
// hxxps://evil[.]example/ — for showing; never a live link.
std::string defanged(const Indicator& indicator);

}  // namespace hinomi
