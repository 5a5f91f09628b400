// Lists as plain texts, whichever file they came in: what crosses from the process that reads a workbook to the one
// that believes none of it. Pure; safe on any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hinomi {

inline constexpr std::string_view kWorkbookMediaType =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

struct TableRow {
  std::size_t number = 0;           // in its file, from 1
  std::vector<std::string> fields;  // from the first column, up to the last one that holds something
  bool operator==(const TableRow&) const = default;
};

struct Table {
  std::string name;            // of the sheet
  std::vector<TableRow> rows;  // those that hold something, ascending
  bool operator==(const Table&) const = default;
};

// The sheets of an .xlsx that are not hidden and hold something, every cell as somebody would type it (cell_text).
// A formula counts with the value last stored. Invalid "workbook.formula" for one that failed or was never calculated,
// `where` naming the cell; "workbook.empty"; and the errors of read_workbook.
Result<std::vector<Table>> read_tables(std::string_view workbook);

// One answer on a pipe: the tables or why there are none. `parse_tables` gives back what `tables_text` was given;
// Invalid "workbook.answer" for anything that is no such answer, TooLarge "workbook.too_large" above kMostTablesBytes.
inline constexpr std::size_t kMostTablesBytes = std::size_t{64} << 20;
std::string tables_text(const Result<std::vector<Table>>& tables);
Result<std::vector<Table>> parse_tables(std::string_view text);

}  // namespace hinomi
