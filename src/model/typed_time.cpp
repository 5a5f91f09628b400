#include "model/typed_time.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"

namespace hinomi {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int kBeforeReiwa = 2018;  // 令和1年 is 2019
constexpr int kFirstYear = 1000;    // smaller numbers are no year of four digits
constexpr std::size_t kLongest = 100;

Error not_understood() {
  return invalid("time.not_understood", "Write the time like 2026-11-22 02:05, 11/22 02:05 or 令和8年11月22日 2時5分.");
}

// The runs of digits, at most six; nothing when there are more or one is too long.
std::optional<std::vector<int>> numbers_in(std::string_view text) {
  std::vector<int> numbers;
  bool inside = false;
  int length = 0;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !inside) {
      numbers.push_back(0);
      length = 0;
    }
    if (digit) {
      numbers.back() = numbers.back() * 10 + (c - '0');
      if (++length > 4) return std::nullopt;
    }
    inside = digit;
    if (numbers.size() > 6) return std::nullopt;
  }
  return numbers;
}

// Only digits, separators and the words a date is written with: "room 11 22 02 05" is not a time.
bool is_plain(std::string_view text) {
  constexpr std::array<std::string_view, 18> kWords{"令和", "年", "月", "日", "時", "分", "秒", "頃", "ごろ",
                                                    "JST",  "R",  "r",  "元", " ",  "-",  "/",  ":",  "."};
  while (!text.empty()) {
    if (text.front() >= '0' && text.front() <= '9') {
      text.remove_prefix(1);
      continue;
    }
    bool known = text.front() == 'T';
    if (known) text.remove_prefix(1);
    for (std::size_t i = 0; i < kWords.size() && !known; ++i) {
      known = text.starts_with(kWords.at(i));
      if (known) text.remove_prefix(kWords.at(i).size());
    }
    if (!known) return false;
  }
  return true;
}

bool has(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

// "(日)" or "(Sun)" once, as we print it.
std::string without_weekday(std::string text) {
  constexpr std::array<std::string_view, 14> kDays{"日",  "月",  "火",  "水",  "木",  "金",  "土",
                                                   "sun", "mon", "tue", "wed", "thu", "fri", "sat"};
  const auto open = text.find('(');
  const auto close = text.find(')', open);
  if (open == std::string::npos || close == std::string::npos) return text;
  const std::string inside = lower_ascii(std::string_view(text).substr(open + 1, close - open - 1));
  if (std::ranges::find(kDays, inside) != kDays.end()) text.replace(open, close - open + 1, " ");
  return text;
}

// "02時台" and "02:00–02:59": takes away what says so, and tells whether it was there.
bool take_hour_mark(std::string& text) {
  constexpr std::string_view kThereabouts = "時台";
  constexpr std::string_view kDash = "–";
  constexpr std::size_t kClock = 5;  // 02:00
  if (const auto at = text.find(kThereabouts); at != std::string::npos) {
    text.replace(at, kThereabouts.size(), "時");
    return true;
  }
  const auto dash = text.find(kDash);
  if (dash == std::string::npos || dash < kClock) return false;
  const std::string from = text.substr(dash - kClock, kClock);
  const std::string to = text.substr(dash + kDash.size(), kClock);
  if (from.substr(0, 2) != to.substr(0, 2) || from.substr(2) != ":00" || to.substr(2) != ":59") return false;
  text.erase(dash, kDash.size() + kClock);
  return true;
}

std::optional<Instant> tokyo_instant(int year, int month, int day, int hour = 0, int minute = 0) {
  const std::chrono::year_month_day date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  if (!date.ok() || hour > 23 || minute > 59) return std::nullopt;
  return tokyo_midnight(Day(date)) + hours(hour) + minutes(minute);
}

int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day(day).year()); }

