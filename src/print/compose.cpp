#include "print/compose.h"

#include <algorithm>
#include <array>

namespace hinomi::print {
namespace {

constexpr Words kJapanese{"発行", "作成", "ページ", "訂正", "訂正前", "訂正後", "（続き）", "未記入", "・"};
constexpr Words kEnglish{"Issued by", "Created",     "Page",       "Corrected", "Before",
                         "Now",       "(continued)", "Not stated", "•"};

constexpr Type kTitle{.size = 17, .leading = 1.4, .weight = Weight::Bold};
constexpr Type kUnderTitle{.size = 9, .leading = 1.6, .grey = 0.3};
constexpr Type kChip{.size = 8, .leading = 1.6, .weight = Weight::Bold};
constexpr Type kBody{.size = 10, .leading = 1.7};
constexpr Type kCell{.size = 9.5, .leading = 1.55};
constexpr Type kLabel{.size = 9, .leading = 1.55 * 9.5 / 9, .grey = 0.2};
constexpr Type kTableHead{.size = 8.5, .leading = 1.5, .weight = Weight::Bold, .grey = 0.2};
constexpr Type kNote{.size = 8.5, .leading = 1.6, .grey = 0.15};
constexpr std::array<Type, 3> kHeadings{Type{.size = 13, .leading = 1.4, .weight = Weight::Bold},
                                        Type{.size = 11, .leading = 1.4, .weight = Weight::Bold},
                                        Type{.size = 10, .leading = 1.5, .weight = Weight::Bold, .grey = 0.25}};
constexpr std::array<double, 3> kAboveHeadings{20, 14, 10};

constexpr double kLabelShare = 0.29;  // of the column, for the labels of a table
constexpr double kCellInset = 6;
constexpr double kRowPadding = 4;
constexpr double kMarkerWidth = 20;
constexpr double kLabelShade = 0.955;
constexpr double kNoteShade = 0.94;
constexpr double kThin = 0.4;
constexpr double kThick = 1;

Type toned(Type type, Tone tone) {
  if (tone == Tone::Code) type.family = Family::Code;
  if (tone == Tone::Code) type.size *= 0.92;
  if (tone == Tone::Code) type.leading /= 0.92;
  if (tone == Tone::Silent) type.grey = 0.4;
  return type;
}

class Composer {
 public:
  Composer(const Document& document, const Fonts& fonts, double width)
      : document_(document), words_(words_of(document.language)), fonts_(fonts), width_(width) {}

  Composition compose() {
    compose_title();
    for (const Block& block : document_.blocks) std::visit([this](const auto& known) { add(known); }, block);
    return std::move(composition_);
  }

 private:
  [[nodiscard]] std::vector<CellLine> lines(std::string_view text, const Type& type, double width) const {
    const ShapedText shaped = fonts_.shape(text, type, width, document_.language);
    std::vector<CellLine> lines;
    for (std::size_t i = 0; i < shaped.count(); ++i) lines.push_back({shaped, i});
    return lines;
  }
  [[nodiscard]] Band plain(std::string_view text, const Type& type) const {
    Band band;
    band.cells.push_back({0, lines(text, type, width_)});
    return band;
  }
  void put(Band band) { composition_.bands.push_back(std::move(band)); }

  void compose_title() {
    if (!document_.badge.empty()) {
      Band badge = plain(document_.badge, kChip);
      for (CellLine& line : badge.cells[0].lines) line.framed = true;
      badge.padding = 3;
      badge.keeps_next = true;
      put(std::move(badge));
    }
    Band title = plain(document_.title, kTitle);
    title.above = 6;
    title.keeps_next = true;
    put(std::move(title));
    const bool english = document_.language == Language::English;
    std::string facts = std::string(words_.created) + ": " + tokyo_text(document_.created, english) + " JST";
    if (!document_.issuer.empty()) facts = std::string(words_.issued) + ": " + document_.issuer + "    " + facts;
    Band under = plain(facts, kUnderTitle);
    under.above = 3;
    under.breaking = Breaking::Whole;
    put(std::move(under));
  }

  void add(const Heading& heading) {
    const std::size_t level = std::clamp<std::size_t>(heading.level, 1, kHeadings.size()) - 1;
    Band band = plain(heading.text, kHeadings[level]);
    band.above = kAboveHeadings[level];
    band.keeps_next = true;
    band.breaking = Breaking::Whole;
    if (level == 0) {
      band.rule_below = kThin;
      band.padding = 2;
    }
    put(std::move(band));
  }

  void add(const Paragraph& paragraph) {
    Band band = plain(paragraph.text, kBody);
    band.above = 7;
    put(std::move(band));
  }

