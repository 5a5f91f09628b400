#include "model/ids.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace hinomi {
namespace {

constexpr std::array<std::string_view, 3> kPrefixes{"NR", "NS", "NC"};
constexpr std::size_t kSuffixLength = 4;
constexpr std::size_t kNumberLength = 2 + 1 + 4 + 1 + kSuffixLength;

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_digit_or_capital(char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); }

bool is_human_number(std::string_view text) {
  if (text.size() != kNumberLength || text[2] != '-' || text[7] != '-') return false;
  if (std::find(kPrefixes.begin(), kPrefixes.end(), text.substr(0, 2)) == kPrefixes.end()) return false;
  const auto year = text.substr(3, 4);
  const auto suffix = text.substr(8);
  return std::all_of(year.begin(), year.end(), is_digit) &&
         std::all_of(suffix.begin(), suffix.end(), is_digit_or_capital);
}

}  // namespace

HumanNumber HumanNumber::make(NumberKind kind, int year, Random& random) {
  return HumanNumber(
      fmt::format("{}-{:04}-{}", kPrefixes.at(static_cast<std::size_t>(kind)), year, random.speakable(kSuffixLength)));
}

Result<HumanNumber> HumanNumber::parse(std::string_view text) {
  std::string number = upper_ascii(text);
  if (!is_human_number(number)) {
    return invalid("number.malformed", "A number looks like NR-2026-K7Q4: NR, NS or NC, a year, four characters.");
  }
  return HumanNumber(std::move(number));
}

}  // namespace hinomi
