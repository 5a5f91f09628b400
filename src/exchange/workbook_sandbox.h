// Workbooks from outside are read in a confined child process of their own (exchange/sandbox.h), which answers with
// plain texts. Safe on any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/received_file.h"
#include "formats/table.h"

namespace hinomi::exchange {

// One child for this one file: a reader that it has taken over must not read another person's. `role` is the child's.
// Errors of formats/table.h; Invalid "workbook.stopped" when the reader had to be stopped over this file; Unavailable
// "workbook.unconfined" when the system gives no confined process, and then nothing was read.
Result<std::vector<Table>> read_tables_confined(std::string_view workbook, const std::string& role = "workbook");

// The same for a workbook or a mail that carries one, with the errors of formats/received_file.h.
Result<ReceivedFile> read_received_confined(std::string_view file, const std::string& role = "received");

// The child's side: confines the process, reads one workbook from descriptor 0, writes the answer to descriptor 1.
// The value is the exit code for std::_Exit, as with run_parse_child.
int run_workbook_child();
int run_received_child();

}  // namespace hinomi::exchange