  void add(const Note& note) {
    Band band;
    band.cells.push_back({kCellInset + 2, lines(note.text, kNote, width_ - 2 * (kCellInset + 2))});
    band.above = 10;
    band.padding = 6;
    band.shade = kNoteShade;
    put(std::move(band));
  }

  void add(const List& list) {
    std::size_t number = 0;
    for (const std::string& item : list.items) {
      ++number;
      const std::string marker = list.marker == Marker::Number ? std::to_string(number) + "." : words_.bullet;
      Band band;
      band.cells.push_back({2, lines(marker, kBody, kMarkerWidth + 10)});
      const double x = number < 1000 || list.marker == Marker::Bullet ? kMarkerWidth : kMarkerWidth + 10;
      band.cells.push_back({x, lines(item, toned(kBody, list.tone), width_ - x)});
      band.above = number == 1 ? 7 : 2;
      put(std::move(band));
    }
  }

  [[nodiscard]] double label_width() const { return width_ * kLabelShare; }
  [[nodiscard]] Band table_row(std::vector<CellLine> label, std::vector<CellLine> value) const {
    Band band;
    band.cells.push_back({kCellInset, std::move(label)});
    band.cells.push_back({label_width() + kCellInset, std::move(value)});
    band.padding = kRowPadding;
    band.breaking = Breaking::Whole;
    band.rule_below = kThin;
    return band;
  }
  [[nodiscard]] double label_text_width() const { return label_width() - 2 * kCellInset; }
  [[nodiscard]] double value_text_width() const { return width_ - label_width() - 2 * kCellInset; }

  std::size_t add_head(const Table& table) {
    if (table.label_heading.empty() && table.value_heading.empty()) return 0;
    Band head = table_row(lines(table.label_heading, kTableHead, label_text_width()),
                          lines(table.value_heading, kTableHead, value_text_width()));
    head.padding = 3;
    head.keeps_next = true;
    head.rule_above = kThick;
    head.rule_below = kThin * 1.5;
    composition_.heads.push_back(head);
    head.above = 8;
    put(std::move(head));
    return composition_.heads.size();
  }

  void add(const Table& table) {
    const std::size_t head = add_head(table);
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      Band band = set_row(table.rows[i]);
      band.head = head;
      if (i == 0 && head == 0) band.above = 8;
      if (i == 0 && head == 0) band.rule_above = kThick;
      if (i + 1 == table.rows.size()) band.rule_below = kThick;
      put(std::move(band));
    }
  }

  [[nodiscard]] Band set_row(const Row& row) const {
    std::vector<CellLine> label = lines(row.label, kLabel, label_text_width());
    std::vector<CellLine> continued = label;
    for (CellLine& line : lines(words_.continued, kLabel, label_text_width())) continued.push_back(line);
    if (row.before) label.push_back(chip(words_.corrected));
    Band band = table_row(std::move(label), value_lines(row));
    band.shade = kLabelShade;
    band.shade_width = label_width();
    band.has_bar = row.before.has_value();
    band.rule_on_top = kThick;
    band.continuation = std::move(continued);
    return band;
  }
  [[nodiscard]] CellLine chip(std::string_view text) const {
    CellLine line = lines(text, kChip, label_text_width()).front();
    line.above = 2;
    line.framed = true;
    return line;
  }
  [[nodiscard]] std::vector<CellLine> value_lines(const Row& row) const {
    if (!row.before) return lines(shown(row.value, row.tone), value_type(row.value, row.tone), value_text_width());
    const bool was_silent = row.before->empty();
    Type old = toned(kCell, was_silent ? Tone::Said : row.tone);
    old.grey = 0.4;
    std::vector<CellLine> both = lines(
        std::string(words_.before) + ": " + (was_silent ? words_.nothing_said : *row.before), old, value_text_width());
    auto now = lines(std::string(words_.after) + ": " + shown(row.value, row.tone), value_type(row.value, row.tone),
                     value_text_width());
    now.front().above = 2;
    both.insert(both.end(), now.begin(), now.end());
    return both;
  }
  // An empty cell would look like a mistake of the printer.
  [[nodiscard]] std::string shown(const std::string& value, Tone) const {
    return value.empty() ? words_.nothing_said : value;
  }
  [[nodiscard]] static Type value_type(const std::string& value, Tone tone) {
    return toned(kCell, value.empty() ? Tone::Silent : tone);
  }

  const Document& document_;
  const Words& words_;
  const Fonts& fonts_;
  double width_;
  Composition composition_;
};

}  // namespace

const Words& words_of(Language language) { return language == Language::English ? kEnglish : kJapanese; }

Composition compose(const Document& document, const Fonts& fonts, double width) {
  return Composer(document, fonts, width).compose();
}

}  // namespace hinomi::print
