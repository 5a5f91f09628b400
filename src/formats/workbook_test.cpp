#include "formats/workbook.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <limits>

#include "formats/archive.h"
#include "formats/workbook_parts.h"

namespace hinomi {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;

std::chrono::local_days day(int year, unsigned month, unsigned number) {
  return std::chrono::local_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(number));
}

template <class Value>
Value must(Result<Value> result) {
  if (!result.ok()) {
    ADD_FAILURE() << result.error().code << ": " << result.error().detail << " " << result.error().where;
    return Value{};
  }
  return std::move(*result);
}

std::string written(WorksheetDraft sheet) { return must(write_workbook({.sheets = {std::move(sheet)}})); }

// A workbook as other programs make it, part by part; each test spoils one.
struct Parts {
  std::string types =
      R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>)";
  std::string workbook = R"(<workbook><sheets><sheet name="名簿" sheetId="1" r:id="rId1"/></sheets></workbook>)";
  std::string relations =
      R"(<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="x/styles" Target="/xl/styles.xml"/></Relationships>)";
  std::string shared =
      R"(<sst><si><t>佐藤</t></si><si><r><t>A</t></r><r><t xml:space="preserve"> </t></r><r><t>B</t></r><rPh sb="0" eb="1"><t>サトウ</t></rPh></si></sst>)";
  std::string styles = R"(<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>)";
  std::string rows = R"(<row r="1"><c r="A1" t="s"><v>0</v></c></row>)";

  [[nodiscard]] std::string bytes(std::vector<ArchiveEntry> more = {}) const {
    std::vector<ArchiveEntry> entries{
        {"[Content_Types].xml", types},
        {"xl/workbook.xml", workbook},
        {"xl/_rels/workbook.xml.rels", relations},
        {"xl/sharedStrings.xml", shared},
        {"xl/styles.xml", styles},
        {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}};
    for (ArchiveEntry& entry : more) entries.push_back(std::move(entry));
    return must(write_archive(entries));
  }
};

std::string code_of(std::string_view bytes, const WorkbookLimits& limits = {}) {
  const auto read = read_workbook(bytes, limits);
  return read.ok() ? "read" : read.error().code;
}

const Cell& cell_at(const Workbook& workbook, std::size_t row, std::size_t column) {
  static const Cell none;
  const Cell* cell = workbook.sheets.empty() ? nullptr : workbook.sheets.front().at(row, column);
  return cell == nullptr ? none : *cell;
}

// --- what is written is what is read

TEST(Workbook, EveryKindOfValueComesBackAsItWas) {
  const std::vector<CellValue> values{std::string("東京電力 & <会社>\n二行目\t\"x\""),
                                      std::string("_x0041_ is no A"),
                                      std::string("\x01 and \r and \xEF\xBF\xBF"),
                                      std::string(" space "),
                                      std::string("=1+1"),
                                      0.0,
                                      -1.5,
                                      1e300,
                                      50.0,
                                      true,
                                      false,
                                      day(2026, 11, 22),
                                      day(2026, 11, 22) + 9h + 30min + 7s,
                                      day(1900, 1, 1),
                                      day(1900, 3, 1),
                                      day(9999, 12, 31)};
  WorksheetDraft sheet{.name = "値"};
  for (std::size_t i = 0; i < values.size(); ++i) sheet.cells.push_back({i + 1, 1 + i % 3, values[i]});
  const Workbook read = must(read_workbook(written(sheet)));
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(cell_at(read, i + 1, 1 + i % 3).value, values[i]) << "row " << i + 1;
    EXPECT_FALSE(cell_at(read, i + 1, 1 + i % 3).is_formula);
  }
}

TEST(Workbook, TheSameDraftGivesTheSameBytes) {
  const WorksheetDraft sheet{.name = "a", .cells = {{1, 1, std::string("x")}}};
  EXPECT_EQ(written(sheet), written(sheet));
}

