#include "exchange/workbook_sandbox.h"

#include <time.h>

#include <new>

#include "exchange/child_pipe.h"
#include "exchange/child_process.h"
#include "exchange/confinement.h"

namespace hinomi::exchange {
namespace {

constexpr std::chrono::seconds kPerWorkbook{20};
constexpr std::size_t kMostWorkbookBytes = std::size_t{8} << 20;

Result<std::string> ask(ChildProcess& child, std::string_view workbook) {
  const Instant deadline = child.now() + kPerWorkbook;
  TRY_OK(child.write(length_text(workbook.size()), deadline));
  TRY_OK(child.write(workbook, deadline));
  TRY(const std::string length, child.read(kLengthBytes, deadline));
  const std::size_t size = length_of(length);
  if (size > kMostTablesBytes) return too_large("workbook.too_large", "The workbook has too much text.");
  return child.read(size, deadline);
}

// The person sees one of two things: it is this file, or it is this system.
Error as_seen(const Error& reason) {
  if (reason.code == "sandbox.start" || reason.code == "sandbox.confinement")
    return unavailable("workbook.unconfined", reason.detail);
  return reason.code.starts_with("sandbox.") ? invalid("workbook.stopped", reason.detail) : reason;
}

}  // namespace

Result<std::vector<Table>> read_tables_confined(std::string_view workbook, const std::string& role) {
  if (workbook.size() > kMostWorkbookBytes)
    return too_large("workbook.too_large", "A workbook has at most 8 megabytes.");
  const auto child = ChildProcess::start(role);
  if (!child.ok()) return as_seen(child.error());
  const auto answer = ask(**child, workbook);
  if (answer.ok()) return parse_tables(*answer);
  const Error reason = (*child)->end();
  return as_seen(answer.error().code == "sandbox.ended" ? reason : answer.error());
}

int run_workbook_child() {
  // libzip turns the days of entries into times, and the C library looks for the zone (child_process.cpp gives one) at
  // the first: when nothing may be opened any more, that would be too late.
  tzset();
  if (!confine_this_process().ok()) return kChildUnconfined;
  try {
    std::string workbook;
    if (!receive_text(workbook)) return kChildFailed;
    const std::string answer = tables_text(read_tables(workbook));
    return send_all(length_text(answer.size())) && send_all(answer) ? 0 : kChildFailed;
  } catch (const std::bad_alloc&) {
    return kChildOutOfMemory;
  }
}

}  // namespace hinomi::exchange
