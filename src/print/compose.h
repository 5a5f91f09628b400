// The house style: which type, space and rule each block of a document gets. Pure but for the fonts it is given.
#pragma once

#include "print/band.h"
#include "print/document.h"

namespace hinomi::print {

// The few words that the typesetter adds to a document.
struct Words {
  const char* issued;
  const char* created;
  const char* page;
  const char* corrected;
  const char* before;
  const char* after;
  const char* continued;
  const char* nothing_said;
  const char* bullet;
};
const Words& words_of(Language language);

// Title, badge and blocks of a checked document, set for a column of `width`.
Composition compose(const Document& document, const Fonts& fonts, double width);

}  // namespace hinomi::print
