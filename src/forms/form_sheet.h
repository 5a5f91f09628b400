// A filled form as a workbook to read, fill in and send back (formats/workbook.h), and its rows when it comes back.
// Two hidden columns say which fact each row is about and what was printed there, so that reading back guesses nothing
// from labels and a sheet that has become old is told from one that was changed by hand. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "forms/filled.h"
#include "forms/form_book.h"

namespace hinomi::forms {

// The .xlsx. Every cell is a text, also when it begins like a formula, and stays one when somebody edits it. Invalid
// "workbook.draft" when a text cannot be written.
Result<std::string> write_form_sheet(const FormBook& book, const FilledForm& form);
// "NR-2026-K7Q4-v2-jp-eba-prompt.xlsx"; ASCII.
std::string form_sheet_name(const FilledForm& form);

}  // namespace hinomi::forms
