// Other programs, started and waited for. A started child gets SIGTERM when its parent dies, so that nothing stays
// behind. Use from one thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

#include "base/result.h"

namespace hinomi::app {

// The file of the running program, to start it again.
Result<std::string> own_program();

struct FinishedProgram {
  int exit_code = 0;  // 128 + signal where a signal ended it
  std::string out;
  std::string err;
};

// Runs to its end, with `input` (at most 4096 bytes) on standard input. Internal when it cannot be started, TooLarge
// "child.output" above 64 MiB of output.
Result<FinishedProgram> run_program(const std::vector<std::string>& words, const std::string& input = {});

// A program that goes on running; ended, and waited for, when this object goes.
class RunningProgram {
 public:
  // Its standard output and error are appended to `log_file`.
  static Result<RunningProgram> start(const std::vector<std::string>& words, const std::string& log_file);
  RunningProgram(RunningProgram&& other) noexcept : process_(std::exchange(other.process_, 0)) {}
  RunningProgram& operator=(RunningProgram&&) = delete;
  ~RunningProgram();

  [[nodiscard]] bool is_running();
  // SIGTERM, and SIGKILL when it has not ended after 15 s. Returns the exit code.
  int stop();

 private:
  explicit RunningProgram(pid_t process) : process_(process) {}
  pid_t process_ = 0;  // 0: ended and waited for
  int exit_code_ = 0;
};

}  // namespace hinomi::app
