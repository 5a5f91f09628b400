#include "forms/returned_sheet.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "base/text.h"
#include "forms/form_sheet_keys.h"
#include "model/fact.h"
#include "model/json_fields.h"

namespace hinomi::forms {
namespace {

// How far down our first cells may have been moved.
constexpr std::size_t kRowsSearched = 50;

// Whole characters of the text, few enough to travel through a page and back.
std::string beginning_of(const std::string& text) {
  if (text.size() <= kMostStrayBytes) return text;
  std::size_t end = kMostStrayBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

Status check_length(const ReturnedRow& row) {
  if (row.answer.size() <= kMostAnswerBytes && row.printed.size() <= kMostAnswerBytes) return {};
  return too_large("forms.sheet_too_large", "An answer of a form's workbook has at most 128 KiB.", row.cell);
}

std::string field(const TableRow& row, std::size_t column) {
  return column < row.fields.size() ? row.fields[column] : std::string();
}

// "AB12"; `column` from 0.
std::string place(std::size_t column, std::size_t row) {
  constexpr std::size_t kLetters = 26;
  std::string letters;
  for (std::size_t left = column + 1; left > 0; left = (left - 1) / kLetters)
    letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % kLetters));
  return letters + std::to_string(row);
}

std::optional<std::size_t> column_of(const TableRow& row, std::string_view text) {
  const auto found = std::ranges::find(row.fields, text);
  return found == row.fields.end() ? std::nullopt : std::optional<std::size_t>(found - row.fields.begin());
}

// The column of the keys, where this sheet is one of ours.
std::optional<std::size_t> key_column(const Table& table) {
  for (std::size_t i = 0; i < table.rows.size() && i < kRowsSearched; ++i) {
    if (const auto column = column_of(table.rows[i], key::kSheet)) return column;
  }
  return std::nullopt;
}

Error damaged(std::string detail, const Table& table) {
  return invalid("forms.sheet_damaged", std::move(detail), table.name);
}

Result<std::uint32_t> version_of(const std::string& text, const Table& table) {
  std::uint32_t version = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (error != std::errc() || end != text.data() + text.size() || version == 0)
    return damaged("The hidden column does not say which version of the report was printed.", table);
  return version;
}

class SheetReader {
 public:
  SheetReader(const Table& table, std::size_t key_column) : table_(table), key_(key_column), printed_(key_column + 1) {}

  Result<ReturnedSheet> read() {
    TRY_OK(find_answers());
    for (const TableRow& row : table_.rows) TRY_OK(read_row(row));
    TRY_OK(read_head());
    return std::move(sheet_);
  }

 private:
  // The heading of the answers stands in the hidden column too, so they are found wherever they were moved to.
  Status find_answers() {
    for (const TableRow& row : table_.rows) {
      const std::string word = field(row, key_);
      if (word == key::kSheet && field(row, printed_) != key::kLayout)
        return invalid("forms.sheet_layout", "This workbook was made by another version of the product.", table_.name);
      if (word != key::kHeading) continue;
      const auto column = column_of(row, field(row, printed_));
      if (!column || *column >= key_) break;
      answers_ = *column;
      return {};
    }
    return damaged("The heading of the column with the answers was changed or removed.", table_);
  }

  Status read_row(const TableRow& row) {
    const std::string source = field(row, key_);
    for (std::size_t column = 0; column < row.fields.size(); ++column) {
      if (source.empty() || column > printed_) note_stray(row, column);
    }
    if (source.empty() || source == key::kSheet || source == key::kHeading || source == key::kSection) return {};
    if (sheet_.rows.size() + head_.size() == kMostReturnedRows)
      return too_large("forms.sheet_too_large", "A form's workbook has at most 1,000 rows.", table_.name);
    ReturnedRow returned{place(answers_, row.number), source, field(row, answers_), field(row, printed_)};
    TRY_OK(check_length(returned));
    add_unit(row, returned);
    if (!source.starts_with("hinomi.")) {
      sheet_.rows.push_back(std::move(returned));
    } else if (source == key::kNote || source.starts_with(key::kLong)) {
      if (returned.answer != returned.printed && source != key::kNote) sheet_.rows.push_back(std::move(returned));
    } else if (!head_.emplace(source, returned).second) {
      return damaged("A row at the top stands twice.", table_);
    }
    return {};
  }

