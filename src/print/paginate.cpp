#include "print/paginate.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace hinomi::print {

double Cell::height() const {
  return std::accumulate(lines.begin(), lines.end(), 0.0,
                         [](double sum, const CellLine& line) { return sum + line.height(); });
}

double Band::height() const {
  double tallest = 0;
  for (const Cell& cell : cells) tallest = std::max(tallest, cell.height());
  return tallest + 2 * padding;
}

namespace {

constexpr std::size_t kFewestLines = 2;  // of a text before or after a page break
constexpr double kRounding = 1e-6;

std::size_t lines_within(const Cell& cell, double room) {
  std::size_t count = 0;
  for (double used = 0; count < cell.lines.size(); ++count) {
    used += cell.lines[count].height();
    if (used > room + kRounding) break;
  }
  return count;
}

// How many lines of the text stay before the break; none when too few would.
std::size_t lines_before_break(const Cell& text, double room) {
  std::size_t count = lines_within(text, room);
  const std::size_t left = text.lines.size() - count;
  if (left > 0 && left < kFewestLines) count -= std::min(count, kFewestLines - left);
  return count < std::min(kFewestLines, text.lines.size()) ? 0 : count;
}

struct Halves {
  Band first;
  Band rest;
};

// Nothing when no useful part of the band fits.
std::optional<Halves> split(const Band& band, double room) {
  const double inner = room - 2 * band.padding;
  const std::size_t count = lines_before_break(band.cells.back(), inner);
  if (count == 0) return std::nullopt;
  Halves halves{band, band};
  for (std::size_t i = 0; i < band.cells.size(); ++i) {
    const auto& lines = band.cells[i].lines;
    const std::size_t kept = i + 1 == band.cells.size() ? count : lines_within(band.cells[i], inner);
    const auto cut = lines.begin() + static_cast<std::ptrdiff_t>(kept);
    halves.first.cells[i].lines.assign(lines.begin(), cut);
    halves.rest.cells[i].lines.assign(cut, lines.end());
  }
  if (halves.rest.cells.front().lines.empty()) halves.rest.cells.front().lines = band.continuation;
  halves.rest.rule_above = 0;
  return halves;
}

class Paginator {
 public:
  Paginator(const Composition& composition, double height) : composition_(composition), height_(height) {
    pages_.emplace_back();
  }

  Result<std::vector<Page>> paginate() {
    for (std::size_t i = 0; i < composition_.bands.size() && pages_.size() <= kMaxPages; ++i) {
      if (!is_at_top() && !fits_with_followers(i)) turn_page(composition_.bands[i]);
      put(composition_.bands[i]);
    }
    if (pages_.size() > kMaxPages) {
      return too_large("print.too_large",
                       "The document has more than " + std::to_string(kMaxPages) + " pages. Print a part of it.");
    }
    return std::move(pages_);
  }

 private:
  [[nodiscard]] bool is_at_top() const { return used_ <= top_ + kRounding; }
  [[nodiscard]] double gap(const Band& band) const { return is_at_top() ? 0 : band.above; }
  [[nodiscard]] double room(const Band& band) const { return height_ - used_ - gap(band); }

  // The least of a band that may stand at the end of a page.
  [[nodiscard]] double least_height(const Band& band) const {
    if (band.breaking == Breaking::Whole && band.height() <= height_) return band.height();
    const auto& lines = band.cells.back().lines;
    double least = 2 * band.padding;
    for (std::size_t i = 0; i < std::min(kFewestLines, lines.size()); ++i) least += lines[i].height();
    return least;
  }

  // A chain of bands that keep together and would fill a page by themselves is broken anywhere.
  [[nodiscard]] bool fits_with_followers(std::size_t index) const {
    double needed = 0;
    for (std::size_t i = index; i < composition_.bands.size(); ++i) {
      const Band& band = composition_.bands[i];
      needed += i == index ? gap(band) : band.above;
      if (!band.keeps_next) return used_ + needed + least_height(band) <= height_ + kRounding;
      needed += band.height();
      if (needed > height_)
        return used_ + gap(composition_.bands[index]) + least_height(composition_.bands[index]) <= height_;
    }
    return used_ + needed <= height_ + kRounding;
  }

  void turn_page(const Band& next) {
    pages_.emplace_back();
    used_ = 0;
    if (next.head != 0) place(composition_.heads[next.head - 1]);
    top_ = used_;
  }

  void place(Band band) {
    if (pages_.back().empty()) band.rule_above = std::max(band.rule_above, band.rule_on_top);
    used_ += gap(band);
    const double y = used_;
    used_ += band.height();
    pages_.back().push_back({std::move(band), y});
  }

  void put(Band band) {
    while (band.height() > room(band) + kRounding && pages_.size() <= kMaxPages) {
      const bool could_be_whole = band.breaking == Breaking::Whole && band.height() <= height_ - top_;
      auto halves = could_be_whole && !is_at_top() ? std::nullopt : split(band, room(band));
      if (!halves && is_at_top()) break;  // not even two lines on an empty page: the bounds of a document exclude it
      if (halves) place(std::move(halves->first));
      if (halves) band = std::move(halves->rest);
      turn_page(band);
    }
    place(std::move(band));
  }

  const Composition& composition_;
  double height_;
  std::vector<Page> pages_;
  double used_ = 0;  // of the present page
  double top_ = 0;   // where its first band stands, below a repeated heading row
};

}  // namespace

Result<std::vector<Page>> paginate(const Composition& composition, double height) {
  return Paginator(composition, height).paginate();
}

}  // namespace hinomi::print
