// A workbook, or a mail that carries workbooks, as plain texts: what crosses from the process that reads a file of
// somebody else's to the one that believes none of it. Pure; safe on any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/mail.h"
#include "formats/table.h"

namespace hinomi {

struct ReceivedFile {
  std::optional<MailHead> mail;  // nothing where the workbook came alone
  std::vector<Table> tables;     // of all workbooks; those of a mail are named "file / sheet"
  bool operator==(const ReceivedFile&) const = default;
};

// What begins like a workbook is one, everything else is taken for a mail. The errors of read_tables and read_mail;
// Invalid "mail.no_workbook" for a mail without one; "workbook.format" for what is neither.
Result<ReceivedFile> read_received_file(std::string_view bytes);

// One answer on a pipe, as tables_text and parse_tables do it.
std::string received_file_text(const Result<ReceivedFile>& file);
Result<ReceivedFile> parse_received_file(std::string_view text);

}  // namespace hinomi
