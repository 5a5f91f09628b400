#include "formats/table.h"

#include <array>

#include "base/json.h"
#include "base/text.h"
#include "formats/workbook.h"
#include "formats/workbook_parts.h"

namespace hinomi {
namespace {

// Of what a member's list may be: far above any real one, far below what the process may take.
constexpr WorkbookLimits kListLimits{.max_rows = 20'000, .max_columns = 64, .max_text_bytes = std::size_t{8} << 20};

Result<std::string> field_of(const Cell& cell, const Worksheet& sheet, CellPlace place) {
  const bool uncalculated = cell.is_formula && std::holds_alternative<std::monostate>(cell.value);
  if (cell.is_error || uncalculated)
    return invalid("workbook.formula", "A formula has no value. Put the value itself in its place.",
                   sheet.name + "!" + cell_place_text(place));
  return std::string(trimmed(cell_text(cell.value)));
}

Result<Table> table_of(const Worksheet& sheet) {
  Table table{sheet.name, {}};
  for (const WorkbookRow& row : sheet.rows) {
    TableRow read{row.number, {}};
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      TRY(std::string field, field_of(row.cells[i], sheet, {row.number, i + 1}));
      read.fields.push_back(std::move(field));
    }
    while (!read.fields.empty() && read.fields.back().empty()) read.fields.pop_back();
    if (!read.fields.empty()) table.rows.push_back(std::move(read));
  }
  return table;
}

Error no_answer() { return invalid("workbook.answer", "The parser's answer is none."); }

// The codes of this module, each with the one kind that it has.
struct KnownError {
  std::string_view code;
  ErrorKind kind;
};
constexpr std::array kKnownErrors{
    KnownError{"workbook.format", ErrorKind::Invalid},  KnownError{"workbook.macros", ErrorKind::Invalid},
    KnownError{"workbook.damaged", ErrorKind::Invalid}, KnownError{"workbook.formula", ErrorKind::Invalid},
    KnownError{"workbook.empty", ErrorKind::Invalid},   KnownError{"workbook.too_large", ErrorKind::TooLarge},
    KnownError{"mail.format", ErrorKind::Invalid},      KnownError{"mail.damaged", ErrorKind::Invalid},
    KnownError{"mail.no_workbook", ErrorKind::Invalid}, KnownError{"mail.too_large", ErrorKind::TooLarge},
};

Error error_of(JsonView answer) {
  const std::string_view code = answer.string_at("error").value_or("");
  const std::string detail(answer.string_at("detail").value_or(""));
  const std::string where(answer.string_at("where").value_or(""));
  for (const KnownError& known : kKnownErrors) {
    if (known.code == code) return {known.kind, std::string(code), detail, where};
  }
  return no_answer();
}

Result<TableRow> parse_row(JsonView view) {
  const auto number = view.integer_at("row");
  const auto fields = view.find("fields");
  if (!number || *number < 1 || !fields || !fields->is_array()) return no_answer();
  TableRow row{static_cast<std::size_t>(*number), {}};
  for (const JsonView field : *fields) {
    const auto text = field.string();
    if (!text) return no_answer();
    row.fields.emplace_back(*text);
  }
  return row;
}

Result<Table> parse_table(JsonView view) {
  const auto name = view.string_at("name");
  const auto rows = view.find("rows");
  if (!name || !rows || !rows->is_array()) return no_answer();
  Table table{std::string(*name), {}};
  for (const JsonView one : *rows) {
    TRY(TableRow row, parse_row(one));
    if (!table.rows.empty() && table.rows.back().number >= row.number) return no_answer();
    table.rows.push_back(std::move(row));
  }
  return table;
}

void write_table(JsonWriter& out, const Table& table) {
  out.begin_object().member("name", table.name).key("rows").begin_array();
  for (const TableRow& row : table.rows) {
    out.begin_object().member("row", static_cast<std::uint64_t>(row.number)).key("fields").begin_array();
    for (const std::string& field : row.fields) out.string(field);
    out.end_array().end_object();
  }
  out.end_array().end_object();
}

}  // namespace

Result<std::vector<Table>> read_tables(std::string_view workbook) {
  TRY(const Workbook read, read_workbook(workbook, kListLimits));
  std::vector<Table> tables;
  for (const Worksheet& sheet : read.sheets) {
    if (sheet.is_hidden) continue;  // what nobody sees, nobody has checked
    TRY(Table table, table_of(sheet));
    if (!table.rows.empty()) tables.push_back(std::move(table));
  }
  if (tables.empty()) return invalid("workbook.empty", "No sheet of the workbook holds anything.");
  return tables;
}

std::string tables_text(const Result<std::vector<Table>>& tables) {
  JsonWriter out;
  if (!tables.ok()) {
    const Error& error = tables.error();
    out.begin_object().member("error", error.code).member("detail", error.detail).member("where", error.where);
    return out.end_object().take();
  }
  out.begin_object().key("tables").begin_array();
  for (const Table& table : *tables) write_table(out, table);
  return out.end_array().end_object().take();
}

Result<std::vector<Table>> parse_tables(std::string_view text) {
  if (text.size() > kMostTablesBytes) return too_large("workbook.too_large", "The workbook has too much text.");
  const auto document = parse_json(text, {.max_bytes = kMostTablesBytes, .max_depth = 8});
  if (!document.ok()) return no_answer();
  const JsonView answer = (*document)->root();
  if (answer.find("error")) return error_of(answer);
  const auto views = answer.find("tables");
  if (!views || !views->is_array()) return no_answer();
  std::vector<Table> tables;
  for (const JsonView view : *views) {
    TRY(Table table, parse_table(view));
    tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace hinomi
