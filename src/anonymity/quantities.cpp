#include "anonymity/quantities.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <vector>

#include "base/text.h"

namespace hinomi::anonymity {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Power {
  std::string_view word;
  double factor;
};
constexpr std::array<Power, 4> kPowers{{{"億", 1e8}, {"万", 1e4}, {"千", 1e3}, {"百", 1e2}}};

// One group: 7,200 or 27.5, and what follows it.
std::optional<double> take_digits(std::string_view& text) {
  std::string digits;
  std::size_t at = 0;
  for (; at < text.size() && (is_digit(text[at]) || text[at] == ',' || text[at] == '.'); ++at) {
    if (text[at] != ',') digits += text[at];
  }
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || digits.empty()) return std::nullopt;
  text.remove_prefix(at);
  return value;
}

double take_power(std::string_view& text) {
  double factor = 1;
  for (bool again = true; again;) {
    again = false;
    while (text.starts_with(' ')) text.remove_prefix(1);
    for (const auto& [word, power] : kPowers) {
      if (!text.starts_with(word)) continue;
      text.remove_prefix(word.size());
      factor *= power;
      again = true;
    }
  }
  return factor;
}

std::vector<int> numbers_in(std::string_view text) {
  std::vector<int> out;
  for (std::size_t at = 0; at < text.size() && out.size() < 8;) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    int value = 0;
    for (; at < text.size() && is_digit(text[at]); ++at)
      value = value > 99'999'999 ? value : value * 10 + (text[at] - '0');
    out.push_back(value);
  }
  return out;
}

struct Era {
  std::string_view word, letter;
  int before_first_year;
};
constexpr std::array<Era, 5> kEras{
    {{"令和", "R", 2018}, {"平成", "H", 1988}, {"昭和", "S", 1925}, {"大正", "T", 1911}, {"明治", "M", 1867}}};
constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

int english_month(std::string_view text) {
  const std::string lower = lower_ascii(text);
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (lower.find(lower_ascii(kMonths[i].substr(0, 3))) != std::string::npos) return static_cast<int>(i) + 1;
  }
  return 0;
}

std::optional<WrittenDate> checked(WrittenDate date) {
  const bool possible =
      date.month >= 1 && date.month <= 12 && date.day >= 0 && date.day <= 31 && date.year >= 0 && date.year <= 9999;
  return possible ? std::optional(date) : std::nullopt;
}

std::optional<WrittenDate> read_era_date(std::string_view text, const std::vector<int>& numbers) {
  for (const Era& era : kEras) {
    if (!text.starts_with(era.word) && !text.starts_with(era.letter)) continue;
    const bool first_year = text.find("元") != std::string_view::npos;
    const std::size_t skip = first_year ? 0 : 1;
    if (numbers.size() < skip + 1) return std::nullopt;
    const int year = first_year ? 1 : numbers[0];
    return checked({era.before_first_year + year, numbers[skip], numbers.size() > skip + 1 ? numbers[skip + 1] : 0});
  }
  return std::nullopt;
}

std::optional<WrittenDate> read_english_date(const std::vector<int>& numbers, int month) {
  WrittenDate date{0, month, 0};
  for (const int number : numbers) (number > 31 ? date.year : date.day) = number;
  return checked(date);
}

std::string year_prefix(const WrittenDate& date) { return date.year == 0 ? "" : fmt::format("{}年", date.year); }
std::string year_suffix(const WrittenDate& date) { return date.year == 0 ? "" : fmt::format(" {}", date.year); }
std::string_view month_name(const WrittenDate& date) { return kMonths[static_cast<std::size_t>(date.month - 1)]; }

}  // namespace

std::optional<Amount> read_amount(std::string_view text) {
  while (!text.empty() && !is_digit(text.front())) text.remove_prefix(1);
  const auto first = take_digits(text);
  if (!first) return std::nullopt;
  double value = *first * take_power(text);
  if (!text.empty() && is_digit(text.front())) {
    const auto second = take_digits(text);
    if (second) value += *second * take_power(text);
  }
  return Amount{value, lower_ascii(trimmed(text))};
}

std::optional<double> read_kilovolts(std::string_view text) {
  const auto amount = read_amount(text);
  if (!amount) return std::nullopt;
  const bool kilo = amount->unit.starts_with("kv") || amount->unit.starts_with("キロ");
  return kilo ? amount->value : amount->value / 1000;
}

std::optional<double> read_kilowatts(std::string_view text) {
  const auto amount = read_amount(text);
  if (!amount) return std::nullopt;
  const std::string_view unit = amount->unit;
  if (unit.starts_with('k') || unit.starts_with("キロ")) return amount->value;
  if (unit.starts_with('m') || unit.starts_with("メガ")) return amount->value * 1e3;
  if (unit.starts_with('g') || unit.starts_with("ギガ")) return amount->value * 1e6;
  return amount->value / 1e3;
}

std::string voltage_band(double kilovolts) {
  if (kilovolts >= 187) return "backbone";
  if (kilovolts > 7) return "extra_high";
  return kilovolts > 0.6 ? "high" : "low";
}

