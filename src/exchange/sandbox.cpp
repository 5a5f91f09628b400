#include "exchange/sandbox.h"

#include "exchange/child_pipe.h"
#include "exchange/child_process.h"
#include "exchange/parse_child.h"

namespace hinomi::exchange {
namespace {

ReadOutcome only_problem(const SourceFile& file, const Error& error) {
  ReadOutcome outcome;
  outcome.problems.push_back({file.name, error.where, error.code, error.detail});
  return outcome;
}

// The parent knows where the bytes came from; a child that was taken over must not name another source.
void stamp(ReadOutcome& outcome, const SourceFile& file) {
  for (SourceItem& item : outcome.items) item.source = file.source;
  for (ReadProblem& problem : outcome.problems) problem.file = file.name;
}

}  // namespace

Sandbox::Sandbox(SandboxLimits limits, std::string role) : limits_(limits), role_(std::move(role)) {}
Sandbox::~Sandbox() = default;

ReadOutcome Sandbox::read(const SourceFile& file, std::optional<SourceFormat> format) {
  if (file.bytes.size() > limits_.max_file_bytes) {
    return only_problem(file,
                        too_large("sandbox.too_large", "The file is larger than a parser may be given. Split it."));
  }
  const bool was_used = child_ != nullptr && served_ > 0;
  auto outcome = ask(file, format);
  // Processor time and memory of earlier files may have been what stopped it: every file gets one child of its own.
  if (!outcome.ok() && was_used) outcome = ask(file, format);
  if (!outcome.ok()) return only_problem(file, outcome.error());
  stamp(*outcome, file);
  return std::move(*outcome);
}

Result<ReadOutcome> Sandbox::ask(const SourceFile& file, std::optional<SourceFormat> format) {
  if (served_ >= limits_.files_per_child) child_.reset();
  if (!child_) {
    TRY(child_, ChildProcess::start(role_));
    served_ = 0;
  }
  auto frame = exchange_frames(file, format);
  if (!frame.ok()) {
    const Error reason = child_->end();
    child_.reset();
    return frame.error().code == "sandbox.ended" ? reason : frame.error();
  }
  ++served_;
  auto outcome = parse_outcome(*frame);
  // Whoever sends a broken frame is not to be given another file.
  if (!outcome.ok()) child_.reset();
  return outcome;
}

Result<std::string> Sandbox::exchange_frames(const SourceFile& file, std::optional<SourceFormat> format) {
  const Instant deadline = child_->now() + limits_.per_file;
  TRY_OK(child_->write(request_head(file, format), deadline));
  TRY_OK(child_->write(file.bytes, deadline));
  TRY(const std::string length, child_->read(kLengthBytes, deadline));
  const std::size_t size = length_of(length);
  if (size > OutcomeLimits{}.max_bytes) return too_large("outcome.too_large", "The parser's answer is too large.");
  return child_->read(size, deadline);
}

}  // namespace hinomi::exchange
