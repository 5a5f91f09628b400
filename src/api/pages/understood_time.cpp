#include "api/pages/understood_time.h"

#include <array>
#include <optional>
#include <vector>

#include "base/text.h"

namespace hinomi::api {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

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

std::optional<Instant> tokyo_instant(int year, int month, int day, int hour, int minute) {
  const std::chrono::year_month_day date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  if (!date.ok() || hour > 23 || minute > 59) return std::nullopt;
  return tokyo_midnight(Day(date)) + hours(hour) + minutes(minute);
}

int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day(day).year()); }

std::optional<Instant> without_year(const std::vector<int>& n, Instant now) {
  const Day today = tokyo_day(now);
  auto found = tokyo_instant(year_of(today), n[0], n[1], n[2], n[3]);
  if (found && *found > now + std::chrono::days(1)) found = tokyo_instant(year_of(today) - 1, n[0], n[1], n[2], n[3]);
  return found;
}

std::optional<Instant> of_today(int hour, int minute, Instant now) {
  if (hour > 23 || minute > 59) return std::nullopt;
  return tokyo_midnight(tokyo_day(now)) + hours(hour) + minutes(minute);
}

}  // namespace

Result<Instant> understand_time(std::string_view raw, Instant now) {
  constexpr int kBeforeReiwa = 2018;  // 令和1年 is 2019
  std::string text = nfkc(trimmed(raw));
  if (text.size() > 100) return not_understood();
  if (text == "いま" || text == "今" || lower_ascii(text) == "now") return now;
  if (const auto exact = parse_rfc3339(text); exact.ok()) return *exact;
  if (!is_plain(text)) return not_understood();
  const bool reiwa = text.starts_with("令和") || text.starts_with("R") || text.starts_with("r");
  if (const auto first = text.find("元"); reiwa && first != std::string::npos)
    text.replace(first, std::string_view("元").size(), "1");
  const auto numbers = numbers_in(text);
  if (!numbers) return not_understood();
  std::vector<int> n = *numbers;
  if (reiwa && n.size() >= 5) n[0] += kBeforeReiwa;
  std::optional<Instant> found;
  if (n.size() == 5 || n.size() == 6) found = tokyo_instant(n[0], n[1], n[2], n[3], n[4]);
  if (n.size() == 4 && !reiwa) found = without_year(n, now);
  if (n.size() == 2 && !reiwa) found = of_today(n[0], n[1], now);
  if (!found) return not_understood();
  return *found;
}

}  // namespace hinomi::api