TEST(Workbook, SheetsKeepTheirNamesOrderAndEmptyPlaces) {
  WorkbookDraft draft;
  draft.styles.push_back(
      {.bold = true, .wraps = true, .is_text = true, .border = CellStyle::Border::Thin, .fill = "E8EEF4"});
  draft.sheets = {{.name = "会員 & 人", .columns = {{.width = 20, .style = 1}}, .frozen_rows = 1},
                  {.name = "It's", .cells = {{7, 4, 1.0, 1}, {2, 2, std::string("b"), 1}}, .merged = {{2, 2, 3, 5}}}};
  draft.sheets[1].page = {.is_landscape = true,
                          .header = {.left = "R&D", .center = "", .right = "{page}/{pages}"},
                          .footer = {.left = "", .center = "秘", .right = ""}};
  const std::string bytes = must(write_workbook(draft));
  const Workbook read = must(read_workbook(bytes));
  ASSERT_THAT(read.sheets, SizeIs(2));
  EXPECT_EQ(read.sheets[0].name, "会員 & 人");
  EXPECT_THAT(read.sheets[0].rows, IsEmpty());
  EXPECT_EQ(read.sheets[1].name, "It's");
  ASSERT_THAT(read.sheets[1].rows, SizeIs(2));
  EXPECT_EQ(read.sheets[1].rows[0].number, 2U);
  EXPECT_EQ(read.sheets[1].at(7, 4)->value, CellValue(1.0));
  EXPECT_EQ(read.sheets[1].at(7, 3), nullptr);
  EXPECT_EQ(read.sheets[1].at(1, 1), nullptr);
  EXPECT_EQ(read.sheets[1].at(7, 0), nullptr);
  const auto archive = must(ArchiveReader::open(bytes, {}));
  EXPECT_THAT(must(archive->read("xl/worksheets/sheet2.xml")), HasSubstr("&amp;LR&amp;&amp;D&amp;R&amp;P/&amp;N"));
  EXPECT_THAT(must(archive->read("xl/workbook.xml")), HasSubstr("'会員 &amp; 人'!$1:$1"));
}

