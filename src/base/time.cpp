#include "base/time.h"

#include <fmt/format.h>

#include <array>

namespace hinomi {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;
constexpr hours kTokyo{9};

struct Civil {
  int year, month, day, hour, minute, second, micros, weekday;
};

Civil civil(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const auto rest = instant - day;
  const auto h = std::chrono::duration_cast<hours>(rest);
  const auto m = std::chrono::duration_cast<minutes>(rest - h);
  const auto s = std::chrono::duration_cast<seconds>(rest - h - m);
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(h.count()),
          static_cast<int>(m.count()),
          static_cast<int>(s.count()),
          static_cast<int>((rest - h - m - s).count()),
          static_cast<int>(std::chrono::weekday(day).c_encoding())};
}

// Reads fixed-width decimal fields off the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}
  bool number(std::size_t width, int& value) {
    if (text_.size() < width) return false;
    value = 0;
    for (const char c : text_.substr(0, width)) {
      if (c < '0' || c > '9') return false;
      value = value * 10 + (c - '0');
    }
    text_.remove_prefix(width);
    return true;
  }
  bool one_of(std::string_view letters) {
    if (text_.empty() || letters.find(text_.front()) == std::string_view::npos) return false;
    last_ = text_.front();
    text_.remove_prefix(1);
    return true;
  }
  // Up to nine digits; what is finer than a microsecond is cut.
  bool fraction(int& micros) {
    std::size_t digits = 0;
    micros = 0;
    while (digits < text_.size() && text_[digits] >= '0' && text_[digits] <= '9') {
      if (digits < 6) micros = micros * 10 + (text_[digits] - '0');
      ++digits;
    }
    if (digits == 0 || digits > 9) return false;
    for (std::size_t i = digits; i < 6; ++i) micros *= 10;
    text_.remove_prefix(digits);
    return true;
  }
  [[nodiscard]] bool at_end() const { return text_.empty(); }
  [[nodiscard]] char last() const { return last_; }

 private:
  std::string_view text_;
  char last_ = 0;
};

Error bad_time() {
  return invalid("time.malformed", "A time is written like 2026-11-22T02:05:00Z or 2026-11-22T11:05:00+09:00.");
}

bool read_offset(Reader& reader, minutes& offset) {
  if (reader.one_of("Zz")) return true;
  int hour = 0;
  int minute = 0;
  if (!reader.one_of("+-")) return false;
  const int sign = reader.last() == '-' ? -1 : 1;
  if (!reader.number(2, hour) || !reader.one_of(":") || !reader.number(2, minute)) return false;
  if (hour > 23 || minute > 59) return false;
  offset = minutes(sign * (hour * 60 + minute));
  return true;
}

bool read_date(Reader& reader, Day& day) {
  int year = 0;
  int month = 0;
  int date = 0;
  if (!reader.number(4, year) || !reader.one_of("-") || !reader.number(2, month) || !reader.one_of("-")) return false;
  if (!reader.number(2, date)) return false;
  const std::chrono::year_month_day ymd(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                        std::chrono::day(static_cast<unsigned>(date)));
  if (!ymd.ok()) return false;
  day = Day(ymd);
  return true;
}

}  // namespace

std::string to_rfc3339(Instant instant) {
  const Civil c = civil(instant);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", c.year, c.month, c.day, c.hour, c.minute, c.second,
                     c.micros);
}

Result<Instant> parse_rfc3339(std::string_view text) {
  Reader reader(text);
  Day day;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int micros = 0;
  minutes offset{0};
  if (!read_date(reader, day) || !reader.one_of("Tt ")) return bad_time();
  if (!reader.number(2, hour) || !reader.one_of(":") || !reader.number(2, minute) || !reader.one_of(":"))
    return bad_time();
  if (!reader.number(2, second)) return bad_time();
  if (reader.one_of(".") && !reader.fraction(micros)) return bad_time();
  if (!read_offset(reader, offset) || !reader.at_end()) return bad_time();
  if (hour > 23 || minute > 59 || second > 60) return bad_time();
  return Instant(day) + hours(hour) + minutes(minute) + seconds(std::min(second, 59)) + microseconds(micros) - offset;
}

Day tokyo_day(Instant instant) { return std::chrono::floor<std::chrono::days>(instant + kTokyo); }
Instant tokyo_midnight(Day day) { return Instant(day) - kTokyo; }
Instant tokyo_end_of_day(Day day) { return tokyo_midnight(day + std::chrono::days(1)) - microseconds(1); }

std::string tokyo_text(Instant instant, bool english) {
  constexpr std::array<std::string_view, 7> kJapanese{"日", "月", "火", "水", "木", "金", "土"};
  constexpr std::array<std::string_view, 7> kEnglish{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  const Civil c = civil(instant + kTokyo);
  const auto weekday = static_cast<std::size_t>(c.weekday);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} ({})", c.year, c.month, c.day, c.hour, c.minute,
                     english ? kEnglish[weekday] : kJapanese[weekday]);
}

std::string tokyo_rfc3339(Instant instant) {
  const Civil c = civil(instant + kTokyo);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}+09:00", c.year, c.month, c.day, c.hour, c.minute);
}

std::string day_text(Day day) {
  const Civil c = civil(Instant(day));
  return fmt::format("{:04}-{:02}-{:02}", c.year, c.month, c.day);
}

Result<Day> parse_day(std::string_view text) {
  Reader reader(text);
  Day day;
  if (!read_date(reader, day) || !reader.at_end()) return invalid("time.day", "A day is written like 2026-11-22.");
  return day;
}

}  // namespace hinomi
