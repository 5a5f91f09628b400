// Puts bands on pages: headings stay with what follows, no row is cut that a page can hold, no line stands alone, and a
// table's heading row returns on each of its pages. Pure.
#pragma once

#include <vector>

#include "base/result.h"
#include "print/band.h"

namespace hinomi::print {

struct PlacedBand {
  Band band;
  double y = 0;  // of its upper edge, from the top of the body
};
using Page = std::vector<PlacedBand>;

inline constexpr std::size_t kMaxPages = 500;

// At least one page. TooLarge "print.too_large" above kMaxPages. `height` is that of a page's body.
Result<std::vector<Page>> paginate(const Composition& composition, double height);

}  // namespace hinomi::print
