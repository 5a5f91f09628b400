#include "print/typeset.h"

#include <algorithm>

#include "print/compose.h"
#include "print/paginate.h"

namespace hinomi::print {
namespace {

constexpr double kMargin = 56.7;  // 20 mm
constexpr double kHeaderTop = 34;
constexpr double kFooterBottom = 34;
constexpr double kColumn = Canvas::kWidth - 2 * kMargin;
constexpr double kFrameInset = 6;
constexpr double kMarkingShare = 0.55;  // of the column; the rest is number and version

constexpr Type kMarking{.size = 10.5, .leading = 1.7, .weight = Weight::Bold};
constexpr Type kNumber{.size = 10, .leading = 1.7, .weight = Weight::Bold};
constexpr Type kCaveat{.size = 8.5, .leading = 1.5};
constexpr Type kFooter{.size = 8.5, .leading = 1.5, .weight = Weight::Bold};
constexpr Type kPageNumber{.size = 8.5, .leading = 1.5};

// What stands on every page. Nothing of it is ever shortened: what is long takes more lines, and the body fewer.
class Sheet {
 public:
  Sheet(const Document& document, const Fonts& fonts)
      : fonts_(fonts),
        language_(document.language),
        marking_(shape(document.marking, kMarking, kColumn * kMarkingShare - 2 * kFrameInset)),
        number_(shape(with_version(document), kNumber, kColumn * (1 - kMarkingShare) - kFrameInset)),
        caveat_(shape(document.caveat, kCaveat, kColumn)),
        footer_(shape(with_version(document) + "    " + document.marking, kFooter, kColumn - kPageWidth)),
        has_caveat_(!document.caveat.empty()) {}

  [[nodiscard]] double body_top() const { return rule_y() + 16; }
  [[nodiscard]] double body_height() const { return footer_y() - 14 - body_top(); }

  void draw(Canvas& canvas, std::size_t page, std::size_t pages) const {
    canvas.frame({{kMargin, kHeaderTop}, marking_width() + 2 * kFrameInset, marking_.height()}, 1.2);
    draw_lines(canvas, marking_, {kMargin + kFrameInset, kHeaderTop});
    draw_right(canvas, number_, kHeaderTop);
    if (has_caveat_) draw_lines(canvas, caveat_, {kMargin, caveat_y()});
    canvas.fill({{kMargin, rule_y()}, kColumn, 0.6}, 0);
    canvas.fill({{kMargin, footer_y() - 5}, kColumn, 0.4}, 0.5);
    draw_lines(canvas, footer_, {kMargin, footer_y()});
    const std::string count =
        std::string(words_of(language_).page) + " " + std::to_string(page) + " / " + std::to_string(pages);
    draw_right(canvas, shape(count, kPageNumber, kPageWidth), footer_y());
  }

 private:
  static constexpr double kPageWidth = 110;

  static std::string with_version(const Document& document) {
    return document.version.empty() ? document.number : document.number + "  " + document.version;
  }
  [[nodiscard]] ShapedText shape(std::string_view text, const Type& type, double width) const {
    return fonts_.shape(text, type, width, language_);
  }
  [[nodiscard]] double marking_width() const {
    double widest = 0;
    for (std::size_t i = 0; i < marking_.count(); ++i) widest = std::max(widest, marking_.width(i));
    return widest;
  }
  [[nodiscard]] double caveat_y() const { return kHeaderTop + std::max(marking_.height(), number_.height()) + 3; }
  [[nodiscard]] double rule_y() const { return caveat_y() + (has_caveat_ ? caveat_.height() : 0) + 3; }
  [[nodiscard]] double footer_y() const { return Canvas::kHeight - kFooterBottom - footer_.height(); }

