// A filled form as a document to print (print/document.h): the same fields in the same order, its handling on every
// page, and on the first what a reader has to know before using it. Pure.
#pragma once

#include <string>

#include "base/time.h"
#include "forms/filled.h"
#include "forms/form_book.h"
#include "print/document.h"

namespace hinomi::forms {

struct PrintedFrom {
  Instant created;   // of what the form says, not of the printing
  std::string note;  // what this copy is, as a sentence in the form's language; may be empty
};

// In the language of the form. A layout that nobody has verified says so, required fields that nobody has filled are
// named first, and a field that was corrected shows what it said before.
print::Document printed_form(const FormBook& book, const FilledForm& form, const PrintedFrom& from);

// "NR-2026-K7Q4-v2-jp-eba-prompt.pdf"; only letters, digits, points, hyphens and underscores of ASCII.
std::string printed_form_name(const FilledForm& form);

}  // namespace hinomi::forms
