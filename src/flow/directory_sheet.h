// Lists of members, people, duty desks and licences as files: which list a file is, is told by its heading, in Japanese
// or English. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "base/json.h"
#include "base/result.h"
#include "flow/directory_draft.h"
#include "formats/table.h"

namespace hinomi::flow {

inline constexpr std::size_t kMostRows = 5000;

struct DirectorySheet {
  std::vector<DirectoryRow> rows;
  std::vector<RowProblem> problems;  // rows that are no rows; the others are there
};

// CSV in UTF-8 (with or without a byte order mark) or CP932. Invalid "directory.heading" when no list begins like this,
// naming the columns that are not known; TooLarge over kMostRows.
Result<DirectorySheet> read_directory_csv(std::string_view bytes);
// The sheets of a workbook, each a list with its heading in its first row. The errors of read_directory_csv, `where`
// naming the sheet.
Result<DirectorySheet> read_directory_tables(std::span<const Table> tables);
// {"organisations":[{…}],"people":[…],"licences":[…],"duty_desks":[…],"groups":[…],"delegations":[…]}; the members of
// each are the English names of the columns. Values are texts, whole numbers, booleans or lists of texts.
Result<DirectorySheet> read_directory_json(JsonView body);
// The rows in that form: what a page keeps between the check and the proposal.
std::string directory_rows_json(const std::vector<DirectoryRow>& rows);

// An empty workbook (.xlsx) with one sheet for each list: its heading, and columns in which 0312345678 stays as typed.
Result<std::string> directory_template(Language language);

}  // namespace hinomi::flow
