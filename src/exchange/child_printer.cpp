#include "exchange/child_printer.h"

#include <new>

#include "exchange/child_pipe.h"
#include "exchange/child_process.h"
#include "exchange/confinement.h"
#include "print/typeset.h"

namespace hinomi::exchange {
namespace {

constexpr std::size_t kMostPdfBytes = std::size_t{32} << 20;
constexpr unsigned kProcessorSeconds = 10;
// An answer is one of these and then a file, or the code of an error.
constexpr char kFile = 'F';
constexpr char kError = 'E';

class Place {
 public:
  Place(std::counting_semaphore<>& places, std::chrono::milliseconds patience)
      : places_(places), taken_(places.try_acquire_for(patience)) {}
  ~Place() {
    if (taken_) places_.release();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  [[nodiscard]] bool is_taken() const { return taken_; }

 private:
  std::counting_semaphore<>& places_;
  bool taken_;
};

Error failed(const std::string& why) { return unavailable("print.failed", "The PDF file could not be made. " + why); }

Result<std::string> ask(ChildProcess& child, std::string_view document, Instant deadline) {
  TRY_OK(child.write(length_text(document.size()), deadline));
  TRY_OK(child.write(document, deadline));
  TRY(const std::string length, child.read(kLengthBytes, deadline));
  const std::size_t size = length_of(length);
  if (size > kMostPdfBytes) return failed("It would be too large.");
  return child.read(size, deadline);
}

// Why there is no answer, as the person who prints needs to know it.
Error as_seen(const Error& reason) {
  if (reason.code == "sandbox.timeout")
    return unavailable("print.timeout", "Setting this document took longer than it may. Print a part of it.");
  if (reason.code == "sandbox.memory")
    return unavailable("print.memory", "Setting this document took more memory than it may. Print a part of it.");
  return reason.code.starts_with("sandbox.") ? failed(reason.detail) : reason;
}

bool is_pdf(std::string_view bytes) { return bytes.starts_with("%PDF-") && bytes.ends_with("%%EOF\n"); }

Result<std::string> file_in(std::string answer) {
  if (answer.starts_with(kFile) && is_pdf(std::string_view(answer).substr(1))) {
    answer.erase(0, 1);
    return answer;
  }
  if (answer == std::string(1, kError) + "print.fonts") {
    return unavailable(
        "print.fonts",
        "The fonts for Japanese are not installed on this server: the package fonts-noto-cjk is missing.");
  }
  if (answer == std::string(1, kError) + "print.too_large")
    return too_large("print.too_large", "The document has more pages than may be printed at once. Print a part of it.");
  return failed("Its printer gave no PDF file.");
}

std::string answer_to(const print::Typesetter& typesetter, std::string_view json) {
  const auto set = [&]() -> Result<std::string> {
    TRY(const print::Document document, print::parse_document(json));
    return typesetter.typeset(document);
  };
  auto made = set();
  return made.ok() ? kFile + *made : kError + made.error().code;
}

bool send_frame(std::string_view answer) { return send_all(length_text(answer.size())) && send_all(answer); }

}  // namespace

ChildPrinter::ChildPrinter(PrinterLimits limits, std::string role)
    : limits_(limits), role_(std::move(role)), places_(limits.at_once) {}

Result<std::string> ChildPrinter::print(const print::Document& document) {
  TRY_OK(print::check(document));
  const Place place(places_, limits_.patience);
  if (!place.is_taken())
    return unavailable("print.busy", "Other documents are being printed. Ask for this one again in a moment.");
  const auto child = ChildProcess::start(role_);
  if (!child.ok()) return as_seen(child.error());
  auto answer = ask(**child, print::to_json(document), (*child)->now() + limits_.per_document);
  if (answer.ok()) return file_in(std::move(*answer));
  const Error reason = (*child)->end();
  return as_seen(answer.error().code == "sandbox.ended" ? reason : answer.error());
}

int run_print_child() {
  // Everything that is read from files is read here; afterwards nothing can be opened any more.
  const auto typesetter = print::Typesetter::create();
  if (!confine_this_process({.cpu_seconds = kProcessorSeconds}).ok()) return kChildUnconfined;
  try {
    std::string json;
    if (!receive_text(json)) return kChildFailed;
    const std::string answer = typesetter.ok() ? answer_to(**typesetter, json) : kError + typesetter.error().code;
    return send_frame(answer) ? 0 : kChildFailed;
  } catch (const std::bad_alloc&) {
    return kChildOutOfMemory;
  }
}

}  // namespace hinomi::exchange
