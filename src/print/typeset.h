// Documents as PDF: A4, marking, number, version and page of pages on every sheet, Japanese fonts embedded in part,
// text that can be searched and copied. Runs in the child that exchange confines (docs/decisions/0017-printing.md). One
// thread.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "print/document.h"

namespace hinomi::print {

class Fonts;

class Typesetter {
 public:
  // Loads fonts and sets a first page, so that afterwards nothing has to be opened any more: whoever confines the
  // process does it after this call. Unavailable "print.fonts" when the Japanese fonts are not installed.
  static Result<std::unique_ptr<Typesetter>> create();
  ~Typesetter();
  Typesetter(const Typesetter&) = delete;
  Typesetter& operator=(const Typesetter&) = delete;

  // The bytes of the PDF, the same for the same document. The errors of check(); TooLarge "print.too_large" above 500
  // pages; Internal when the file could not be made.
  [[nodiscard]] Result<std::string> typeset(const Document& document) const;

 private:
  explicit Typesetter(std::unique_ptr<Fonts> fonts);
  std::unique_ptr<Fonts> fonts_;
};

// The same with fonts loaded for this one document.
Result<std::string> typeset(const Document& document);

}  // namespace hinomi::print
