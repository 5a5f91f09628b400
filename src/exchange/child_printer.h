// Sets documents as PDF in confined child processes, one for each document: what breaks over one text takes no other
// with it (docs/decisions/0017-printing.md). Safe on any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <semaphore>
#include <string>

#include "print/printer.h"

namespace hinomi::exchange {

struct PrinterLimits {
  std::ptrdiff_t at_once = 2;                 // children
  std::chrono::milliseconds patience{2'000};  // for a place among them, so that printing never holds all workers
  std::chrono::milliseconds per_document{15'000};
};

class ChildPrinter final : public print::Printer {
 public:
  // `role` is the child's.
  explicit ChildPrinter(PrinterLimits limits = {}, std::string role = "print");
  // Never more than 32 MiB. What the child says of an error is not believed beyond its code.
  Result<std::string> print(const print::Document& document) override;

 private:
  PrinterLimits limits_;
  std::string role_;
  std::counting_semaphore<> places_;
};

// The child's side: loads fonts, confines the process, reads one document from descriptor 0, writes the file to
// descriptor 1. The value is the exit code for std::_Exit, as with run_parse_child.
int run_print_child();

}  // namespace hinomi::exchange
