// Spreadsheet workbooks (.xlsx: SpreadsheetML, ISO/IEC 29500-1 §18): sheets, rows, cells. The reader is for files from
// outside: run it in a confined process where they come over the network (exchange/workbook_sandbox.h). Nothing is
// calculated: a formula's cell has the value that was last stored and says so, because what a reader sees in a
// spreadsheet program may be another. Macros and passwords are refused. Pure; safe on any thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace hinomi {

// No zone: a spreadsheet's day and time are whatever the reader's wall shows. Number: as stored, not as shown.
using CellValue = std::variant<std::monostate, std::string, double, bool, std::chrono::local_seconds>;

struct Cell {
  CellValue value{};
  bool is_formula = false;
  bool is_error = false;  // the text is what a formula that failed shows: #N/A
  bool operator==(const Cell&) const = default;
};

struct WorkbookRow {
  std::size_t number = 0;   // as the spreadsheet counts, from 1
  std::vector<Cell> cells;  // from column A, up to the last one that holds something
};

struct Worksheet {
  std::string name;
  bool is_hidden = false;
  std::vector<WorkbookRow> rows;  // those that hold something, ascending
  // Null when there is nothing. Both from 1.
  [[nodiscard]] const Cell* at(std::size_t row, std::size_t column) const;
};

struct Workbook {
  std::vector<Worksheet> sheets;  // in the order of the tabs
};

struct WorkbookLimits {
  std::size_t max_bytes = std::size_t{8} << 20;  // of the file
  std::size_t max_sheets = 32;
  std::size_t max_rows = 20'000;  // the highest number of a row that holds something
  std::size_t max_columns = 256;
  std::size_t max_cells = 400'000;                     // of the whole workbook, with the empty ones between
  std::size_t max_text_bytes = std::size_t{32} << 20;  // of all cells: one text may stand in many
};

// Invalid "workbook.format" (no .xlsx: an old .xls, a password), "workbook.macros", "workbook.damaged";
// TooLarge "workbook.too_large". `where` names the part of the file or the cell.
Result<Workbook> read_workbook(std::string_view bytes, const WorkbookLimits& limits = {});

// As somebody would type it: numbers in their shortest form, days as 2026-11-22, times as 2026-11-22T09:30:00 or,
// without a day, 09:30:00, yes and
// no, nothing for an empty cell.
std::string cell_text(const CellValue& value);

// --- writing

struct CellStyle {
  enum class Align { Start, Center, End };
  enum class Border { None, Thin };
  bool bold = false;
  bool italic = false;
  bool wraps = false;
  bool is_text = false;  // what somebody types there stays as typed: 0312345678
  int size = 11;         // points
  Align across = Align::Start;
  Align down = Align::Start;  // Start is the top
  Border border = Border::None;
  std::string fill{};  // RRGGBB; empty for none
  std::string font = "Yu Gothic";
  bool operator==(const CellStyle&) const = default;
};

struct PlacedCell {
  std::size_t row = 1;     // from 1
  std::size_t column = 1;  // from 1
  CellValue value;
  std::size_t style = 0;  // of WorkbookDraft::styles
};

struct MergedCells {
  std::size_t first_row = 1, first_column = 1, last_row = 1, last_column = 1;
};

// Header and footer of the printed page: plain text, in which {page} and {pages} count. At most 200 characters
// in all.
struct PageEdge {
  std::string left{}, center{}, right{};
};

struct PageSetup {
  bool is_landscape = false;
  bool fits_width = true;  // as many pages down as it takes
  PageEdge header{};
  PageEdge footer{};
};

struct ColumnDraft {
  double width = 0;       // in characters; 0 leaves it as it is
  std::size_t style = 0;  // of its cells that are not written
  bool is_hidden = false;
};

struct WorksheetDraft {
  std::string name;                    // 1 to 31 characters, none of []:*?/\ and no ' at an end
  std::vector<ColumnDraft> columns{};  // from A
  std::vector<PlacedCell> cells{};     // in any order, each place once
  std::vector<MergedCells> merged{};   // none touching another
  std::size_t frozen_rows = 0;         // stay in sight while scrolling, and stand on every printed page
  PageSetup page{};
};

struct WorkbookDraft {
  std::vector<CellStyle> styles{CellStyle{}};  // the first is that of the whole workbook
  std::vector<WorksheetDraft> sheets;
};

// A4. The same draft gives the same bytes. A text is a text, also when it begins like a formula. Invalid
// "workbook.draft" (a name, a place, a style, a text that cannot be written; `where` is the sheet).
Result<std::string> write_workbook(const WorkbookDraft& draft);

}  // namespace hinomi
