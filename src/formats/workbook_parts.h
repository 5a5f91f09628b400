// What reading and writing a workbook share: places of cells, days as numbers, characters that XML cannot hold.
// Internal to the module. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hinomi {

struct CellPlace {
  std::size_t row = 1, column = 1;
};
// "B7"; nothing when it is no place, or beyond XFD1048576.
std::optional<CellPlace> parse_cell_place(std::string_view text);
std::string cell_place_text(CellPlace place);

// Days since the last of 1899 as spreadsheets count them, the day that never was (1900-02-29) included; with
// `from_1904` since the first of 1904. Nothing for negative numbers, for that day, and beyond the year 9999.
std::optional<std::chrono::local_seconds> time_of_serial(double serial, bool from_1904);
double serial_of_time(std::chrono::local_seconds time);

// Whether a number format shows days or times: "yyyy/m/d", "[h]:mm", "gggee年mm月dd日". Texts in quotes, colours and
// locales in brackets, and escaped characters are none of it.
bool shows_time(std::string_view format_code);
// The formats that have a number and no code (ISO/IEC 29500-1 §18.8.30), those of Japanese programs included.
bool is_numbered_time(unsigned format);

// ISO/IEC 29500-1 §22.9.2.19: _x0008_ for a character that XML cannot hold, _x005F_ for an underscore that would begin
// such a form.
std::string without_escapes(std::string_view text);
std::string with_escapes(std::string_view text);

}  // namespace hinomi
