// A printer that gives the document itself, as its canonical JSON: what a person would read on the paper can be
// searched for words. The confined one has its own tests (src/exchange/child_printer_test.cpp).
#pragma once

#include "print/printer.h"

namespace hinomi {

class PlainPrinter final : public print::Printer {
 public:
  Result<std::string> print(const print::Document& document) override {
    TRY_OK(print::check(document));
    return print::to_json(document);
  }
};

}  // namespace hinomi