  // A bare number counts in the unit that stands beside it, also when somebody wrote another one there.
  void add_unit(const TableRow& row, ReturnedRow& returned) const {
    const FactDefinition* fact = find_fact_definition(returned.source);
    const bool is_bare = returned.answer.find_first_not_of("0123456789.,") == std::string::npos;
    if (fact == nullptr || fact->unit.empty() || returned.answer.empty() || !is_bare) return;
    if (returned.answer == returned.printed || answers_ + 1 >= key_) return;
    const std::string cell = field(row, answers_ + 1);
    if (const auto unit = trimmed(std::string_view(cell).substr(0, cell.find(" / "))); !unit.empty())
      returned.answer.append(" ").append(unit);
  }

  void note_stray(const TableRow& row, std::size_t column) {
    if (row.fields[column].empty()) return;
    if (sheet_.strays.size() == kMostStrays) {
      ++sheet_.strays_left_out;
      return;
    }
    sheet_.strays.push_back({table_.name, place(column, row.number), beginning_of(row.fields[column])});
  }

  [[nodiscard]] std::string printed(std::string_view name) const {
    const auto found = head_.find(name);
    return found == head_.end() ? std::string() : found->second.printed;
  }

  Status read_head() {
    sheet_.form = printed(key::kForm);
    sheet_.form_version = printed(key::kFormVersion);
    sheet_.duty = printed(key::kDuty);
    sheet_.stage = printed(key::kStage);
    const auto number = head_.find(key::kReport);
    if (sheet_.form.empty() || number == head_.end())
      return damaged("The rows that say which form and which report this is are gone.", table_);
    TRY(sheet_.report_version, version_of(printed(key::kVersion), table_));
    const ReturnedRow& row = number->second;
    if (!row.answer.empty() && row.answer != row.printed)
      return invalid("forms.sheet_number",
                     "The number of the report was written over. Put the one that was printed back, or empty the cell "
                     "to make a new report.",
                     table_.name + "!" + row.cell);
    sheet_.report_number = row.answer;
    return {};
  }

  const Table& table_;
  std::size_t key_;
  std::size_t printed_;
  std::size_t answers_ = 0;
  ReturnedSheet sheet_;
  std::map<std::string, ReturnedRow, std::less<>> head_;
};

// Sheets beside ours: somebody wrote them, and somebody should see that they are not read.
void note_other_sheets(std::span<const Table> tables, const Table* ours, ReturnedSheet& sheet) {
  for (const Table& table : tables) {
    if (&table == ours) continue;
    for (const TableRow& row : table.rows) {
      for (std::size_t column = 0; column < row.fields.size(); ++column) {
        if (row.fields[column].empty()) continue;
        if (sheet.strays.size() < kMostStrays) {
          sheet.strays.push_back({table.name, place(column, row.number), beginning_of(row.fields[column])});
        } else {
          ++sheet.strays_left_out;
        }
      }
    }
  }
}

Result<ReturnedRow> parse_row(JsonView value, const std::string& pointer) {
  TRY(const auto fields, JsonFields::open(value, pointer, {"cell", "source", "answer", "printed"}));
  ReturnedRow row;
  TRY(row.cell, fields.text("cell"));
  TRY(row.source, fields.text("source"));
  TRY(row.answer, fields.text_or_empty("answer"));
  TRY(row.printed, fields.text_or_empty("printed"));
  TRY_OK(check_length(row));
  return row;
}

Result<StrayCell> parse_stray(JsonView value, const std::string& pointer) {
  TRY(const auto fields, JsonFields::open(value, pointer, {"sheet", "cell", "text"}));
  StrayCell stray;
  TRY(stray.sheet, fields.text_or_empty("sheet"));
  TRY(stray.cell, fields.text("cell"));
  TRY(stray.text, fields.text("text"));
  return stray;
}

void write_mail(JsonWriter& out, const MailHead& mail) {
  out.key("mail").begin_object().member("from", mail.from).member("date", mail.date);
  out.member("subject", mail.subject).end_object();
}

Result<MailHead> parse_mail(JsonView value, const std::string& pointer) {
  TRY(const auto fields, JsonFields::open(value, pointer, {"from", "date", "subject"}));
  MailHead mail;
  TRY(mail.from, fields.text("from"));
  TRY(mail.date, fields.text("date"));
  TRY(mail.subject, fields.text("subject"));
  return mail;
}

Status parse_counts(const JsonFields& fields, ReturnedSheet& sheet) {
  TRY(const JsonView version, fields.required("report_version"));
  const auto number = version.integer();
  if (!number || *number < 1 || *number > INT32_MAX)
    return invalid("report.version", "A version is a number from 1.", fields.pointer_to("report_version"));
  sheet.report_version = static_cast<std::uint32_t>(*number);
  const auto left_out = fields.find("strays_left_out");
  sheet.strays_left_out =
      left_out ? static_cast<std::size_t>(std::max<std::int64_t>(left_out->integer().value_or(0), 0)) : 0;
  return {};
}

}  // namespace

