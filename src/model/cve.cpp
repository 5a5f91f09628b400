#include "model/cve.h"

#include <algorithm>

#include "base/text.h"

namespace hinomi {
namespace {

constexpr std::string_view kPrefix = "CVE-";
constexpr std::size_t kYearEnd = 8;  // "CVE-2026"
constexpr std::size_t kMinDigits = 4;
constexpr std::size_t kMaxDigits = 19;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::size_t digits_from(std::string_view text, std::size_t from) {
  std::size_t end = from;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - from;
}

// Length of the id that starts the text in either case, or 0.
std::size_t cve_length(std::string_view text) {
  if (!starts_with_ignoring_case(text, kPrefix) || digits_from(text, kPrefix.size()) != 4) return 0;
  if (text.size() <= kYearEnd || text[kYearEnd] != '-') return 0;
  const std::size_t digits = digits_from(text, kYearEnd + 1);
  return digits >= kMinDigits && digits <= kMaxDigits ? kYearEnd + 1 + digits : 0;
}

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

}  // namespace

bool is_cve(std::string_view text) { return text.starts_with(kPrefix) && cve_length(text) == text.size(); }

std::vector<std::string> find_cves(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t at = text.find_first_of("Cc"); at != std::string_view::npos; at = text.find_first_of("Cc", at)) {
    const std::size_t length = at > 0 && is_word(text[at - 1]) ? 0 : cve_length(text.substr(at));
    if (length > 0) found.push_back(upper_ascii(text.substr(at, length)));
    at += std::max<std::size_t>(length, 1);
  }
  std::ranges::sort(found);
  found.erase(std::ranges::unique(found).begin(), found.end());
  return found;
}

}  // namespace hinomi
