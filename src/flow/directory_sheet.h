// Lists of members, people, duty desks and licences as files: which list a file is, is told by its heading, in Japanese
// or English. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "flow/directory_draft.h"

namespace hinomi::flow {

inline constexpr std::size_t kMostRows = 5000;

struct DirectorySheet {
  std::vector<DirectoryRow> rows;
  std::vector<RowProblem> problems;  // rows that are no rows; the others are there
};

// CSV in UTF-8 (with or without a byte order mark) or CP932. Invalid "directory.heading" when no list begins like this,
// naming the columns that are not known; TooLarge over kMostRows.
Result<DirectorySheet> read_directory_csv(std::string_view bytes);
// {"organisations":[{…}],"people":[…],"licences":[…],"duty_desks":[…],"groups":[…],"delegations":[…]}; the members of
// each are the English names of the columns. Values are texts, whole numbers, booleans or lists of texts.
Result<DirectorySheet> read_directory_json(JsonView body);

}  // namespace hinomi::flow
