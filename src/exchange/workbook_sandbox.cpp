#include "exchange/workbook_sandbox.h"

#include <time.h>

#include <new>

#include "base/charset.h"
#include "exchange/child_pipe.h"
#include "exchange/child_process.h"
#include "exchange/confinement.h"

namespace hinomi::exchange {
namespace {

constexpr std::chrono::seconds kPerWorkbook{20};
constexpr std::size_t kMostWorkbookBytes = std::size_t{8} << 20;
constexpr std::size_t kMostMailBytes = std::size_t{12} << 20;
constexpr std::size_t kMostAnswerBytes = kMostTablesBytes + 4'096;  // with what a mail says of itself

Result<std::string> ask(ChildProcess& child, std::string_view file) {
  const Instant deadline = child.now() + kPerWorkbook;
  TRY_OK(child.write(length_text(file.size()), deadline));
  TRY_OK(child.write(file, deadline));
  TRY(const std::string length, child.read(kLengthBytes, deadline));
  const std::size_t size = length_of(length);
  if (size > kMostAnswerBytes) return too_large("workbook.too_large", "The workbook has too much text.");
  return child.read(size, deadline);
}

// The person sees one of two things: it is this file, or it is this system.
Error as_seen(const Error& reason) {
  if (reason.code == "sandbox.start" || reason.code == "sandbox.confinement")
    return unavailable("workbook.unconfined", reason.detail);
  return reason.code.starts_with("sandbox.") ? invalid("workbook.stopped", reason.detail) : reason;
}

// What a child of its own answers about this one file.
Result<std::string> answered(std::string_view file, const std::string& role) {
  const auto child = ChildProcess::start(role);
  if (!child.ok()) return as_seen(child.error());
  auto answer = ask(**child, file);
  if (answer.ok()) return answer;
  const Error reason = (*child)->end();
  return as_seen(answer.error().code == "sandbox.ended" ? reason : answer.error());
}

// Reads one file from descriptor 0 and writes what `read` makes of it to descriptor 1.
int run_confined(std::string (*read)(std::string_view file)) {
  // libzip turns the days of entries into times, and the C library looks for the zone (child_process.cpp gives one) at
  // the first: when nothing may be opened any more, that would be too late.
  tzset();
  if (!confine_this_process().ok()) return kChildUnconfined;
  try {
    std::string file;
    if (!receive_text(file)) return kChildFailed;
    const std::string answer = read(file);
    return send_all(length_text(answer.size())) && send_all(answer) ? 0 : kChildFailed;
  } catch (const std::bad_alloc&) {
    return kChildOutOfMemory;
  }
}

}  // namespace

Result<std::vector<Table>> read_tables_confined(std::string_view workbook, const std::string& role) {
  if (workbook.size() > kMostWorkbookBytes)
    return too_large("workbook.too_large", "A workbook has at most 8 megabytes.");
  TRY(const std::string answer, answered(workbook, role));
  return parse_tables(answer);
}

Result<ReceivedFile> read_received_confined(std::string_view file, const std::string& role) {
  if (file.size() > kMostMailBytes) return too_large("mail.too_large", "A mail has at most 12 megabytes.");
  TRY(const std::string answer, answered(file, role));
  return parse_received_file(answer);
}

int run_workbook_child() {
  return run_confined([](std::string_view file) { return tables_text(read_tables(file)); });
}

int run_received_child() {
  load_charsets();
  return run_confined([](std::string_view file) { return received_file_text(read_received_file(file)); });
}

}  // namespace hinomi::exchange
