// This same program once more, as a child with two pipes, no other descriptor, and of the environment a time zone only.
// Whoever holds the object owns the process: it is killed and reaped with it. Not safe on several threads at once.
// Internal to exchange.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace hinomi::exchange {

// Exit codes by which the child says what went wrong.
inline constexpr int kChildFailed = 70;
inline constexpr int kChildOutOfMemory = 71;
inline constexpr int kChildUnconfined = 72;

class ChildProcess {
 public:
  // Runs `hinomi --child ROLE`. Unavailable "sandbox.start" when the system gives no pipe or process.
  static Result<std::unique_ptr<ChildProcess>> start(const std::string& role);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // All or an error: Unavailable "sandbox.timeout" at `deadline`, "sandbox.ended" when the child closed its end.
  Status write(std::string_view bytes, Instant deadline);
  // Exactly `size` bytes or one of the same errors.
  Result<std::string> read(std::size_t size, Instant deadline);

  // Kills it if it still runs and says how it ended: the codes "sandbox.forbidden" (a system call outside the list),
  // "sandbox.memory", "sandbox.timeout" (processor time), "sandbox.confinement" or "sandbox.crashed". Once.
  Error end();

  // For deadlines.
  [[nodiscard]] Instant now() const { return clock_.now(); }

 private:
  ChildProcess(int process, int input, int output) : process_(process), input_(input), output_(output) {}
  Status wait_for(int descriptor, short events, Instant deadline) const;
  int process_;
  int input_;   // to the child
  int output_;  // from the child
  SteadyClock clock_;
};

}  // namespace hinomi::exchange
