#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "base/text.h"
#include "formats/archive.h"
#include "formats/workbook.h"
#include "formats/workbook_parts.h"
#include "formats/xml.h"

namespace hinomi {
namespace {

constexpr XmlLimits kXmlLimits{
    .max_bytes = std::size_t{32} << 20, .max_tags = 1'500'000, .max_depth = 32, .keeps_space = true};
constexpr std::size_t kMostStyles = 65'536;
constexpr std::string_view kNoWorkbook = "This is no .xlsx file. Save it as an Excel workbook (.xlsx) or as CSV.";

using Document = std::unique_ptr<const XmlDocument>;

Error damaged(std::string reason, std::string where) {
  return invalid("workbook.damaged", std::move(reason), std::move(where));
}
Error larger(std::string reason, std::string where) {
  return too_large("workbook.too_large", std::move(reason), std::move(where));
}

// Errors of the layers below, under the names of this one.
Error renamed(const Error& error, std::string_view part) {
  const std::string where = error.where.empty() ? std::string(part) : std::string(part) + " " + error.where;
  return error.kind == ErrorKind::TooLarge ? larger(error.detail, where) : damaged(error.detail, where);
}

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::size_t> count_of(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_true(std::string_view text) { return text == "1" || text == "true"; }

// A text that may be in pieces with formats of their own; how it is read aloud (rPh) is no part of it.
std::string rich_text(const XmlElement& holder) {
  std::string text;
  for (const XmlElement& piece : holder.children()) {
    if (piece.name() == "t") text += piece.text();
    if (piece.name() == "r") text += piece.child("t").text();
  }
  return without_escapes(text);
}

struct SheetPlace {
  std::string name;
  std::string part;
  bool is_hidden = false;
};

// One workbook while it is read.
class WorkbookReader {
 public:
  WorkbookReader(ArchiveReader& archive, const WorkbookLimits& limits) : archive_(archive), limits_(limits) {}

  Result<Workbook> read() {
    TRY_OK(refuse_macros());
    TRY_OK(read_relations());
    TRY(const auto places, read_places());
    TRY_OK(read_shared_texts());
    TRY_OK(read_styles());
    Workbook workbook;
    for (const SheetPlace& place : places) {
      TRY(Worksheet sheet, read_sheet(place));
      workbook.sheets.push_back(std::move(sheet));
    }
    return workbook;
  }

 private:
  Result<Document> part(const std::string& name) {
    auto content = archive_.read(name);
    if (!content.ok() && content.error().kind == ErrorKind::NotFound)
      return damaged("A part of the workbook is missing.", name);
    if (!content.ok()) return renamed(content.error(), name);
    auto document = XmlDocument::parse(*content, kXmlLimits);
    if (!document.ok()) return renamed(document.error(), name);
    return std::move(*document);
  }

  Status refuse_macros() {
    if (!archive_.has("[Content_Types].xml") || !archive_.has("xl/workbook.xml"))
      return invalid("workbook.format", std::string(kNoWorkbook));
    TRY(const Document types, part("[Content_Types].xml"));
    for (const XmlElement& type : types->root().children()) {
      const std::string content = lower_ascii(type.attribute("ContentType"));
      if (content.find("macroenabled") != std::string::npos || content.find("vbaproject") != std::string::npos)
        return invalid("workbook.macros", "The workbook has macros. Save it as .xlsx without them.");
    }
    return {};
  }

  // What the parts of the workbook are called in the archive. Names are looked up there and nowhere else, so one that
  // climbs out of it ("../../etc/passwd") is only a part that is missing.
  Status read_relations() {
    TRY(const Document document, part("xl/_rels/workbook.xml.rels"));
    for (const XmlElement& relation : document->root().children("Relationship")) {
      if (lower_ascii(relation.attribute("TargetMode")) == "external") continue;
      std::string target(relation.attribute("Target"));
      target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
      const std::string_view type = relation.attribute("Type");
      if (type.ends_with("/sharedStrings")) shared_part_ = target;
      if (type.ends_with("/styles")) styles_part_ = target;
      parts_.emplace(relation.attribute("Id"), std::move(target));
    }
    return {};
  }

  Result<std::vector<SheetPlace>> read_places() {
    TRY(const Document document, part("xl/workbook.xml"));
    const XmlElement root = document->root();
    from_1904_ = is_true(root.child("workbookPr").attribute("date1904"));
    std::vector<SheetPlace> places;
    for (const XmlElement& sheet : root.child("sheets").children("sheet")) {
      const std::string name(sheet.attribute("name"));
      if (places.size() == limits_.max_sheets) return larger("The workbook has too many sheets.", name);
      const auto target = parts_.find(sheet.attribute("id"));
      if (target == parts_.end()) return damaged("A sheet is not in the file.", name);
      const std::string_view state = sheet.attribute("state");
      places.push_back({name, target->second, !state.empty() && state != "visible"});
    }
    return places;
  }

  Status read_shared_texts() {
    if (shared_part_.empty()) return {};
    TRY(const Document document, part(shared_part_));
    for (const XmlElement& text : document->root().children("si")) shared_.push_back(rich_text(text));
    return {};
  }

  Status read_styles() {
    if (styles_part_.empty()) return {};
    TRY(const Document document, part(styles_part_));
    std::map<std::size_t, bool> of_time;
    for (const XmlElement& format : document->root().child("numFmts").children("numFmt")) {
      if (const auto number = count_of(format.attribute("numFmtId")))
        of_time[*number] = shows_time(format.attribute("formatCode"));
    }
    for (const XmlElement& style : document->root().child("cellXfs").children("xf")) {
      if (is_time_.size() == kMostStyles) return larger("The workbook has too many styles.", styles_part_);
      const std::size_t number = count_of(style.attribute("numFmtId")).value_or(0);
      const auto found = of_time.find(number);
      is_time_.push_back(found != of_time.end() ? found->second
                                                : number < 164 && is_numbered_time(static_cast<unsigned>(number)));
    }
    return {};
  }

  Result<Worksheet> read_sheet(const SheetPlace& place) {
    Worksheet sheet;
    sheet.name = place.name;
    sheet.is_hidden = place.is_hidden;
    TRY(const Document document, part(place.part));
    std::size_t last = 0;
    for (const XmlElement& element : document->root().child("sheetData").children("row")) {
      const auto number = element.attribute("r").empty() ? last + 1 : count_of(element.attribute("r")).value_or(0);
      if (number <= last) return damaged("The rows are not in order.", place.name);
      last = number;
      WorkbookRow row{number, {}};
      TRY_OK(read_row(element, place.name, row));
      if (row.cells.empty()) continue;
      if (number > limits_.max_rows)
        return larger(fmt::format("A sheet has at most {} rows.", limits_.max_rows), place.name);
      sheet.rows.push_back(std::move(row));
    }
    return sheet;
  }

  Status read_row(const XmlElement& element, const std::string& sheet, WorkbookRow& row) {
    std::size_t last = 0;
    for (const XmlElement& child : element.children("c")) {
      const std::string_view place_text = child.attribute("r");
      const auto place =
          place_text.empty() ? std::optional(CellPlace{row.number, last + 1}) : parse_cell_place(place_text);
      const std::string where = sheet + "!" + std::string(place_text);
      if (!place || place->row != row.number || place->column <= last)
        return damaged("The cells are not in order.", where);
      last = place->column;
      TRY(Cell cell, read_cell(child, where));
      const bool is_empty = std::holds_alternative<std::monostate>(cell.value) && !cell.is_formula;
      if (is_empty) continue;
      if (last > limits_.max_columns)
        return larger(fmt::format("A sheet has at most {} columns.", limits_.max_columns), where);
      cells_ += last - row.cells.size();
      if (cells_ > limits_.max_cells) return larger("The workbook has too many cells.", where);
      row.cells.resize(last);
      row.cells.back() = std::move(cell);
    }
    return {};
  }

  Result<Cell> read_cell(const XmlElement& element, const std::string& where) {
    Cell cell;
    cell.is_formula = static_cast<bool>(element.child("f"));
    const std::string_view type = element.attribute("t");
    if (type == "inlineStr") {
      TRY_OK(put_text(rich_text(element.child("is")), where, cell));
      return cell;
    }
    const std::string stored = element.child("v").text();
    if (!element.child("v") || (stored.empty() && type != "str")) return cell;
    TRY_OK(put_value({type, element.attribute("s"), stored}, where, cell));
    return cell;
  }

  struct Stored {
    std::string_view type;
    std::string_view style;
    std::string_view value;
  };
  Status put_value(const Stored& stored, const std::string& where, Cell& cell) {
    if (stored.type == "s") {
      const auto index = count_of(stored.value);
      if (!index || *index >= shared_.size()) return damaged("A text is not in the file.", where);
      return put_text(shared_[*index], where, cell);
    }
    // "d" is a time as ISO 8601.
    cell.is_error = stored.type == "e";
    if (stored.type == "str" || stored.type == "e" || stored.type == "d")
      return put_text(without_escapes(stored.value), where, cell);
    if (stored.type == "b") {
      cell.value = is_true(stored.value);
      return {};
    }
    const auto number = number_of(stored.value);
    if (!number) return damaged("A number is none.", where);
    const std::size_t style = count_of(stored.style).value_or(0);
    const auto time = style < is_time_.size() && is_time_[style] ? time_of_serial(*number, from_1904_) : std::nullopt;
    time ? cell.value = *time : cell.value = *number;
    return {};
  }

  Status put_text(std::string text, const std::string& where, Cell& cell) {
    text_bytes_ += text.size();
    if (text_bytes_ > limits_.max_text_bytes) return larger("The workbook has too much text.", where);
    if (!text.empty()) cell.value = std::move(text);
    return {};
  }

  ArchiveReader& archive_;
  const WorkbookLimits& limits_;
  std::map<std::string, std::string, std::less<>> parts_;  // by relation
  std::string shared_part_;
  std::string styles_part_;
  std::vector<std::string> shared_;
  std::vector<bool> is_time_;  // by style
  bool from_1904_ = false;
  std::size_t cells_ = 0;
  std::size_t text_bytes_ = 0;
};

std::string time_text(std::chrono::local_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  const std::string hour =
      fmt::format("{:02}:{:02}:{:02}", clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (date.year() < std::chrono::year(1900)) return hour;  // spreadsheets keep a time of no day as part of day 0
  const std::string days = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return time == day ? days : days + "T" + hour;
}

}  // namespace

const Cell* Worksheet::at(std::size_t row, std::size_t column) const {
  const auto found = std::ranges::lower_bound(rows, row, {}, &WorkbookRow::number);
  if (found == rows.end() || found->number != row || column == 0 || column > found->cells.size()) return nullptr;
  const Cell& cell = found->cells[column - 1];
  return std::holds_alternative<std::monostate>(cell.value) && !cell.is_formula ? nullptr : &cell;
}

Result<Workbook> read_workbook(std::string_view bytes, const WorkbookLimits& limits) {
  if (bytes.size() > limits.max_bytes) return larger("The file is too large.", "");
  if (bytes.starts_with("\xD0\xCF\x11\xE0"))
    return invalid(
        "workbook.format",
        "This is an old .xls file, an Outlook .msg, or a file with a password. Save it as .xlsx without one, a "
        "mail as .eml.");
  if (!bytes.starts_with("PK\x03\x04")) return invalid("workbook.format", std::string(kNoWorkbook));
  auto archive = ArchiveReader::open(bytes, {});
  if (!archive.ok()) return renamed(archive.error(), "");
  return WorkbookReader(**archive, limits).read();
}

std::string cell_text(const CellValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "yes" : "no";
  if (const auto* time = std::get_if<std::chrono::local_seconds>(&value)) return time_text(*time);
  const auto* number = std::get_if<double>(&value);
  if (number == nullptr) return "";
  constexpr double kWholeUpTo = 1e15;
  const bool whole = std::abs(*number) < kWholeUpTo && std::floor(*number) == *number;
  return whole ? fmt::format("{}", static_cast<long long>(*number)) : fmt::format("{}", *number);
}

}  // namespace hinomi
