#include "forms/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "base/text.h"

namespace hinomi::forms {
namespace {

struct Unit {
  std::string_view of;    // unit of the fact
  std::string_view word;  // as written, folded
  double factor;
};
constexpr std::array kUnits{
    Unit{"kW", "kw", 1},
    Unit{"kW", "mw", 1e3},
    Unit{"kW", "gw", 1e6},
    Unit{"kW", "キロワット", 1},
    Unit{"kV", "kv", 1},
    Unit{"kV", "v", 1e-3},
    Unit{"min", "min", 1},
    Unit{"min", "minutes", 1},
    Unit{"min", "分", 1},
    Unit{"min", "分間", 1},
    Unit{"min", "時間", 60},
    Unit{"min", "h", 60},
    Unit{"min", "hours", 60},
    Unit{"h", "h", 1},
    Unit{"h", "時間", 1},
    Unit{"h", "hours", 1},
    Unit{"h", "日", 24},
    Unit{"h", "days", 24},
    Unit{"days", "days", 1},
    Unit{"days", "日", 1},
    Unit{"days", "日間", 1},
    Unit{"households", "戸", 1},
    Unit{"households", "軒", 1},
    Unit{"households", "households", 1},
    Unit{"persons", "人", 1},
    Unit{"persons", "名", 1},
    Unit{"persons", "件", 1},
    Unit{"persons", "persons", 1},
    Unit{"Gbit/s", "gbit/s", 1},
    Unit{"Gbit/s", "gbps", 1},
    Unit{"Gbit/s", "mbps", 1e-3},
    Unit{"Gbit/s", "tbps", 1e3},
    Unit{"packets/s", "packets/s", 1},
    Unit{"packets/s", "pps", 1},
    Unit{"packets/s", "kpps", 1e3},
    Unit{"packets/s", "mpps", 1e6},
};

Error no_number(const FactDefinition& definition) {
  return invalid("forms.answer_number", fmt::format("{} takes a number.", definition.name));
}

// 0.57 times 10,000 is a little less than 5,700 in binary, and a threshold must not be missed by that: what people
// write has far fewer than 14 digits.
double as_written(double value) {
  const std::string text = fmt::format("{:.14g}", value);
  double rounded = value;
  std::from_chars(text.data(), text.data() + text.size(), rounded);
  return rounded;
}

// Digits with commas between groups of three, and a fraction. Cut off the front.
std::optional<double> take_digits(std::string& text) {
  constexpr std::size_t kGroup = 3;
  const std::size_t end = std::min(text.find_first_not_of("0123456789,.e+-"), text.size());
  std::string digits;
  std::size_t since_comma = kGroup;
  bool grouped = false;
  std::size_t used = 0;
  for (; used < end; ++used) {
    const char c = text[used];
    if (c == ',') {
      if (digits.empty() || (grouped && since_comma != kGroup) || digits.find('.') != std::string::npos)
        return std::nullopt;
      grouped = true;
      since_comma = 0;
      continue;
    }
    if (c < '0' || c > '9') {
      if (grouped && since_comma != kGroup) return std::nullopt;
      grouped = false;
    }
    digits += c;
    ++since_comma;
  }
  if (grouped && since_comma != kGroup) return std::nullopt;
  double value = 0;
  const auto [last, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || last != digits.data() + digits.size() || !std::isfinite(value)) return std::nullopt;
  text = trimmed(std::string_view(text).substr(used));
  return value;
}

// 億, 万 and 千 behind digits; 1 for none.
double take_myriad(std::string& text) {
  constexpr std::array<std::pair<std::string_view, double>, 4> kMyriads{
      {{"億", 1e8}, {"千万", 1e7}, {"万", 1e4}, {"千", 1e3}}};
  for (const auto& [word, factor] : kMyriads) {
    if (!text.starts_with(word)) continue;
    text = trimmed(std::string_view(text).substr(word.size()));
    return factor;
  }
  return 1;
}

// 95,000, 9.5万, 9万5千, 9万5000: each myriad smaller than the one before.
std::optional<double> take_value(std::string& text) {
  double sum = 0;
  double last = std::numeric_limits<double>::infinity();
  do {
    const auto digits = take_digits(text);
    if (!digits) return std::nullopt;
    const double factor = take_myriad(text);
    const bool goes_on = factor > 1 && !text.empty() && text.front() >= '0' && text.front() <= '9';
    if (goes_on && std::floor(*digits) != *digits) return std::nullopt;  // 9.5万5千 says nothing sure
    if (factor >= last || *digits * factor >= last) return std::nullopt;
    sum += *digits * factor;
    last = factor;
  } while (last > 1 && !text.empty() && text.front() >= '0' && text.front() <= '9');
  return as_written(sum);
}

// The longest unit of this fact that the text begins with.
std::optional<double> take_unit(const FormBook& book, const FactDefinition& definition, std::string& text) {
  std::size_t length = 0;
  double factor = 1;
  const auto consider = [&](const std::string& word, double by) {
    if (word.empty() || word.size() <= length || !text.starts_with(word)) return;
    length = word.size();
    factor = by;
  };
  for (const Unit& unit : kUnits) {
    if (unit.of == definition.unit) consider(std::string(unit.word), unit.factor);
  }
  for (const Language language : {Language::Japanese, Language::English})
    consider(std::string(trimmed(folded(book.text(language, fmt::format("unit.{}", definition.unit))))), 1);
  if (length == 0) return std::nullopt;
  text = trimmed(std::string_view(text).substr(length));
  return factor;
}

}  // namespace

Result<double> read_quantity(const FormBook& book, const FactDefinition& definition, std::string text) {
  const bool is_span = definition.unit == "min" || definition.unit == "h";
  double sum = 0;
  for (int parts = 0; parts < 3; ++parts) {
    const auto value = take_value(text);
    if (!value) return no_number(definition);
    if (text.empty() && parts == 0) return *value;
    const auto factor = definition.unit.empty() ? std::nullopt : take_unit(book, definition, text);
    if (!factor)
      return invalid("forms.answer_unit", fmt::format("{} is given in {}.", definition.name,
                                                      definition.unit.empty() ? "plain numbers" : definition.unit));
    sum += *value * *factor;
    if (text.empty()) return as_written(sum);
    if (!is_span) break;
  }
  return no_number(definition);
}

}  // namespace hinomi::forms