std::string voltage_band_of_words(std::string_view text) {
  if (text == "特別高圧" || text == "特高" || text == "extra-high voltage") return "extra_high";
  if (text == "基幹系統" || text == "超高圧" || text == "bulk transmission system") return "backbone";
  if (text == "高圧" || text == "high voltage") return "high";
  return text == "低圧" || text == "low voltage" ? "low" : "";
}

std::string voltage_band_text(std::string_view band, Language language) {
  const bool japanese = language == Language::Japanese;
  if (band == "backbone") return japanese ? "基幹系統" : "bulk transmission system";
  if (band == "extra_high") return japanese ? "特別高圧" : "extra-high voltage";
  if (band == "high") return japanese ? "高圧" : "high voltage";
  return japanese ? "低圧" : "low voltage";
}

std::string power_band_text(double kilowatts, Language language) {
  const bool japanese = language == Language::Japanese;
  if (kilowatts < 1'000) return japanese ? "1千kW未満" : "under 1 MW";
  if (kilowatts < 7'000) return japanese ? "1千〜7千kW" : "1-7 MW";
  if (kilowatts < 70'000) return japanese ? "7千〜7万kW" : "7-70 MW";
  if (kilowatts < 100'000) return japanese ? "7万〜10万kW" : "70-100 MW";
  return japanese ? "10万kW以上" : "over 100 MW";
}

std::string households_band_text(double households, Language language) {
  const bool japanese = language == Language::Japanese;
  if (households < 100) return japanese ? "100戸未満" : "under 100 households";
  if (households < 1'000) return japanese ? "100〜1千戸" : "100-1,000 households";
  if (households < 10'000) return japanese ? "1千〜1万戸" : "1,000-10,000 households";
  if (households < 100'000) return japanese ? "1万〜10万戸" : "10,000-100,000 households";
  return japanese ? "10万戸以上" : "over 100,000 households";
}

std::string count_band_text(double count, std::string_view counter, Language language) {
  const bool japanese = language == Language::Japanese;
  if (count < 10) return japanese ? fmt::format("数{}", counter) : fmt::format("several {}", counter);
  if (count < 100) return japanese ? fmt::format("数十{}", counter) : fmt::format("dozens of {}", counter);
  return japanese ? fmt::format("多数の{}", counter) : fmt::format("many {}", counter);
}

std::optional<WrittenDate> read_date(std::string_view text) {
  const auto numbers = numbers_in(text);
  if (auto era = read_era_date(text, numbers)) return era;
  if (const int month = english_month(text); month != 0) return read_english_date(numbers, month);
  if (numbers.empty()) return std::nullopt;
  if (numbers[0] > 9'999'999) return checked({numbers[0] / 10'000, numbers[0] / 100 % 100, numbers[0] % 100});
  if (numbers[0] >= 1000) {
    if (numbers.size() < 2) return std::nullopt;
    return checked({numbers[0], numbers[1], numbers.size() > 2 ? numbers[2] : 0});
  }
  if (numbers.size() < 2) return std::nullopt;
  return checked({0, numbers[0], numbers[1]});
}

std::string third_of_month_text(const WrittenDate& date, Language language) {
  const int third = date.day <= 10 ? 0 : date.day <= 20 ? 1 : 2;
  constexpr std::array<std::string_view, 3> kJapanese{"上旬", "中旬", "下旬"};
  constexpr std::array<std::string_view, 3> kEnglish{"early", "mid", "late"};
  const auto index = static_cast<std::size_t>(third);
  if (language == Language::Japanese) return fmt::format("{}{}月{}", year_prefix(date), date.month, kJapanese[index]);
  return fmt::format("{} {}{}", kEnglish[index], month_name(date), year_suffix(date));
}

std::string month_text(const WrittenDate& date, Language language) {
  if (language == Language::Japanese) return fmt::format("{}{}月", year_prefix(date), date.month);
  return fmt::format("{}{}", month_name(date), year_suffix(date));
}

std::string day_only_text(const WrittenDate& date, Language language) {
  if (language == Language::Japanese) return fmt::format("{}{}月{}日", year_prefix(date), date.month, date.day);
  return fmt::format("{} {}{}", date.day, month_name(date), year_suffix(date));
}

std::optional<std::string> part_of_day_text(std::string_view text, Language language) {
  const auto numbers = numbers_in(text);
  if (numbers.empty() || numbers[0] > 24) return std::nullopt;
  const std::string lower = lower_ascii(text);
  const bool afternoon = lower.find("午後") != std::string::npos || lower.find("pm") != std::string::npos ||
                         lower.find("p.m") != std::string::npos;
  const int hour = (numbers[0] % 12 + (afternoon || numbers[0] >= 12 ? 12 : 0)) % 24;
  const int shown = numbers[0] == 12 && !afternoon ? 12 : numbers[0] == 24 ? 0 : hour;
  const bool japanese = language == Language::Japanese;
  if (shown < 5) return japanese ? "深夜" : "during the night";
  if (shown < 8) return japanese ? "早朝" : "in the early morning";
  if (shown < 17) return japanese ? "日中" : "during the day";
  return shown < 20 ? (japanese ? "夕方" : "in the evening") : (japanese ? "夜間" : "at night");
}

}  // namespace hinomi::anonymity
