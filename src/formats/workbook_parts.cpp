#include "formats/workbook_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace hinomi {
namespace {

constexpr std::size_t kLastRow = 1'048'576;
constexpr std::size_t kLastColumn = 16'384;
constexpr double kLastSerial = 2'958'466;  // the first of the year 10000

std::chrono::local_days day_of(int year, unsigned month, unsigned day) {
  return std::chrono::local_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
}

bool is_hex(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); });
}

// Whether an escape stands at this place: _xHHHH_.
bool is_escape(std::string_view text, std::size_t at) {
  return text.size() - at >= 7 && text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_' &&
         is_hex(text.substr(at + 2, 4));
}

std::string utf8_of(unsigned code) {
  std::string text;
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0 | (code >> 6));
    text += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    text += static_cast<char>(0xE0 | (code >> 12));
    text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (code & 0x3F));
  }
  return text;
}

}  // namespace

std::optional<CellPlace> parse_cell_place(std::string_view text) {
  CellPlace place{0, 0};
  std::size_t at = 0;
  for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z'; ++at) {
    place.column = place.column * 26 + static_cast<std::size_t>(text[at] - 'A' + 1);
    if (place.column > kLastColumn) return std::nullopt;
  }
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), place.row);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || place.column == 0 || place.row == 0 || place.row > kLastRow) return std::nullopt;
  return place;
}

std::string cell_place_text(CellPlace place) {
  std::string letters;
  for (std::size_t column = place.column; column > 0; column = (column - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  return letters + std::to_string(place.row);
}

std::optional<std::chrono::local_seconds> time_of_serial(double serial, bool from_1904) {
  if (!(serial >= 0) || serial >= kLastSerial) return std::nullopt;
  const double whole = std::floor(serial);
  const auto seconds = std::chrono::seconds(std::llround((serial - whole) * 86'400));
  if (from_1904) return day_of(1904, 1, 1) + std::chrono::days(static_cast<int>(whole)) + seconds;
  if (whole == 60) return std::nullopt;
  const auto first = whole < 60 ? day_of(1899, 12, 31) : day_of(1899, 12, 30);
  return first + std::chrono::days(static_cast<int>(whole)) + seconds;
}

double serial_of_time(std::chrono::local_seconds time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const bool early = days < day_of(1900, 3, 1);
  const auto count = (days - (early ? day_of(1899, 12, 31) : day_of(1899, 12, 30))).count();
  return static_cast<double>(count) + static_cast<double>((time - days).count()) / 86'400;
}

bool shows_time(std::string_view format_code) {
  for (std::size_t i = 0; i < format_code.size(); ++i) {
    const char c = format_code[i];
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '"' || c == '[') {
      const std::size_t end = format_code.find(c == '"' ? '"' : ']', i + 1);
      if (end == std::string_view::npos) return false;
      const std::string inside = lower_ascii(format_code.substr(i + 1, end - i - 1));
      if (c == '[' &&
          (inside == "h" || inside == "hh" || inside == "m" || inside == "mm" || inside == "s" || inside == "ss"))
        return true;
      i = end;
    } else if (std::string_view("yYmMdDhHsSgGeE").find(c) != std::string_view::npos) {
      // "General" is a word; "0.00E+00" is a number.
      if (lower_ascii(format_code.substr(i)).starts_with("general")) return false;
      const bool exponent = (c == 'e' || c == 'E') && i + 1 < format_code.size() &&
                            (format_code[i + 1] == '+' || format_code[i + 1] == '-');
      if (!exponent) return true;
    }
  }
  return false;
}

bool is_numbered_time(unsigned format) {
  return (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 47) ||
         (format >= 50 && format <= 58);
}

std::string without_escapes(std::string_view text) {
  if (text.find("_x") == std::string_view::npos) return std::string(text);
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_escape(text, i)) {
      plain += text[i++];
      continue;
    }
    unsigned code = 0;
    std::from_chars(text.data() + i + 2, text.data() + i + 6, code, 16);
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;  // half a character is none
    plain += code == 0 || surrogate ? std::string("\xEF\xBF\xBD") : utf8_of(code);
    i += 7;
  }
  return plain;
}

std::string with_escapes(std::string_view text) {
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const std::string_view three = text.substr(i, 3);
    if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
      escaped += three.back() == '\xBE' ? "_xFFFE_" : "_xFFFF_";
      i += 2;
    } else if (is_escape(text, i)) {
      escaped += "_x005F_";
    } else if (c < 0x20 && c != '\t' && c != '\n') {
      escaped += fmt::format("_x{:04X}_", c);
    } else {
      escaped += text[i];
    }
  }
  return escaped;
}

}  // namespace hinomi
