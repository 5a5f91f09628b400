// CVE identifiers in text: one spelling everywhere, so that sources can be joined on them.
// Pure functions; safe on any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hinomi {

// True for exactly CVE-YYYY-N with 4 to 19 digits in N, upper case (CVE record format 5).
bool is_cve(std::string_view text);
// Every CVE id in a running text, in either case, as upper case; sorted, without repeats. Linear in the text.
std::vector<std::string> find_cves(std::string_view text);

}  // namespace hinomi
