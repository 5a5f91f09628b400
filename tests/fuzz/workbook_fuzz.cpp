// formats/workbook and formats/table: whatever is read keeps to the limits, and the answer on the pipe is what was put
// in. An input that is no ZIP file is taken as the XML of one sheet, because checksums stop most changes to a whole
// one.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/archive.h"
#include "formats/table.h"
#include "formats/workbook.h"

namespace {

using namespace hinomi;

constexpr WorkbookLimits kLimits{.max_bytes = 65'536,
                                 .max_sheets = 4,
                                 .max_rows = 200,
                                 .max_columns = 30,
                                 .max_cells = 2'000,
                                 .max_text_bytes = 65'536};

void require(bool holds) {
  if (!holds) std::abort();
}

std::string with_sheet(std::string_view sheet) {
  const std::vector<ArchiveEntry> entries{
      {"[Content_Types].xml", "<Types/>"},
      {"xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" id=\"r1\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<R><Relationship Id=\"r1\" Target=\"s.xml\"/><Relationship Id=\"r2\" "
       "Type=\"x/sharedStrings\" Target=\"t.xml\"/><Relationship Id=\"r3\" "
       "Type=\"x/styles\" Target=\"f.xml\"/></R>"},
      {"xl/t.xml", "<sst><si><t>one</t></si><si><r><t>t</t></r><r><t>wo</t></r></si></sst>"},
      {"xl/f.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"},
      {"xl/s.xml", std::string(sheet)}};
  const auto bytes = write_archive(entries);
  require(bytes.ok());
  return *bytes;
}

void check(const Workbook& workbook) {
  std::size_t cells = 0;
  std::size_t text = 0;
  require(workbook.sheets.size() <= kLimits.max_sheets);
  for (const Worksheet& sheet : workbook.sheets) {
    std::size_t last = 0;
    for (const WorkbookRow& row : sheet.rows) {
      require(row.number > last && row.number <= kLimits.max_rows);
      require(!row.cells.empty() && row.cells.size() <= kLimits.max_columns);
      last = row.number;
      cells += row.cells.size();
      for (const Cell& cell : row.cells) {
        if (const auto* words = std::get_if<std::string>(&cell.value)) text += words->size();
        require(cell_text(cell.value).size() <= kLimits.max_text_bytes);
      }
    }
  }
  require(cells <= kLimits.max_cells && text <= kLimits.max_text_bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const std::string file = input.starts_with("PK") ? std::string(input) : with_sheet(input);
  if (const auto workbook = read_workbook(file, kLimits); workbook.ok()) check(*workbook);
  if (file.size() > kLimits.max_bytes) return 0;
  const auto tables = read_tables(file);
  const auto again = parse_tables(tables_text(tables));
  require(tables.ok() ? again.ok() && *again == *tables : again.error().code == tables.error().code);
  return 0;
}
