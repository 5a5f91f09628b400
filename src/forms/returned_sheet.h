// A form's workbook as it came back: for each row which fact it is about, what was printed there, what stands there now
// and in which cell. Nothing is interpreted here; forms/proposal.h does. A value that a person may hold between looking
// at a proposal and confirming it, as canonical JSON. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "formats/mail.h"
#include "formats/table.h"

namespace hinomi::forms {

// A row that we printed. `source` is a fact or part of the story, as in a form pack.
struct ReturnedRow {
  std::string cell;  // "C12", of the answer
  std::string source;
  std::string answer;
  std::string printed;
  bool operator==(const ReturnedRow&) const = default;
};

// Something that somebody wrote where we do not read.
struct StrayCell {
  std::string sheet;
  std::string cell;
  std::string text;
  bool operator==(const StrayCell&) const = default;
};

struct ReturnedSheet {
  std::string form;
  std::string form_version;
  std::string report_number;         // empty: read as a new report
  std::uint32_t report_version = 1;  // that was printed
  std::string duty;
  std::string stage;
  std::vector<ReturnedRow> rows;  // in the order of the sheet; a source may stand twice
  std::vector<StrayCell> strays;  // the first of them
  std::size_t strays_left_out = 0;
  std::optional<MailHead> mail{};  // what the mail that carried it says of itself; shown, and believed by nobody
  bool operator==(const ReturnedSheet&) const = default;
};

inline constexpr std::size_t kMostReturnedRows = 1'000;
inline constexpr std::size_t kMostStrays = 100;
inline constexpr std::size_t kMostAnswerBytes = std::size_t{128} << 10;  // a cell holds 32,767 characters
inline constexpr std::size_t kMostStrayBytes = 300;                      // of each; the rest is cut off

// Finds our sheet among those of a workbook, wherever its columns and rows were moved to. Invalid "forms.sheet_none"
// when no sheet is ours, "forms.sheet_twice" when several are, "forms.sheet_layout" for another layout of ours,
// "forms.sheet_damaged" when the columns or rows that it is read by are gone, "forms.sheet_number" when the report's
// number was written over; TooLarge "forms.sheet_too_large".
Result<ReturnedSheet> read_returned_sheet(std::span<const Table> tables);

// Canonical JSON; parse(text(x)) == x. Errors of parsing carry the JSON pointer, below `pointer`.
void write_returned_sheet(JsonWriter& out, const ReturnedSheet& sheet);
Result<ReturnedSheet> parse_returned_sheet(JsonView value, const std::string& pointer);

}  // namespace hinomi::forms
