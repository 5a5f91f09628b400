#include "formats/feed_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/text.h"

namespace hinomi {
namespace {

std::optional<Instant> as_optional(Result<Instant> instant) {
  return instant.ok() ? std::optional(*instant) : std::nullopt;
}

std::optional<unsigned> small_number(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || text.size() > 4 || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<unsigned> month_number(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                            "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string lower = lower_ascii(text.substr(0, 3));
  const auto found = std::ranges::find(kMonths, lower);
  if (found == kMonths.end()) return std::nullopt;
  return static_cast<unsigned>(found - kMonths.begin()) + 1;
}

// "+0900", "+09:00" and the names of RFC 822 §5.1 as an RFC 3339 offset.
std::optional<std::string> offset_text(std::string_view zone) {
  struct Zone {
    std::string_view name;
    std::string_view offset;
  };
  static constexpr std::array<Zone, 13> kZones{{{"GMT", "Z"},
                                                {"UT", "Z"},
                                                {"UTC", "Z"},
                                                {"Z", "Z"},
                                                {"JST", "+09:00"},
                                                {"EST", "-05:00"},
                                                {"EDT", "-04:00"},
                                                {"CST", "-06:00"},
                                                {"CDT", "-05:00"},
                                                {"MST", "-07:00"},
                                                {"MDT", "-06:00"},
                                                {"PST", "-08:00"},
                                                {"PDT", "-07:00"}}};
  for (const auto& entry : kZones) {
    if (entry.name == zone) return std::string(entry.offset);
  }
  if (zone.size() == 5) return fmt::format("{}:{}", zone.substr(0, 3), zone.substr(3));
  if (zone.size() == 6) return std::string(zone);
  return std::nullopt;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words = split(text, ' ');
  std::erase_if(words, [](std::string_view word) { return word.empty(); });
  return words;
}

// [Thu,] 08 Oct 2026 11:00[:00] [zone]
std::optional<Instant> parse_rfc822(std::string_view text) {
  auto words = words_of(text);
  if (!words.empty() && words.front().ends_with(',')) words.erase(words.begin());
  if (words.size() < 4 || words.size() > 5) return std::nullopt;
  const auto day = small_number(words[0]);
  const auto month = month_number(words[1]);
  auto year = small_number(words[2]);
  const auto offset = words.size() == 5 ? offset_text(words[4]) : std::optional<std::string>("Z");
  if (!day || !month || !year || !offset) return std::nullopt;
  // Two-digit years as RFC 2822 §4.3 reads them.
  if (words[2].size() == 2) *year += *year < 50 ? 2000 : 1900;
  const std::string_view clock = words[3];
  const std::string_view seconds = clock.size() == 5 ? ":00" : "";
  return as_optional(
      parse_rfc3339(fmt::format("{:04}-{:02}-{:02}T{}{}{}", *year, *month, *day, clock, seconds, *offset)));
}

}  // namespace

std::optional<Instant> parse_feed_time(std::string_view text) {
  constexpr std::size_t kDayLength = 10;
  constexpr std::size_t kMinuteLength = 16;  // "2026-10-08T11:00"
  constexpr std::size_t kMaxLength = 64;
  text = trimmed(text);
  if (text.size() > kMaxLength) return std::nullopt;
  if (const auto instant = parse_rfc3339(text); instant.ok()) return *instant;
  if (text.size() == kDayLength) {
    const auto day = parse_day(text);
    return day.ok() ? std::optional<Instant>(*day) : std::nullopt;
  }
  if (text.size() >= kMinuteLength && text[kDayLength] == 'T') {
    const std::string_view clock = text.substr(0, kMinuteLength);
    const std::string_view zone = text.substr(kMinuteLength);
    if (zone.starts_with(':')) return as_optional(parse_rfc3339(std::string(text) + "Z"));
    return as_optional(parse_rfc3339(fmt::format("{}:00{}", clock, zone.empty() ? "Z" : zone)));
  }
  return parse_rfc822(text);
}

}  // namespace hinomi
