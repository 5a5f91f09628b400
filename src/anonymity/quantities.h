// Numbers and dates as Japanese and English reports write them, and the bands they are generalised to. Pure functions
// over normalised text. A text that cannot be read gives nothing; it is then removed rather than banded.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/catalogue.h"

namespace hinomi::anonymity {

// "1万2千", "7,200", "27.5万": the leading number, with the rest of the text (the unit) after it.
struct Amount {
  double value = 0;
  std::string unit;  // trimmed, ASCII in lower case
};
std::optional<Amount> read_amount(std::string_view text);
std::optional<double> read_kilovolts(std::string_view text);
std::optional<double> read_kilowatts(std::string_view text);

// "high" … as in the statements of Attribute::Voltage. Limits of 電気設備技術基準 §2 (600 V, 7 kV, alternating
// current).
std::string voltage_band(double kilovolts);
// The band's key for the words used in texts: 特別高圧, extra-high voltage …; empty for another word.
std::string voltage_band_of_words(std::string_view text);
std::string voltage_band_text(std::string_view band, Language language);

// Limits follow the reporting thresholds of 電気関係報告規則 §3 (7,000, 70,000 and 100,000 kW).
std::string power_band_text(double kilowatts, Language language);
std::string households_band_text(double households, Language language);
std::string count_band_text(double count, std::string_view counter, Language language);

// A calendar date; zero parts were not said. Wareki is converted.
struct WrittenDate {
  int year = 0;
  int month = 0;
  int day = 0;
};
std::optional<WrittenDate> read_date(std::string_view text);
std::string third_of_month_text(const WrittenDate& date, Language language);  // 2026年11月下旬
std::string month_text(const WrittenDate& date, Language language);           // 2026年11月
std::string day_only_text(const WrittenDate& date, Language language);        // without the time of day
// 未明・早朝・日中・夕方・夜間; nothing when the hour cannot be read.
std::optional<std::string> part_of_day_text(std::string_view text, Language language);

}  // namespace hinomi::anonymity
