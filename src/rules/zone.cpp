#include "rules/zone.h"

#include <fmt/format.h>

#include <cstdlib>

namespace hinomi::rules {
namespace {

using std::chrono::microseconds;
using std::chrono::minutes;

constexpr int kMaxMinutes = 14 * 60;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "+01:00" in minutes.
Result<minutes> parse_offset(std::string_view text) {
  const auto wrong = invalid("rules.zone_unknown", "A zone is Asia/Tokyo, UTC, or a fixed offset like +01:00.");
  const bool is_shaped = text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':' &&
                         is_digit(text[1]) && is_digit(text[2]) && is_digit(text[4]) && is_digit(text[5]);
  if (!is_shaped) return wrong;
  const int hour = (text[1] - '0') * 10 + (text[2] - '0');
  const int minute = (text[4] - '0') * 10 + (text[5] - '0');
  const int total = hour * 60 + minute;
  if (minute > 59 || total > kMaxMinutes) return wrong;
  return minutes(text[0] == '-' ? -total : total);
}

}  // namespace

Result<Zone> Zone::parse(std::string_view text) {
  if (text == "Asia/Tokyo") return Zone();
  if (text == "UTC") return Zone(minutes(0));
  TRY(const auto offset, parse_offset(text));
  return Zone(offset);
}

std::string Zone::text() const {
  if (offset_ == kTokyo) return "Asia/Tokyo";
  return offset_ == minutes(0) ? "UTC" : offset_text();
}

std::string Zone::offset_text() const {
  const auto total = static_cast<int>(offset_.count());
  return fmt::format("{}{:02}:{:02}", total < 0 ? '-' : '+', std::abs(total) / 60, std::abs(total) % 60);
}

Day Zone::day_of(Instant instant) const { return std::chrono::floor<std::chrono::days>(instant + offset_); }
Instant Zone::midnight(Day day) const { return Instant(day) - offset_; }
Instant Zone::end_of(Day day) const { return midnight(day + std::chrono::days(1)) - microseconds(1); }

}  // namespace hinomi::rules
