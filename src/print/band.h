// A document taken apart into bands: strips over the whole width that stand below each other, each with its cells of
// lines side by side. The composer makes them, the paginator puts them on pages, the typesetter draws them. Values.
#pragma once

#include <cstddef>
#include <vector>

#include "print/canvas.h"

namespace hinomi::print {

struct CellLine {
  ShapedText text;
  std::size_t line = 0;
  double above = 0;     // space before it
  bool framed = false;  // a chip: 訂正
  [[nodiscard]] double height() const { return above + text.line_height(); }
};

struct Cell {
  double x = 0;  // from the left margin
  std::vector<CellLine> lines;
  [[nodiscard]] double height() const;
};

enum class Breaking {
  Flowing,  // between any two lines, but never one alone
  Whole,    // on one page, as long as a page can hold it
};

struct Band {
  std::vector<Cell> cells;  // the last one holds the text proper
  double above = 0;         // space before it, none at the top of a page
  double padding = 0;       // inside, above and below the lines
  Breaking breaking = Breaking::Flowing;
  bool keeps_next = false;  // never the last on its page: a heading
  double shade = 1;         // grey behind it; 1 is paper
  double shade_width = 0;   // of that grey, from the left margin; 0 is the whole width
  double rule_above = 0;    // width of the line
  double rule_below = 0;
  double rule_on_top = 0;               // above it where it begins a page: a row whose predecessor is on another
  bool has_bar = false;                 // a bar in the margin: something changed here
  std::size_t head = 0;                 // the heading band to repeat on a new page: its place + 1, 0 for none
  std::vector<CellLine> continuation;   // the first cell after a page break inside the band
  [[nodiscard]] double height() const;  // without `above`
};

// The bands in order; heads are those that Band::head names.
struct Composition {
  std::vector<Band> bands;
  std::vector<Band> heads;
};

}  // namespace hinomi::print
