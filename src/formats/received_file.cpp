#include "formats/received_file.h"

#include "base/json.h"

namespace hinomi {
namespace {

Error no_answer() { return invalid("workbook.answer", "The parser's answer is none."); }

bool is_workbook(std::string_view bytes) { return bytes.starts_with("PK") || bytes.starts_with("\xD0\xCF\x11\xE0"); }

Result<MailHead> parse_head(JsonView view) {
  const auto from = view.string_at("from");
  const auto date = view.string_at("date");
  const auto subject = view.string_at("subject");
  if (!from || !date || !subject) return no_answer();
  return MailHead{std::string(*from), std::string(*date), std::string(*subject)};
}

}  // namespace

Result<ReceivedFile> read_received_file(std::string_view bytes) {
  ReceivedFile file;
  if (is_workbook(bytes)) {
    TRY(file.tables, read_tables(bytes));
    return file;
  }
  const auto mail = read_mail(bytes);
  if (!mail.ok() && mail.error().code == "mail.format")
    return invalid("workbook.format", "This is neither an .xlsx file nor a mail that carries one.");
  if (!mail.ok()) return mail.error();
  file.mail = mail->head;
  for (const MailFile& workbook : mail->workbooks) {
    auto tables = read_tables(workbook.content);
    if (!tables.ok()) return tables.error().inside(workbook.name);
    for (Table& table : *tables) {
      table.name = workbook.name + " / " + table.name;
      file.tables.push_back(std::move(table));
    }
  }
  if (file.tables.empty()) return invalid("mail.no_workbook", "The mail carries no .xlsx file.");
  return file;
}

std::string received_file_text(const Result<ReceivedFile>& file) {
  JsonWriter out;
  out.begin_object();
  if (file.ok() && file->mail) {
    out.key("mail").begin_object().member("from", file->mail->from).member("date", file->mail->date);
    out.member("subject", file->mail->subject).end_object();
  }
  out.key("answer").raw(file.ok() ? tables_text(file->tables) : tables_text(file.error()));
  return out.end_object().take();
}

Result<ReceivedFile> parse_received_file(std::string_view text) {
  constexpr std::size_t kMost = kMostTablesBytes + 4'096;  // with what a mail says of itself
  if (text.size() > kMost) return too_large("workbook.too_large", "The workbook has too much text.");
  const auto document = parse_json(text, {.max_bytes = kMost, .max_depth = 10});
  if (!document.ok()) return no_answer();
  const auto answer = (*document)->root().find("answer");
  if (!answer) return no_answer();
  ReceivedFile file;
  TRY(file.tables, parse_tables(answer->raw()));
  if (const auto mail = (*document)->root().find("mail")) {
    TRY(file.mail, parse_head(*mail));
  }
  return file;
}

}  // namespace hinomi
