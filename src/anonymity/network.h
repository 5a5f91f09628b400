// Network names as reports write them: defanged or not, and whose they are. Pure functions.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "anonymity/span.h"
#include "model/indicator.h"
#include "model/network_address.h"

namespace hinomi::anonymity {

// hxxps[:]//evil[.]example → https://evil.example; lower case, white space removed.
std::string refanged_name(std::string_view text);
bool is_ipv4(std::string_view text);       // with an optional /prefix or :port
bool is_ipv6(std::string_view text);       // with an optional /prefix
bool is_host_name(std::string_view text);  // has a plausible top-level label; "report.pdf" has none
// Addresses nobody can be reached at from outside: RFC 1918, 4193, 6598, 3927, loopback, link-local.
bool is_private_address(std::string_view address);
// Names that only exist inside: one label, or .local .internal .lan .corp … (RFC 6762, RFC 8375, common practice).
bool is_internal_name(std::string_view host);
// The host inside a URL, an e-mail address or a host with a port.
std::string host_of(std::string_view refanged_text);

// Answers whose a network identifier is. Borrowing nothing; build one per text.
class SideJudge {
 public:
  // `own_terms`: lookup forms of the reporter's names and domains; only Latin ones of four letters or more are used.
  SideJudge(const std::vector<Indicator>& attacker, const std::vector<std::string>& own_terms);
  // What the report lists as attack infrastructure is Attacker; private and own is Victim; the rest is Doubt.
  [[nodiscard]] Side judge(SpanClass span_class, std::string_view text) const;

 private:
  [[nodiscard]] bool is_listed(const std::string& value) const;
  std::set<std::string, std::less<>> attacker_;
  std::vector<Ipv4Network> attacker_networks_;
  std::vector<std::string> own_terms_;
};

}  // namespace hinomi::anonymity