TEST(Workbook, WhatCannotBeWrittenIsRefusedWithTheSheet) {
  const auto one = [](PlacedCell cell) { return WorksheetDraft{.name = "s", .cells = {std::move(cell)}}; };
  const std::vector<WorksheetDraft> wrong{{.name = ""},
                                          {.name = std::string(32, 'a')},
                                          {.name = "a/b"},
                                          {.name = "'a"},
                                          {.name = "\xFF"},
                                          one({0, 1, 1.0}),
                                          one({1, 0, 1.0}),
                                          one({1'048'577, 1, 1.0}),
                                          one({1, 16'385, 1.0}),
                                          one({1, 1, std::numeric_limits<double>::infinity()}),
                                          one({1, 1, std::string(32'768, 'x')}),
                                          one({1, 1, std::string("\xC3")}),
                                          one({1, 1, day(1899, 12, 30)}),
                                          one({1, 1, 1.0, 9}),
                                          {.name = "s", .cells = {{1, 1, 1.0}, {1, 1, 2.0}}},
                                          {.name = "s", .merged = {{1, 1, 2, 2}, {2, 2, 3, 3}}},
                                          {.name = "s", .merged = {{2, 1, 1, 1}}},
                                          {.name = "s", .columns = {{.width = 300}}},
                                          {.name = "s", .page = {.header = {.left = std::string(201, 'h')}}}};
  for (const WorksheetDraft& sheet : wrong) {
    const auto refused = write_workbook({.sheets = {sheet}});
    ASSERT_FALSE(refused.ok()) << sheet.name;
    EXPECT_EQ(refused.error().code, "workbook.draft") << refused.error().detail;
  }
  EXPECT_FALSE(write_workbook({.sheets = {}}).ok());
  EXPECT_FALSE(write_workbook({.sheets = {{.name = "a"}, {.name = "A"}}}).ok());
  EXPECT_FALSE(write_workbook({.styles = {{.size = 3}}, .sheets = {{.name = "a"}}}).ok());
  EXPECT_FALSE(write_workbook({.styles = {{.fill = "red"}}, .sheets = {{.name = "a"}}}).ok());
}

// --- what other programs write

TEST(Workbook, SharedTextsArePutTogetherWithoutTheirReadings) {
  Parts parts;
  parts.rows = R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>)";
  const Workbook read = must(read_workbook(parts.bytes()));
  EXPECT_EQ(cell_at(read, 1, 1).value, CellValue("佐藤"));
  EXPECT_EQ(cell_at(read, 1, 2).value, CellValue("A B"));
}

TEST(Workbook, CellsWithoutPlacesCountOn) {
  Parts parts;
  parts.rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c t=\"str\"><v>x</v></c></row>";
  const Workbook read = must(read_workbook(parts.bytes()));
  EXPECT_EQ(cell_at(read, 1, 2).value, CellValue(2.0));
  EXPECT_EQ(cell_at(read, 2, 1).value, CellValue("x"));
}

TEST(Workbook, FormulasAreNotedAndNeverCalculated) {
  Parts parts;
  parts.rows =
      R"(<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>NOW()</f></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>)";
  const Workbook read = must(read_workbook(parts.bytes()));
  EXPECT_EQ(cell_at(read, 1, 1), (Cell{2.0, true, false}));
  EXPECT_EQ(cell_at(read, 1, 2), (Cell{{}, true, false}));
  EXPECT_EQ(cell_at(read, 1, 3), (Cell{"#DIV/0!", true, true}));
}

TEST(Workbook, DaysAreTheirStylesAndTheWorkbooksCalendar) {
  Parts parts;
  parts.rows =
      R"(<row r="1"><c r="A1" s="1"><v>46348</v></c><c r="B1" s="0"><v>46348</v></c><c r="C1" s="1"><v>60</v></c></row>)";
  Workbook read = must(read_workbook(parts.bytes()));
  EXPECT_EQ(cell_at(read, 1, 1).value, CellValue(day(2026, 11, 22)));
  EXPECT_EQ(cell_at(read, 1, 2).value, CellValue(46348.0));
  EXPECT_EQ(cell_at(read, 1, 3).value, CellValue(60.0)) << "the day that never was";
  parts.workbook = R"(<workbook><workbookPr date1904="1"/><sheets><sheet name="a" r:id="rId1"/></sheets></workbook>)";
  read = must(read_workbook(parts.bytes()));
  EXPECT_EQ(cell_at(read, 1, 1).value, CellValue(day(2030, 11, 23)));
}

TEST(Workbook, FormatsThatShowTimesAreToldFromOthers) {
  for (const std::string_view shows : {"yyyy/m/d", "[h]:mm", "gggee\"年\"mm\"月\"", "[$-411]ge.m.d;@", "h:mm AM/PM"})
    EXPECT_TRUE(shows_time(shows)) << shows;
  for (const std::string_view not_time :
       {"General", "0.00E+00", "#,##0", "\"day\"0", "[Red]0", "\\d0", "0_d", "@", "\"", "["})
    EXPECT_FALSE(shows_time(not_time)) << not_time;
}

TEST(Workbook, PlacesOfCellsAreReadAndWritten) {
  for (const auto& [text, row, column] : std::vector<std::tuple<std::string, std::size_t, std::size_t>>{
           {"A1", 1, 1}, {"Z9", 9, 26}, {"AA10", 10, 27}, {"XFD1048576", 1'048'576, 16'384}}) {
    const auto place = parse_cell_place(text);
    ASSERT_TRUE(place) << text;
    EXPECT_EQ(place->row, row);
    EXPECT_EQ(place->column, column);
    EXPECT_EQ(cell_place_text(*place), text);
  }
  for (const std::string_view wrong : {"", "A", "1", "A0", "a1", "XFE1", "A1048577", "A-1", "A1B", "AAAAAAAAAAAA1"})
    EXPECT_FALSE(parse_cell_place(wrong)) << wrong;
}

TEST(Workbook, ValuesReadAsSomebodyWouldTypeThem) {
  EXPECT_EQ(cell_text(50.0), "50");
  EXPECT_EQ(cell_text(0.1), "0.1");
  EXPECT_EQ(cell_text(81312345678.0), "81312345678");
  EXPECT_EQ(cell_text(true), "yes");
  EXPECT_EQ(cell_text(false), "no");
  EXPECT_EQ(cell_text({}), "");
  EXPECT_EQ(cell_text(day(2027, 4, 1)), "2027-04-01");
  EXPECT_EQ(cell_text(day(2027, 4, 1) + 9h), "2027-04-01T09:00:00");
  EXPECT_EQ(cell_text(*time_of_serial(0.5, false)), "12:00:00") << "a time of no day";
}

TEST(Workbook, AHiddenSheetSaysSo) {
  Parts parts;
  parts.workbook = R"(<workbook><sheets><sheet name="a" state="veryHidden" r:id="rId1"/></sheets></workbook>)";
  EXPECT_TRUE(must(read_workbook(parts.bytes())).sheets.front().is_hidden);
}

// --- what somebody made to do harm

TEST(Workbook, WhatIsNoneIsToldApart) {
  EXPECT_EQ(code_of(""), "workbook.format");
  EXPECT_EQ(code_of("会員名,種別\n"), "workbook.format");
  EXPECT_EQ(code_of(std::string("\xD0\xCF\x11\xE0") + std::string(600, '\0')), "workbook.format");
  EXPECT_EQ(code_of("PK\x03\x04 but no more"), "workbook.damaged");
  EXPECT_EQ(code_of(must(write_archive(std::vector<ArchiveEntry>{{"word/document.xml", "<a/>"}}))), "workbook.format");
  Parts macros;
  macros.types =
      R"(<Types><Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>)";
  EXPECT_EQ(code_of(macros.bytes()), "workbook.macros");
}

TEST(Workbook, ATruncatedFileIsRefusedWhereverItEnds) {
  const std::string whole = Parts{}.bytes();
  ASSERT_EQ(code_of(whole), "read");
  for (std::size_t size = 0; size < whole.size(); size += 7)
    EXPECT_THAT(code_of(whole.substr(0, size)), ::testing::AnyOf("workbook.format", "workbook.damaged")) << size;
}

TEST(Workbook, NoFlippedByteGetsThroughAsAnotherText) {
  Parts parts;
  parts.shared = "<sst><si><t>" + std::string(400, 'A') + "</t></si></sst>";
  const std::string whole = parts.bytes();
  const CellValue right = cell_at(must(read_workbook(whole)), 1, 1).value;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string spoiled = whole;
    spoiled[at] = static_cast<char>(spoiled[at] ^ 0x40);
    const auto read = read_workbook(spoiled);
    if (read.ok() && !read->sheets.empty() && read->sheets.front().at(1, 1) != nullptr)
      EXPECT_EQ(read->sheets.front().at(1, 1)->value, right) << at;
  }
}

TEST(Workbook, ABombIsRefusedBeforeItIsUnpacked) {
  const std::vector<ArchiveEntry> bomb{{"xl/media/zero.bin", std::string(std::size_t{20} << 20, '\0')}};
  const std::string bytes = Parts{}.bytes(bomb);
  ASSERT_LT(bytes.size(), 100'000U);
  EXPECT_EQ(code_of(bytes), "workbook.too_large");
}

TEST(Workbook, ManyEntriesOfOneNameOrAtAllAreRefused) {
  std::vector<ArchiveEntry> many;
  for (int i = 0; i < 1'001; ++i) many.push_back({fmt::format("xl/media/{}.png", i), "x"});
  EXPECT_EQ(code_of(Parts{}.bytes(many)), "workbook.too_large");
  EXPECT_EQ(code_of(Parts{}.bytes({{"XL/Workbook.xml", "<workbook/>"}})), "workbook.damaged");
}

TEST(Workbook, AMillionCellsAreRefused) {
  Parts parts;
  parts.rows.clear();
  std::string row;
  for (int i = 0; i < 250; ++i) row += "<c><v>1</v></c>";
  for (int i = 0; i < 4'000; ++i) parts.rows += "<row>" + row + "</row>";
  EXPECT_EQ(code_of(parts.bytes()), "workbook.too_large");
}

TEST(Workbook, CellsFarOutCostNothingAndAreRefused) {
  Parts parts;
  parts.rows = R"(<row r="1"><c r="XFD1"><v>1</v></c></row>)";
  EXPECT_EQ(code_of(parts.bytes()), "workbook.too_large");
  parts.rows = R"(<row r="1048576"><c r="A1048576"><v>1</v></c></row>)";
  EXPECT_EQ(code_of(parts.bytes()), "workbook.too_large");
  parts.rows.clear();
  for (int i = 1; i <= 2'000; ++i) parts.rows += fmt::format(R"(<row r="{0}"><c r="IV{0}"><v>1</v></c></row>)", i);
  EXPECT_EQ(code_of(parts.bytes()), "workbook.too_large") << "512,000 places between them";
}

TEST(Workbook, OneTextInManyCellsCountsEachTime) {
  Parts parts;
  parts.shared = "<sst><si><t>" + std::string(30'000, 'A') + "</t></si></sst>";
  parts.rows.clear();
  for (int i = 1; i <= 2'000; ++i) parts.rows += fmt::format(R"(<row r="{0}"><c r="A{0}" t="s"><v>0</v></c></row>)", i);
  EXPECT_EQ(code_of(parts.bytes()), "workbook.too_large");
}

TEST(Workbook, EntitiesAreNotExpanded) {
  Parts parts;
  parts.shared =
      R"(<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><sst><si><t>&b;&f;</t></si></sst>)";
  EXPECT_EQ(code_of(parts.bytes()), "workbook.damaged");
  parts.shared = "<sst><si><t>&b;&f;&lt;</t></si></sst>";
  EXPECT_EQ(cell_at(must(read_workbook(parts.bytes())), 1, 1).value, CellValue("&b;&f;<"));
}

TEST(Workbook, NestingIsBounded) {
  Parts parts;
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "<r>";
  for (int i = 0; i < 10'000; ++i) deep += "</r>";
  parts.shared = "<sst><si>" + deep + "</si></sst>";
  EXPECT_EQ(code_of(parts.bytes()), "workbook.damaged");
}

TEST(Workbook, RelationsLeadNowhereButIntoTheFile) {
  for (const std::string target : {"../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "worksheets/none.xml",
                                   "", "http://evil.example/sheet.xml"}) {
    Parts parts;
    parts.relations = "<Relationships><Relationship Id=\"rId1\" Target=\"" + target + "\"/></Relationships>";
    EXPECT_EQ(code_of(parts.bytes()), "workbook.damaged") << target;
  }
  Parts outside;
  outside.relations =
      R"(<Relationships><Relationship Id="rId1" TargetMode="External" Target="worksheets/sheet1.xml"/></Relationships>)";
  EXPECT_EQ(code_of(outside.bytes()), "workbook.damaged");
  EXPECT_EQ(code_of(Parts{}.bytes({{"../../../../tmp/evil", "x"}, {"/etc/evil", "x"}})), "read")
      << "nothing is ever unpacked to a place";
}

TEST(Workbook, WhatIsOutOfOrderIsDamaged) {
  for (const std::string rows :
       {R"(<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>)",
        R"(<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>)",
        R"(<row r="1"><c r="A2"><v>1</v></c></row>)", R"(<row r="0"><c><v>1</v></c></row>)",
        R"(<row r="1"><c r="A1" t="s"><v>99</v></c></row>)", R"(<row r="1"><c r="A1" t="s"><v>-1</v></c></row>)",
        R"(<row r="1"><c r="A1"><v>12x</v></c></row>)", R"(<row r="1"><c r="A1"><v>nan</v></c></row>)"}) {
    Parts parts;
    parts.rows = rows;
    EXPECT_EQ(code_of(parts.bytes()), "workbook.damaged") << rows;
  }
}

TEST(Workbook, LimitsOfTheCallerHold) {
  const std::string bytes = Parts{}.bytes();
  EXPECT_EQ(code_of(bytes, {.max_bytes = bytes.size() - 1}), "workbook.too_large");
  EXPECT_EQ(code_of(bytes, {.max_sheets = 0}), "workbook.too_large");
  EXPECT_EQ(code_of(bytes, {.max_rows = 0}), "workbook.too_large");
  EXPECT_EQ(code_of(bytes, {.max_columns = 0}), "workbook.too_large");
  EXPECT_EQ(code_of(bytes, {.max_cells = 0}), "workbook.too_large");
  EXPECT_EQ(code_of(bytes, {.max_text_bytes = 5}), "workbook.too_large");
}

}  // namespace
}  // namespace hinomi
