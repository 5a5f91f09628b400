// Reads what comes from outside in a confined child process (DESIGN §1): a parser that breaks takes nothing with it.
// Owns its child, which serves one file after another. Not safe on several threads at once; make one per use.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "formats/outcome.h"

namespace hinomi::exchange {

class ChildProcess;

struct SandboxLimits {
  std::chrono::seconds per_file{30};  // from the first byte handed over to the last one of the answer
  std::uint64_t max_file_bytes = std::uint64_t{192} << 20;
  std::size_t files_per_child = 1000;  // then a fresh one; processor time is counted per child
};

class Sandbox {
 public:
  explicit Sandbox(SandboxLimits limits = {}, std::string role = "parse");
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  // Never fails: a file that could not be read, also because its parser was stopped, is one problem with the file's
  // name, a code ("sandbox.timeout", "sandbox.memory", …) and the reason. Without a format it is recognised by content.
  // What the child says of source and file is not believed.
  ReadOutcome read(const SourceFile& file, std::optional<SourceFormat> format = std::nullopt);

 private:
  Result<ReadOutcome> ask(const SourceFile& file, std::optional<SourceFormat> format);
  Result<std::string> exchange_frames(const SourceFile& file, std::optional<SourceFormat> format);
  SandboxLimits limits_;
  std::string role_;
  std::unique_ptr<ChildProcess> child_;
  std::size_t served_ = 0;  // by this child
};

}  // namespace hinomi::exchange