// n: month, day, and what is known of the time of day.
std::optional<Instant> without_year(const std::vector<int>& n, Instant now) {
  const auto in = [&](int year) {
    return tokyo_instant(year, n[0], n[1], n.size() > 2 ? n[2] : 0, n.size() > 3 ? n[3] : 0);
  };
  const int year = year_of(tokyo_day(now));
  const auto found = in(year);
  return found && *found > now + std::chrono::days(1) ? in(year - 1) : found;
}

std::optional<Instant> of_today(int hour, int minute, Instant now) {
  if (hour > 23 || minute > 59) return std::nullopt;
  return tokyo_midnight(tokyo_day(now)) + hours(hour) + minutes(minute);
}

// What was typed, taken apart.
struct Typed {
  std::vector<int> n;
  bool is_hour = false;  // said to be known to the hour
  bool is_date = false;  // without a year: written as one
  Instant now;
};

std::optional<PartialTime> known(const std::optional<Instant>& instant, TimePrecision precision) {
  return instant ? std::optional(PartialTime{*instant, precision}) : std::nullopt;
}

std::optional<PartialTime> with_year(const Typed& typed) {
  const auto& n = typed.n;
  const TimePrecision finest = typed.is_hour ? TimePrecision::Hour : TimePrecision::Minute;
  switch (n.size()) {
    case 2: return known(tokyo_instant(n[0], n[1], 1), TimePrecision::Month);
    case 3: return known(tokyo_instant(n[0], n[1], n[2]), TimePrecision::Day);
    case 4: return known(tokyo_instant(n[0], n[1], n[2], n[3]), TimePrecision::Hour);
    case 5:
    case 6: return known(tokyo_instant(n[0], n[1], n[2], n[3], n[4]), finest);
    default: return std::nullopt;
  }
}

std::optional<PartialTime> in_this_year(const Typed& typed) {
  const auto& n = typed.n;
  const TimePrecision finest = typed.is_hour ? TimePrecision::Hour : TimePrecision::Minute;
  if (n.size() == 2 && typed.is_date) return known(without_year(n, typed.now), TimePrecision::Day);
  if (n.size() == 2 && !typed.is_hour) return known(of_today(n[0], n[1], typed.now), TimePrecision::Minute);
  if (n.size() == 3 && typed.is_hour) return known(without_year(n, typed.now), TimePrecision::Hour);
  if (n.size() == 4) return known(without_year(n, typed.now), finest);
  return std::nullopt;
}

}  // namespace

Result<PartialTime> understand_partial_time(std::string_view raw, Instant now) {
  std::string text = nfkc(trimmed(raw));
  if (text.size() > kLongest) return not_understood();
  if (text == "いま" || text == "今" || lower_ascii(text) == "now") return PartialTime{now, TimePrecision::Minute};
  if (const auto exact = parse_partial_time(text); exact.ok()) return *exact;
  text = without_weekday(std::move(text));
  const bool is_hour = take_hour_mark(text);
  if (!is_plain(text)) return not_understood();
  const bool reiwa = text.starts_with("令和") || text.starts_with("R") || text.starts_with("r");
  if (const auto first = text.find("元"); reiwa && first != std::string::npos)
    text.replace(first, std::string_view("元").size(), "1");
  const auto numbers = numbers_in(text);
  if (!numbers || numbers->empty()) return not_understood();
  const bool has_clock = has(text, ":") || has(text, "時");
  Typed typed{*numbers, is_hour, !has_clock && (has(text, "/") || has(text, "月")), now};
  if (reiwa) typed.n[0] += kBeforeReiwa;
  const auto found = typed.n[0] >= kFirstYear ? with_year(typed) : in_this_year(typed);
  if (!found) return not_understood();
  return PartialTime{earliest_of(found->earliest, found->precision), found->precision};
}

Result<Instant> understand_time(std::string_view raw, Instant now) {
  TRY(const PartialTime time, understand_partial_time(raw, now));
  if (time.precision != TimePrecision::Minute) return not_understood();
  return time.earliest;
}

}  // namespace hinomi
