// Makes PDF files of documents. Whoever presents a document takes a Printer; exchange/child_printer.h implements it
// with a confined child process per document. Safe on any thread.
#pragma once

#include <string>

#include "base/result.h"
#include "print/document.h"

namespace hinomi::print {

class Printer {
 public:
  virtual ~Printer() = default;
  // The bytes of a PDF file: the same for the same document on the same machine. The errors of check(); Unavailable
  // "print.busy" when too many are being printed or wait, "print.fonts" when the Japanese fonts are not installed,
  // "print.timeout", "print.memory" or "print.failed" when the child had to be ended. Nothing is lost by any of them.
  virtual Result<std::string> print(const Document& document) = 0;
};

}  // namespace hinomi::print
