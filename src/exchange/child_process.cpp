#include "exchange/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>

namespace hinomi::exchange {
namespace {

constexpr std::size_t kReadStep = std::size_t{1} << 20;

Error cannot_start(std::string_view what) {
  return unavailable("sandbox.start", "The parser could not be started (" + std::string(what) + "). Try again later.");
}
Error ended() { return unavailable("sandbox.ended", "The parser ended before it had answered."); }
Error timed_out() { return unavailable("sandbox.timeout", "The parser took too long and was stopped."); }

struct Pipe {
  int reads = -1;
  int writes = -1;
  Pipe() = default;
  ~Pipe() {
    for (const int descriptor : {reads, writes}) {
      if (descriptor >= 0) close(descriptor);
    }
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  bool open() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    reads = ends[0];
    writes = ends[1];
    return true;
  }
  static int release(int& descriptor) { return std::exchange(descriptor, -1); }
};

// What the child gets: the two pipes, silence, and nothing else.
class SpawnPlan {
 public:
  SpawnPlan(int input, int output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    good_ = posix_spawn_file_actions_adddup2(&actions_, input, 0) == 0 &&
            posix_spawn_file_actions_adddup2(&actions_, output, 1) == 0 &&
            posix_spawn_file_actions_addopen(&actions_, 2, "/dev/null", O_WRONLY, 0) == 0 &&
            posix_spawn_file_actions_addclosefrom_np(&actions_, 3) == 0 &&
            posix_spawnattr_setsigmask(&attributes_, &none) == 0 &&
            posix_spawnattr_setsigdefault(&attributes_, &all) == 0 &&
            posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) == 0;
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  // The process, or -1.
  int start(std::string role) {
    std::string program = "hinomi";
    std::string child = "--child";
    std::array<char*, 4> arguments{program.data(), child.data(), role.data(), nullptr};
    std::string zone = "TZ=UTC0";  // needs no file, which a confined process could not open
    std::array<char*, 2> environment{zone.data(), nullptr};
    pid_t process = -1;
    if (!good_ ||
        posix_spawn(&process, "/proc/self/exe", &actions_, &attributes_, arguments.data(), environment.data()) != 0) {
      return -1;
    }
    return process;
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
  bool good_ = false;
};

// Writing to a child that has died must give EPIPE, not end this program, whatever it does about SIGPIPE elsewhere.
class PipeSignalHeld {
 public:
  PipeSignalHeld() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~PipeSignalHeld() {
    constexpr timespec kAtOnce{};
    if (!was_pending_) {
      while (sigtimedwait(&pipe_, nullptr, &kAtOnce) < 0 && errno == EINTR) continue;
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  PipeSignalHeld(const PipeSignalHeld&) = delete;
  PipeSignalHeld& operator=(const PipeSignalHeld&) = delete;

 private:
  sigset_t pipe_{};
  sigset_t before_{};
  bool was_pending_ = false;
};

bool is_passing(int error) { return error == EINTR || error == EAGAIN; }

Error reason_of(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == kChildOutOfMemory) {
    return unavailable("sandbox.memory", "Reading this file took more memory than a parser may have.");
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == kChildUnconfined) {
    return unavailable("sandbox.confinement", "The system refused to confine the parser, so it read nothing.");
  }
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS) {
    return unavailable("sandbox.forbidden", "The parser tried something that it may not do and was stopped.");
  }
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
    return unavailable("sandbox.timeout", "Reading this file took more processor time than a parser may have.");
  }
  const std::string how = WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status))
                                              : "exit code " + std::to_string(WEXITSTATUS(status));
  return unavailable("sandbox.crashed", "The parser broke down on this file (" + how + ").");
}

}  // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const std::string& role) {
  Pipe input;
  Pipe output;
  if (!input.open() || !output.open()) return cannot_start("no pipe");
  SpawnPlan plan(input.reads, output.writes);
  const int process = plan.start(role);
  if (process < 0) return cannot_start("no process");
  fcntl(input.writes, F_SETFL, O_NONBLOCK);
  fcntl(output.reads, F_SETFL, O_NONBLOCK);
  return std::unique_ptr<ChildProcess>(
      new ChildProcess(process, Pipe::release(input.writes), Pipe::release(output.reads)));
}

ChildProcess::~ChildProcess() {
  if (process_ >= 0) static_cast<void>(end());
}

Status ChildProcess::wait_for(int descriptor, short events, Instant deadline) const {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - clock_.now()).count();
  if (left <= 0) return timed_out();
  pollfd waiting{descriptor, events, 0};
  const int ready = poll(&waiting, 1, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
  if (ready < 0 && errno != EINTR) return ended();
  return {};
}

Status ChildProcess::write(std::string_view bytes, Instant deadline) {
  const PipeSignalHeld held;
  while (!bytes.empty()) {
    const ssize_t written = ::write(input_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
      continue;
    }
    if (!is_passing(errno)) return ended();
    TRY_OK(wait_for(input_, POLLOUT, deadline));
  }
  return {};
}

Result<std::string> ChildProcess::read(std::size_t size, Instant deadline) {
  std::string bytes;
  while (bytes.size() < size) {
    // Memory grows with what arrives, not with what the child announced.
    const std::size_t before = bytes.size();
    bytes.resize(before + std::min(size - before, kReadStep));
    const ssize_t got = ::read(output_, bytes.data() + before, bytes.size() - before);
    const int error = errno;
    bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0 || (got < 0 && !is_passing(error))) return ended();
    if (got < 0) TRY_OK(wait_for(output_, POLLIN, deadline));
  }
  return bytes;
}

Error ChildProcess::end() {
  // A process that is ending already keeps the reason it had; this only reaches one that still runs.
  kill(process_, SIGKILL);
  int status = 0;
  while (waitpid(process_, &status, 0) < 0 && errno == EINTR) continue;
  process_ = -1;
  close(input_);
  close(output_);
  return reason_of(status);
}

}  // namespace hinomi::exchange