  static void draw_lines(Canvas& canvas, const ShapedText& text, Point at) {
    for (std::size_t i = 0; i < text.count(); ++i)
      canvas.draw(text, i, {at.x, at.y + static_cast<double>(i) * text.line_height()});
  }
  static void draw_right(Canvas& canvas, const ShapedText& text, double y) {
    for (std::size_t i = 0; i < text.count(); ++i) {
      canvas.draw(text, i, {kMargin + kColumn - text.width(i), y + static_cast<double>(i) * text.line_height()});
    }
  }

  const Fonts& fonts_;
  Language language_;
  ShapedText marking_;
  ShapedText number_;
  ShapedText caveat_;
  ShapedText footer_;
  bool has_caveat_;
};

constexpr double kChipInset = 4;
constexpr double kChipLine = 0.6;
constexpr double kHairline = 0.5;  // thinner rules are grey
constexpr double kFaintRule = 0.55;

void draw_cell(Canvas& canvas, const Cell& cell, double y) {
  for (const CellLine& line : cell.lines) {
    y += line.above;
    const Point at{kMargin + cell.x, y};
    if (line.framed)
      canvas.frame({at, line.text.width(line.line) + 2 * kChipInset, line.text.line_height()}, kChipLine);
    canvas.draw(line.text, line.line, {at.x + (line.framed ? kChipInset : 0), at.y});
    y += line.text.line_height();
  }
}

void draw_shade(Canvas& canvas, const PlacedBand& placed, double body_top) {
  const Band& band = placed.band;
  if (band.shade < 1) {
    canvas.fill({{kMargin, body_top + placed.y}, band.shade_width > 0 ? band.shade_width : kColumn, band.height()},
                band.shade);
  }
}

void draw_rule(Canvas& canvas, double y, double width) {
  if (width > 0) canvas.fill({{kMargin, y}, kColumn, width}, width < kHairline ? kFaintRule : 0);
}

void draw_band(Canvas& canvas, const PlacedBand& placed, double body_top) {
  const Band& band = placed.band;
  const double y = body_top + placed.y;
  const double height = band.height();
  if (band.has_bar) canvas.fill({{kMargin - 7, y}, 2.5, height}, 0);
  draw_rule(canvas, y, band.rule_above);
  draw_rule(canvas, y + height - band.rule_below, band.rule_below);
  for (const Cell& cell : band.cells) draw_cell(canvas, cell, y + band.padding);
}

// Every shade first: one that is drawn after the rule above it would wash it out.
void draw_bands(Canvas& canvas, const Page& page, double body_top) {
  for (const PlacedBand& band : page) draw_shade(canvas, band, body_top);
  for (const PlacedBand& band : page) draw_band(canvas, band, body_top);
}

Result<std::string> set(const Document& document, const Fonts& fonts) {
  const Sheet sheet(document, fonts);
  TRY(const std::vector<Page> pages, paginate(compose(document, fonts, kColumn), sheet.body_height()));
  Canvas canvas(document.title, document.created);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    sheet.draw(canvas, i + 1, pages.size());
    draw_bands(canvas, pages[i], sheet.body_top());
    canvas.end_page();
  }
  return canvas.finish();
}

// One of each face, with letters of every script they are for.
Document first_page() {
  Document document;
  document.marking = document.number = document.title = "火の見 Hinomi 0";
  document.blocks = {Paragraph{"様式 form"}, List{{"hash 値"}, Marker::Number, Tone::Code}};
  return document;
}

}  // namespace

Typesetter::Typesetter(std::unique_ptr<Fonts> fonts) : fonts_(std::move(fonts)) {}
Typesetter::~Typesetter() = default;

Result<std::unique_ptr<Typesetter>> Typesetter::create() {
  TRY(auto fonts, Fonts::load());
  TRY_OK(set(first_page(), *fonts));
  return std::unique_ptr<Typesetter>(new Typesetter(std::move(fonts)));
}

Result<std::string> Typesetter::typeset(const Document& document) const {
  TRY_OK(check(document));
  return set(document, *fonts_);
}

Result<std::string> typeset(const Document& document) {
  TRY(const auto typesetter, Typesetter::create());
  return typesetter->typeset(document);
}

}  // namespace hinomi::print
