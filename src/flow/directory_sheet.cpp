#include "flow/directory_sheet.h"

#include <algorithm>
#include <array>

#include "base/legacy_text.h"
#include "base/text.h"
#include "formats/csv.h"
#include "formats/workbook.h"

namespace hinomi::flow {
namespace {

struct Column {
  std::string_view name;
  std::string_view japanese;
};

constexpr std::array kOrganisationColumns{Column{"organisation", "会員名"},
                                          Column{"name", "新会員名"},
                                          Column{"name_en", "英字名"},
                                          Column{"kind", "種別"},
                                          Column{"membership", "会員区分"},
                                          Column{"aliases", "別名"},
                                          Column{"licences", "許可等"},
                                          Column{"ci_operator", "重要インフラ事業者等"},
                                          Column{"keizai", "特定社会基盤事業者"},
                                          Column{"special", "特別社会基盤事業者"},
                                          Column{"hoan_cert", "認定高度保安実施設置者"},
                                          Column{"listed", "上場"},
                                          Column{"area", "エリア"},
                                          Column{"prefectures", "都道府県"},
                                          Column{"frequency_hz", "周波数"},
                                          Column{"voltages_kv", "電圧"},
                                          Column{"plants", "発電種別"},
                                          Column{"products", "使用製品"},
                                          Column{"pii", "個人情報取扱事業者"},
                                          Column{"abroad", "海外の制度"}};
constexpr std::array kPeopleColumns{
    Column{"id", "識別子"},         Column{"login", "ログイン名"},   Column{"organisation", "会員名"},
    Column{"name", "氏名"},         Column{"name_en", "氏名(英字)"}, Column{"roles", "役割"},
    Column{"compartments", "区画"}, Column{"ceiling", "TLP上限"},    Column{"active", "在籍"},
    Column{"mail", "メール"},       Column{"phone", "電話"},         Column{"duty_desk", "当直窓口"},
    Column{"canary", "おとり"}};
constexpr std::array kLicenceColumns{Column{"organisation", "会員名"}, Column{"licence", "許可"}};
constexpr std::array kDeskColumns{Column{"organisation", "会員名"}, Column{"desk", "窓口"}, Column{"phone", "電話"},
                                  Column{"mail", "メール"}, Column{"duty", "24時間"}};
constexpr std::array kGroupColumns{
    Column{"group", "グループ名"},        Column{"name", "新グループ名"},   Column{"kind", "種別"},
    Column{"visibility", "参加者の表示"}, Column{"ceiling", "TLP上限"},     Column{"orgs", "参加組織"},
    Column{"persons", "参加者"},          Column{"join_orgs", "追加組織"},  Column{"leave_orgs", "退出組織"},
    Column{"join_persons", "追加者"},     Column{"leave_persons", "退出者"}};
constexpr std::array kDelegationColumns{Column{"from", "委任する人"}, Column{"to", "委任される人"},
                                        Column{"role", "役割"}, Column{"from_at", "開始"}, Column{"until", "終了"}};

struct List {
  Sheet sheet;
  std::string_view member;    // of the JSON body
  std::string_view japanese;  // name of its sheet in a workbook
  std::string_view english;
  std::span<const Column> columns;
  std::vector<std::string_view> keys;  // a heading with all of these is this list
};

// In the order in which a heading is tried: the narrowest first.
const std::vector<List>& lists() {
  static const std::vector<List> all{
      {Sheet::People, "people", "人", "People", kPeopleColumns, {"login"}},
      {Sheet::DutyDesks, "duty_desks", "当直窓口", "Duty desks", kDeskColumns, {"organisation", "desk"}},
      {Sheet::Licences, "licences", "許可", "Licences", kLicenceColumns, {"organisation", "licence"}},
      {Sheet::Groups, "groups", "グループ", "Groups", kGroupColumns, {"group"}},
      {Sheet::Delegations, "delegations", "委任", "Delegations", kDelegationColumns, {"from", "to"}},
      {Sheet::Organisations, "organisations", "会員", "Organisations", kOrganisationColumns, {"organisation"}},
  };
  return all;
}

// The column's English name; empty when this list has none of that name.
std::string_view column_of(const List& list, std::string_view heading) {
  const std::string wanted = folded(trimmed(heading));
  for (const Column& column : list.columns) {
    if (folded(column.name) == wanted || folded(column.japanese) == wanted) return column.name;
  }
  return {};
}

std::vector<std::string_view> columns_of(const List& list, const std::vector<std::string>& heading) {
  std::vector<std::string_view> columns;
  for (const std::string& field : heading) columns.push_back(column_of(list, field));
  return columns;
}

Error unknown_heading(const std::vector<std::string>& heading, const List* nearest) {
  std::string unknown;
  for (const std::string& field : heading) {
    if (nearest == nullptr || column_of(*nearest, field).empty()) unknown += (unknown.empty() ? "" : ", ") + field;
  }
  return invalid("directory.heading", "The first line names no known list. Not known: " + unknown, "row 1");
}

struct Heading {
  Sheet sheet;
  std::vector<std::string_view> columns;
  std::string list{};  // the name of the sheet under it, where there are several
};

Result<Heading> read_heading(const std::vector<std::string>& fields) {
  for (const List& list : lists()) {
    const auto columns = columns_of(list, fields);
    const auto has = [&](std::string_view key) { return std::ranges::find(columns, key) != columns.end(); };
    if (!std::ranges::all_of(list.keys, has)) continue;
    if (!std::ranges::all_of(columns, [](std::string_view name) { return !name.empty(); }))
      return unknown_heading(fields, &list);
    return Heading{list.sheet, columns};
  }
  return unknown_heading(fields, nullptr);
}

void take_row(const Heading& heading, TableRow row, DirectorySheet& sheet) {
  if (row.fields.size() > heading.columns.size()) {
    sheet.problems.push_back(
        {row.number, "", "directory.row_long", "The row has more fields than the heading.", heading.list});
    return;
  }
  DirectoryRow read{heading.sheet, row.number, {}, heading.list};
  for (std::size_t i = 0; i < row.fields.size(); ++i) read.fields.emplace(heading.columns[i], std::move(row.fields[i]));
  sheet.rows.push_back(std::move(read));
}

Result<std::string> value_text(JsonView value) {
  if (const auto text = value.string()) return std::string(*text);
  if (const auto number = value.integer()) return std::to_string(*number);
  if (const auto flag = value.boolean()) return std::string(*flag ? "yes" : "no");
  if (!value.is_array()) return invalid("directory.value", "A text, number, boolean or list of texts is expected.");
  std::string joined;
  for (const JsonView part : value) {
    const auto text = part.string();
    const auto number = part.integer();
    if (!text && !number) return invalid("directory.value", "A list of texts is expected.");
    joined += (joined.empty() ? "" : "\n") + (text ? std::string(*text) : std::to_string(*number));
  }
  return joined.empty() ? "-" : joined;
}

Result<DirectoryRow> row_of(const List& list, JsonView object, std::size_t number) {
  DirectoryRow row{list.sheet, number, {}};
  const std::string where = "/" + std::string(list.member) + "/" + std::to_string(number);
  if (!object.is_object()) return invalid("json.object", "An object is expected.", where);
  for (const JsonView value : object) {
    const std::string key(value.key());
    const bool known = std::ranges::any_of(list.columns, [&](const Column& column) { return column.name == key; });
    if (!known) return invalid("json.unknown_field", "There is no such field.", where + "/" + key);
    auto text = value_text(value);
    if (!text.ok()) return text.error().inside(where + "/" + key);
    row.fields.emplace(key, std::move(*text));
  }
  return row;
}

}  // namespace

Result<DirectorySheet> read_directory_csv(std::string_view bytes) {
  TRY(const std::string text, utf8_of_spreadsheet(bytes));
  CsvReader reader(text, {.max_rows = kMostRows + 1, .max_fields = 32});
  if (reader.at_end()) return invalid("directory.heading", "The file is empty.", "row 1");
  TRY(const CsvRow first, reader.next());
  TRY(const Heading heading, read_heading(first.fields));
  DirectorySheet sheet;
  while (!reader.at_end()) {
    auto row = reader.next();
    if (!row.ok() && row.error().kind == ErrorKind::TooLarge) return row.error();
    if (!row.ok()) {
      sheet.problems.push_back(
          {sheet.rows.size() + sheet.problems.size() + 2, "", row.error().code, row.error().detail});
      continue;
    }
    take_row(heading, {row->line, std::move(row->fields)}, sheet);
  }
  return sheet;
}

Result<DirectorySheet> read_directory_tables(std::span<const Table> tables) {
  DirectorySheet sheet;
  for (const Table& table : tables) {
    if (table.rows.empty()) continue;
    auto heading = read_heading(table.rows.front().fields);
    if (!heading.ok()) return heading.error().inside(table.name);
    heading->list = table.name;
    for (const TableRow& row : std::span(table.rows).subspan(1)) {
      if (sheet.rows.size() + sheet.problems.size() == kMostRows)
        return too_large("directory.too_many", "One change has at most 5,000 rows.", table.name);
      take_row(*heading, row, sheet);
    }
  }
  return sheet;
}

Result<DirectorySheet> read_directory_json(JsonView body) {
  DirectorySheet sheet;
  for (const List& list : lists()) {
    const auto rows = body.find(list.member);
    if (!rows) continue;
    if (!rows->is_array()) return invalid("json.wrong_type", "A list is expected.", "/" + std::string(list.member));
    std::size_t number = 0;
    for (const JsonView object : *rows) {
      if (sheet.rows.size() == kMostRows)
        return too_large("directory.too_many", "One change has at most 5,000 rows.", "/" + std::string(list.member));
      TRY(auto row, row_of(list, object, number++));
      sheet.rows.push_back(std::move(row));
    }
  }
  return sheet;
}

std::string directory_rows_json(const std::vector<DirectoryRow>& rows) {
  JsonWriter out;
  out.begin_object();
  for (const List& list : lists()) {
    out.key(list.member).begin_array();
    for (const DirectoryRow& row : rows) {
      if (row.sheet != list.sheet) continue;
      out.begin_object();
      for (const auto& [column, text] : row.fields) out.member(column, text);
      out.end_object();
    }
    out.end_array();
  }
  return out.end_object().take();
}

Result<std::string> directory_template(Language language) {
  const bool english = language == Language::English;
  WorkbookDraft draft;
  draft.styles = {CellStyle{}, CellStyle{.is_text = true}, CellStyle{.bold = true, .fill = "E8EEF4"}};
  std::vector<List> in_order = lists();
  std::ranges::sort(in_order, {}, &List::sheet);
  for (const List& list : in_order) {
    WorksheetDraft sheet{.name = std::string(english ? list.english : list.japanese), .frozen_rows = 1};
    for (const Column& column : list.columns) {
      sheet.columns.push_back({.width = 18, .style = 1});
      sheet.cells.push_back({1, sheet.columns.size(), std::string(english ? column.name : column.japanese), 2});
    }
    draft.sheets.push_back(std::move(sheet));
  }
  return write_workbook(draft);
}

}  // namespace hinomi::flow