Result<ReturnedSheet> read_returned_sheet(std::span<const Table> tables) {
  const Table* ours = nullptr;
  std::size_t column = 0;
  for (const Table& table : tables) {
    const auto found = key_column(table);
    if (!found) continue;
    if (ours != nullptr)
      return invalid("forms.sheet_twice", "Two sheets of the workbook are forms of ours. Keep one.", table.name);
    ours = &table;
    column = *found;
  }
  if (ours == nullptr)
    return invalid("forms.sheet_none", "No sheet of the workbook is a form that this product has given out.");
  TRY(ReturnedSheet sheet, SheetReader(*ours, column).read());
  note_other_sheets(tables, ours, sheet);
  return sheet;
}

void write_returned_sheet(JsonWriter& out, const ReturnedSheet& sheet) {
  out.begin_object().member("form", sheet.form).member("form_version", sheet.form_version);
  out.member("report_number", sheet.report_number);
  out.member("report_version", static_cast<std::int64_t>(sheet.report_version));
  out.member("duty", sheet.duty).member("stage", sheet.stage).key("rows").begin_array();
  for (const ReturnedRow& row : sheet.rows) {
    out.begin_object().member("cell", row.cell).member("source", row.source).member("answer", row.answer);
    out.member("printed", row.printed).end_object();
  }
  out.end_array().key("strays").begin_array();
  for (const StrayCell& stray : sheet.strays) {
    out.begin_object().member("sheet", stray.sheet).member("cell", stray.cell).member("text", stray.text).end_object();
  }
  out.end_array().member("strays_left_out", static_cast<std::uint64_t>(sheet.strays_left_out));
  if (sheet.mail) write_mail(out, *sheet.mail);
  out.end_object();
}

Result<ReturnedSheet> parse_returned_sheet(JsonView value, const std::string& pointer) {
  TRY(const auto fields, JsonFields::open(value, pointer,
                                          {"form", "form_version", "report_number", "report_version", "duty", "stage",
                                           "rows", "strays", "strays_left_out", "mail"}));
  ReturnedSheet sheet;
  TRY(sheet.form, fields.text("form"));
  TRY(sheet.form_version, fields.text_or_empty("form_version"));
  TRY(sheet.report_number, fields.text_or_empty("report_number"));
  TRY(sheet.duty, fields.text_or_empty("duty"));
  TRY(sheet.stage, fields.text_or_empty("stage"));
  TRY_OK(parse_counts(fields, sheet));
  TRY(const auto rows, fields.array("rows", kMostReturnedRows));
  for (const JsonView row : rows) {
    TRY(auto read, parse_row(row, fields.pointer_to("rows")));
    sheet.rows.push_back(std::move(read));
  }
  TRY(const auto strays, fields.array("strays", kMostStrays));
  for (const JsonView stray : strays) {
    TRY(auto read, parse_stray(stray, fields.pointer_to("strays")));
    sheet.strays.push_back(std::move(read));
  }
  if (const auto mail = fields.find("mail")) {
    TRY(sheet.mail, parse_mail(*mail, fields.pointer_to("mail")));
  }
  return sheet;
}

}  // namespace hinomi::forms
