#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "base/text.h"
#include "formats/archive.h"
#include "formats/workbook.h"
#include "formats/workbook_parts.h"

namespace hinomi {
namespace {

constexpr std::string_view kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view kPackage = "http://schemas.openxmlformats.org/package/2006";
constexpr std::string_view kSpreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";

// What spreadsheet programs hold (Excel's specifications; ISO/IEC 29500-1 leaves them open).
constexpr std::size_t kLongestText = 32'767;  // UTF-16 units of a cell
constexpr std::size_t kLongestName = 31;      // of a sheet
constexpr std::size_t kLongestEdge = 200;
constexpr std::size_t kMostStyles = 1'000;
constexpr std::size_t kMostMerged = 2'000;
constexpr int kSmallestFont = 6;
constexpr int kLargestFont = 72;

Error unwritable(std::string reason, std::string where = {}) {
  return invalid("workbook.draft", std::move(reason), std::move(where));
}

std::string xml_text(std::string_view text) {
  std::string escaped;
  for (const char c : with_escapes(text)) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\n': escaped += "&#10;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

// UTF-16 units, which is what the programs count.
std::size_t units(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    count += (byte & 0xC0) == 0x80 ? 0U : byte >= 0xF0 ? 2U : 1U;
  }
  return count;
}

// --- checks

bool is_color(std::string_view text) {
  return text.empty() || (text.size() == 6 && std::ranges::all_of(text, [](char c) {
                            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
                          }));
}

Status check_style(const CellStyle& style) {
  if (style.size < kSmallestFont || style.size > kLargestFont) return unwritable("A font is 6 to 72 points large.");
  if (!is_color(style.fill)) return unwritable("A fill is RRGGBB: " + style.fill);
  if (style.font.empty() || units(style.font) > kLongestName || !is_utf8(style.font))
    return unwritable("A font has a name of at most 31 characters.");
  return {};
}

Status check_name(const std::string& name) {
  const bool fits = !name.empty() && is_utf8(name) && units(name) <= kLongestName;
  if (!fits || name.find_first_of("[]:*?/\\") != std::string::npos || name.front() == '\'' || name.back() == '\'')
    return unwritable("A sheet's name has 1 to 31 characters, none of []:*?/\\ and no ' at an end.", name);
  return {};
}

bool is_place(std::size_t row, std::size_t column) {
  return parse_cell_place(cell_place_text({row, column})).has_value();
}

Status check_cell(const PlacedCell& cell, std::size_t styles) {
  if (cell.row == 0 || cell.column == 0 || !is_place(cell.row, cell.column))
    return unwritable("A cell lies beside the sheet.");
  if (cell.style >= styles) return unwritable("A cell has a style that is not there.");
  const auto* text = std::get_if<std::string>(&cell.value);
  if (text != nullptr && (!is_utf8(*text) || units(*text) > kLongestText))
    return unwritable("A cell holds at most 32,767 characters of UTF-8.");
  const auto* number = std::get_if<double>(&cell.value);
  if (number != nullptr && !std::isfinite(*number)) return unwritable("A cell holds a number that is none.");
  const auto* time = std::get_if<std::chrono::local_seconds>(&cell.value);
  if (time != nullptr && !time_of_serial(serial_of_time(*time), false))
    return unwritable("A cell holds a day before 1900 or after 9999.");
  return {};
}

bool overlap(const MergedCells& one, const MergedCells& other) {
  return one.first_row <= other.last_row && other.first_row <= one.last_row && one.first_column <= other.last_column &&
         other.first_column <= one.last_column;
}

Status check_merged(const std::vector<MergedCells>& merged) {
  if (merged.size() > kMostMerged) return unwritable("A sheet has at most 2,000 merged places.");
  for (auto one = merged.begin(); one != merged.end(); ++one) {
    const bool whole = one->first_row > 0 && one->first_column > 0 && one->first_row <= one->last_row &&
                       one->first_column <= one->last_column && is_place(one->last_row, one->last_column);
    if (!whole) return unwritable("Merged cells lie beside the sheet.");
    if (std::any_of(merged.begin(), one, [&](const MergedCells& other) { return overlap(*one, other); }))
      return unwritable("Merged cells lie upon each other.");
  }
  return {};
}

Status check_edge(const PageEdge& edge) {
  const bool fits = units(edge.left) + units(edge.center) + units(edge.right) <= kLongestEdge;
  if (!fits || !is_utf8(edge.left) || !is_utf8(edge.center) || !is_utf8(edge.right))
    return unwritable("A header or footer has at most 200 characters of UTF-8.");
  return {};
}

Status check_sheet(const WorksheetDraft& sheet, std::size_t styles) {
  TRY_OK(check_name(sheet.name));
  TRY_OK(check_merged(sheet.merged));
  TRY_OK(check_edge(sheet.page.header));
  TRY_OK(check_edge(sheet.page.footer));
  if (!is_place(sheet.frozen_rows + 1, sheet.columns.size() + 1)) return unwritable("The sheet is too large.");
  for (const ColumnDraft& column : sheet.columns) {
    if (!(column.width >= 0 && column.width <= 255) || column.style >= styles)
      return unwritable("A column is 0 to 255 characters wide and has a style that is there.");
  }
  for (const PlacedCell& cell : sheet.cells) TRY_OK(check_cell(cell, styles));
  return {};
}

Status check_draft(const WorkbookDraft& draft) {
  if (draft.styles.empty() || draft.styles.size() > kMostStyles) return unwritable("1 to 1,000 styles are possible.");
  for (const CellStyle& style : draft.styles) TRY_OK(check_style(style));
  if (draft.sheets.empty() || draft.sheets.size() > WorkbookLimits{}.max_sheets)
    return unwritable("A workbook has 1 to 32 sheets.");
  std::set<std::string> names;
  for (const WorksheetDraft& sheet : draft.sheets) {
    const Status checked = check_sheet(sheet, draft.styles.size());
    if (!checked.ok()) return checked.error().inside(sheet.name);
    if (!names.insert(folded(sheet.name)).second) return unwritable("Two sheets have one name.", sheet.name);
  }
  return {};
}

// --- styles: each style of the draft stands in the file three times, for the three ways in which a value is shown

enum class Shown : std::size_t { AsItIs = 0, Day = 1, Time = 2 };
constexpr std::size_t kWays = 3;
constexpr int kGeneral = 0;
constexpr int kText = 49;
constexpr int kDay = 164;  // the first numbers that are ours to give
constexpr int kTime = 165;

std::string_view align_text(CellStyle::Align align, bool across) {
  if (align == CellStyle::Align::Center) return "center";
  if (align == CellStyle::Align::End) return across ? "right" : "bottom";
  return across ? "left" : "top";
}

std::string font_xml(const CellStyle& style) {
  return fmt::format("<font>{}{}<sz val=\"{}\"/><name val=\"{}\"/><family val=\"2\"/></font>", style.bold ? "<b/>" : "",
                     style.italic ? "<i/>" : "", style.size, xml_text(style.font));
}

std::string fill_xml(const CellStyle& style) {
  if (style.fill.empty()) return "<fill><patternFill patternType=\"none\"/></fill>";
  return fmt::format("<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF{}\"/></patternFill></fill>",
                     style.fill);
}

std::string border_xml(const CellStyle& style) {
  if (style.border == CellStyle::Border::None) return "<border><left/><right/><top/><bottom/><diagonal/></border>";
  std::string xml = "<border>";
  for (const std::string_view side : {"left", "right", "top", "bottom"})
    xml += fmt::format("<{0} style=\"thin\"><color auto=\"1\"/></{0}>", side);
  return xml + "<diagonal/></border>";
}

std::string format_xml(const CellStyle& style, std::size_t index, Shown shown) {
  const int usual = style.is_text ? kText : kGeneral;
  const int format = shown == Shown::AsItIs ? usual : shown == Shown::Day ? kDay : kTime;
  // Without a place of its own a number stands on the right, as everywhere.
  const bool given = style.across != CellStyle::Align::Start;
  const std::string across = given ? fmt::format(" horizontal=\"{}\"", align_text(style.across, true)) : std::string();
  return fmt::format(
      "<xf numFmtId=\"{}\" fontId=\"{}\" fillId=\"{}\" borderId=\"{}\" xfId=\"0\" applyNumberFormat=\"1\" "
      "applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment{} vertical=\"{}\"{}/></xf>",
      format, index, index + 2, index, across, align_text(style.down, false), style.wraps ? " wrapText=\"1\"" : "");
}

std::string styles_xml(const std::vector<CellStyle>& styles) {
  std::string fonts;
  // The first two fills are the programs' own (ISO/IEC 29500-1 §18.8.21).
  std::string fills =
      "<fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>";
  std::string borders;
  std::string formats;
  for (std::size_t i = 0; i < styles.size(); ++i) {
    fonts += font_xml(styles[i]);
    fills += fill_xml(styles[i]);
    borders += border_xml(styles[i]);
    for (const Shown shown : {Shown::AsItIs, Shown::Day, Shown::Time}) formats += format_xml(styles[i], i, shown);
  }
  return fmt::format(
      "{0}<styleSheet xmlns=\"{1}\"><numFmts count=\"2\"><numFmt numFmtId=\"{2}\" formatCode=\"yyyy\\-mm\\-dd\"/>"
      "<numFmt numFmtId=\"{3}\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/></numFmts><fonts count=\"{4}\">{5}</fonts>"
      "<fills count=\"{6}\">{7}</fills><borders count=\"{4}\">{8}</borders><cellStyleXfs count=\"1\"><xf "
      "numFmtId=\"0\" "
      "fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"{9}\">{10}</cellXfs><cellStyles "
      "count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>",
      kHead, kMain, kDay, kTime, styles.size(), fonts, styles.size() + 2, fills, borders, styles.size() * kWays,
      formats);
}

// --- sheets

Shown shown_as(const CellValue& value) {
  const auto* time = std::get_if<std::chrono::local_seconds>(&value);
  if (time == nullptr) return Shown::AsItIs;
  return *time == std::chrono::floor<std::chrono::days>(*time) ? Shown::Day : Shown::Time;
}

std::string cell_xml(const PlacedCell& cell) {
  const std::string begin = fmt::format("<c r=\"{}\" s=\"{}\"", cell_place_text({cell.row, cell.column}),
                                        cell.style * kWays + static_cast<std::size_t>(shown_as(cell.value)));
  if (const auto* text = std::get_if<std::string>(&cell.value)) {
    if (text->empty()) return begin + "/>";
    return begin + " t=\"inlineStr\"><is><t xml:space=\"preserve\">" + xml_text(*text) + "</t></is></c>";
  }
  if (const auto* flag = std::get_if<bool>(&cell.value))
    return begin + " t=\"b\"><v>" + (*flag ? "1" : "0") + "</v></c>";
  if (const auto* number = std::get_if<double>(&cell.value)) return begin + fmt::format("><v>{}</v></c>", *number);
  if (const auto* time = std::get_if<std::chrono::local_seconds>(&cell.value))
    return begin + fmt::format("><v>{}</v></c>", serial_of_time(*time));
  return begin + "/>";
}

Result<std::string> rows_xml(const WorksheetDraft& sheet) {
  std::vector<const PlacedCell*> cells;
  for (const PlacedCell& cell : sheet.cells) cells.push_back(&cell);
  const auto place = [](const PlacedCell* cell) { return std::pair(cell->row, cell->column); };
  std::ranges::sort(cells, {}, place);
  if (std::ranges::adjacent_find(cells, {}, place) != cells.end())
    return unwritable("A place is written twice.", sheet.name);
  std::string xml;
  std::size_t row = 0;
  for (const PlacedCell* cell : cells) {
    if (cell->row != row) xml += fmt::format("{}<row r=\"{}\">", row == 0 ? "" : "</row>", cell->row);
    row = cell->row;
    xml += cell_xml(*cell);
  }
  return xml + (row == 0 ? "" : "</row>");
}

std::string view_xml(std::size_t frozen_rows) {
  if (frozen_rows == 0) return "<sheetViews><sheetView workbookViewId=\"0\"/></sheetViews>";
  return fmt::format(
      "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"{}\" topLeftCell=\"A{}\" activePane=\"bottomLeft\" "
      "state=\"frozen\"/></sheetView></sheetViews>",
      frozen_rows, frozen_rows + 1);
}

std::string columns_xml(const std::vector<ColumnDraft>& columns) {
  std::string xml;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const ColumnDraft& column = columns[i];
    if (column.width == 0 && column.style == 0 && !column.is_hidden) continue;
    const std::string width =
        column.width == 0 ? std::string() : fmt::format(" width=\"{}\" customWidth=\"1\"", column.width);
    xml += fmt::format("<col min=\"{0}\" max=\"{0}\"{1} style=\"{2}\"{3}/>", i + 1, width, column.style * kWays,
                       column.is_hidden ? " hidden=\"1\"" : "");
  }
  return xml.empty() ? xml : "<cols>" + xml + "</cols>";
}

std::string merged_xml(const std::vector<MergedCells>& merged) {
  if (merged.empty()) return {};
  std::string xml = fmt::format("<mergeCells count=\"{}\">", merged.size());
  for (const MergedCells& cells : merged)
    xml += fmt::format("<mergeCell ref=\"{}:{}\"/>", cell_place_text({cells.first_row, cells.first_column}),
                       cell_place_text({cells.last_row, cells.last_column}));
  return xml + "</mergeCells>";
}

// & begins a code in headers, so what was typed has it twice; then our own words become codes.
std::string edge_part(std::string_view side, const std::string& text) {
  if (text.empty()) return {};
  std::string doubled;
  for (const char c : text) doubled += c == '&' ? std::string("&&") : std::string(1, c);
  const auto replace = [&](std::string_view word, std::string_view code) {
    for (auto at = doubled.find(word); at != std::string::npos; at = doubled.find(word, at + code.size()))
      doubled.replace(at, word.size(), code);
  };
  replace("{page}", "&P");
  replace("{pages}", "&N");
  return std::string(side) + doubled;
}

std::string edge_xml(std::string_view name, const PageEdge& edge) {
  const std::string parts = edge_part("&L", edge.left) + edge_part("&C", edge.center) + edge_part("&R", edge.right);
  return parts.empty() ? std::string() : fmt::format("<{0}>{1}</{0}>", name, xml_text(parts));
}

Result<std::string> sheet_xml(const WorksheetDraft& sheet) {
  TRY(const std::string rows, rows_xml(sheet));
  const PageSetup& page = sheet.page;
  const std::string edges = edge_xml("oddHeader", page.header) + edge_xml("oddFooter", page.footer);
  return fmt::format(
      "{}<worksheet xmlns=\"{}\">{}{}<sheetFormatPr defaultRowHeight=\"18\"/>{}<sheetData>{}</sheetData>{}<pageMargins "
      "left=\"0.6\" right=\"0.6\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/><pageSetup "
      "paperSize=\"9\" "
      "orientation=\"{}\"{}/>{}</worksheet>",
      kHead, kMain, page.fits_width ? "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>" : "",
      view_xml(sheet.frozen_rows), columns_xml(sheet.columns), rows, merged_xml(sheet.merged),
      page.is_landscape ? "landscape" : "portrait", page.fits_width ? " fitToWidth=\"1\" fitToHeight=\"0\"" : "",
      edges.empty() ? edges : "<headerFooter>" + edges + "</headerFooter>");
}

// --- the workbook around them

std::string quoted_name(const std::string& name) {
  std::string quoted = "'";
  for (const char c : name) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

std::string workbook_xml(const std::vector<WorksheetDraft>& sheets) {
  std::string tabs;
  std::string titles;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    tabs += fmt::format("<sheet name=\"{}\" sheetId=\"{}\" r:id=\"rId{}\"/>", xml_text(sheets[i].name), i + 1, i + 1);
    if (sheets[i].frozen_rows == 0) continue;
    titles += fmt::format("<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{}\">{}!$1:${}</definedName>", i,
                          xml_text(quoted_name(sheets[i].name)), sheets[i].frozen_rows);
  }
  return fmt::format(
      "{}<workbook xmlns=\"{}\" xmlns:r=\"{}\"><bookViews><workbookView/></bookViews><sheets>{}</sheets>{}"
      "</workbook>",
      kHead, kMain, kOffice, tabs, titles.empty() ? titles : "<definedNames>" + titles + "</definedNames>");
}

std::string relations_xml(const std::string& relations) {
  return fmt::format("{}<Relationships xmlns=\"{}/relationships\">{}</Relationships>", kHead, kPackage, relations);
}

std::string relation_xml(const std::string& id, std::string_view type, const std::string& target) {
  return fmt::format("<Relationship Id=\"{}\" Type=\"{}/{}\" Target=\"{}\"/>", id, kOffice, type, target);
}

std::string sheet_part(std::size_t index) { return fmt::format("worksheets/sheet{}.xml", index + 1); }

std::string sheet_relations(std::size_t sheets) {
  std::string relations;
  for (std::size_t i = 0; i < sheets; ++i)
    relations += relation_xml(fmt::format("rId{}", i + 1), "worksheet", sheet_part(i));
  return relations_xml(relations + relation_xml(fmt::format("rId{}", sheets + 1), "styles", "styles.xml"));
}

std::string types_xml(std::size_t sheets) {
  std::string types;
  const auto add = [&](const std::string& part, std::string_view type) {
    types += fmt::format("<Override PartName=\"/xl/{}\" ContentType=\"{}.{}+xml\"/>", part, kSpreadsheet, type);
  };
  add("workbook.xml", "sheet.main");
  add("styles.xml", "styles");
  for (std::size_t i = 0; i < sheets; ++i) add(sheet_part(i), "worksheet");
  return fmt::format(
      "{0}<Types xmlns=\"{1}/content-types\"><Default Extension=\"rels\" "
      "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
      "ContentType=\"application/xml\"/>{2}</Types>",
      kHead, kPackage, types);
}

}  // namespace

Result<std::string> write_workbook(const WorkbookDraft& draft) {
  TRY_OK(check_draft(draft));
  const std::size_t sheets = draft.sheets.size();
  std::vector<ArchiveEntry> entries{
      {"[Content_Types].xml", types_xml(sheets)},
      {"_rels/.rels", relations_xml(relation_xml("rId1", "officeDocument", "xl/workbook.xml"))},
      {"xl/workbook.xml", workbook_xml(draft.sheets)},
      {"xl/_rels/workbook.xml.rels", sheet_relations(sheets)},
      {"xl/styles.xml", styles_xml(draft.styles)}};
  for (std::size_t i = 0; i < sheets; ++i) {
    TRY(std::string content, sheet_xml(draft.sheets[i]));
    entries.push_back({"xl/" + sheet_part(i), std::move(content)});
  }
  return write_archive(entries);
}

}  // namespace hinomi
