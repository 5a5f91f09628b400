// Paper, ink and type: the only wrapper of Pango, Cairo and fontconfig. Lengths are points (1/72 inch), the origin is
// the upper left corner. Fonts own what was loaded, and outlive the texts shaped with them. One thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/catalogue.h"
#include "base/result.h"
#include "base/time.h"

namespace hinomi::print {

enum class Weight { Regular, Bold };
enum class Family { Text, Code };

struct Type {
  double size = 10;
  double leading = 1.6;  // line height in sizes
  Weight weight = Weight::Regular;
  Family family = Family::Text;
  double grey = 0;  // 0 is black, 1 white
};

// Text broken into lines of one height. Cheap to copy.
class ShapedText {
 public:
  struct Lines;
  explicit ShapedText(std::shared_ptr<const Lines> lines) : lines_(std::move(lines)) {}
  [[nodiscard]] std::size_t count() const;
  [[nodiscard]] double line_height() const;
  [[nodiscard]] double height() const { return static_cast<double>(count()) * line_height(); }
  [[nodiscard]] double width(std::size_t line) const;       // of the ink's advance
  [[nodiscard]] std::string line(std::size_t index) const;  // its text, for tests
  [[nodiscard]] const Lines& lines() const { return *lines_; }

 private:
  std::shared_ptr<const Lines> lines_;
};

class Fonts {
 public:
  // Unavailable "print.fonts" when Noto Sans CJK JP and its monospaced sister are not installed: Japanese in another
  // font would be empty boxes or foreign letter forms. Reads /usr/share/fonts and /usr/local/share/fonts only.
  static Result<std::unique_ptr<Fonts>> load();
  ~Fonts();
  Fonts(const Fonts&) = delete;
  Fonts& operator=(const Fonts&) = delete;

  // Breaks lines by Unicode's rules as the language wants them (UAX #14; kinsoku in Japanese), and inside a word only
  // where the word alone is wider than `width`. Text goes through visible_text() first. No text is one empty line.
  [[nodiscard]] ShapedText shape(std::string_view text, const Type& type, double width, Language language) const;

 private:
  struct Shelf;
  explicit Fonts(std::unique_ptr<Shelf> shelf);
  std::unique_ptr<Shelf> shelf_;
};

struct Point {
  double x = 0;
  double y = 0;
};
struct Box {
  Point at;
  double width = 0;
  double height = 0;
};

// One PDF file being drawn, page after page, A4.
class Canvas {
 public:
  static constexpr double kWidth = 595.276;
  static constexpr double kHeight = 841.890;

  // Title and creation time are all that the file says about itself.
  Canvas(std::string_view title, Instant created);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  void draw(const ShapedText& text, std::size_t line, Point upper_left);
  void fill(const Box& box, double grey);
  void frame(const Box& box, double line_width);  // black, drawn inside the box
  void end_page();
  // The file. Once, after the last end_page(). Internal when Cairo failed.
  Result<std::string> finish();

 private:
  struct Drawing;
  std::unique_ptr<Drawing> drawing_;
};

}  // namespace hinomi::print
