#include "app/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <climits>
#include <csignal>
#include <cstring>
#include <thread>

namespace hinomi::app {
namespace {

constexpr std::size_t kMaxOutput = std::size_t{64} << 20;
constexpr std::size_t kMaxInput = 4096;
constexpr std::chrono::seconds kPatience{15};

Error system_error(const std::string& what) { return internal(what + ": " + std::strerror(errno)); }

struct Descriptor {
  int number = -1;
  Descriptor() = default;
  explicit Descriptor(int opened) : number(opened) {}
  Descriptor(Descriptor&& other) noexcept : number(std::exchange(other.number, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number, other.number);
    return *this;
  }
  ~Descriptor() {
    if (number >= 0) close(number);
  }
};

struct Pipe {
  Descriptor reader;
  Descriptor writer;
};

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return system_error("A pipe cannot be made");
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

// After fork only what is safe between fork and exec.
[[noreturn]] void become(char* const* words, int in, int out, int err) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (in < 0) in = open("/dev/null", O_RDONLY);
  if (in < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0) _exit(127);
  execv(words[0], words);
  _exit(127);
}

// `in` below zero: nothing on standard input.
Result<pid_t> start_process(const std::vector<std::string>& words, int in, int out, int err) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  const pid_t process = fork();
  if (process < 0) return system_error("A process cannot be started");
  if (process == 0) become(pointers.data(), in, out, err);
  return process;
}

int exit_code_of_status(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

int wait_for(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return exit_code_of_status(status);
}

// False at the end of the stream.
bool read_some(int descriptor, std::string& text) {
  std::array<char, 65536> buffer;
  const ssize_t count = read(descriptor, buffer.data(), buffer.size());
  if (count < 0) return errno == EINTR;
  text.append(buffer.data(), static_cast<std::size_t>(count));
  return count > 0;
}

Status read_both(Pipe& out, Pipe& err, FinishedProgram& finished) {
  std::array<pollfd, 2> streams{pollfd{out.reader.number, POLLIN, 0}, pollfd{err.reader.number, POLLIN, 0}};
  const std::array<std::string*, 2> texts{&finished.out, &finished.err};
  while (streams[0].fd >= 0 || streams[1].fd >= 0) {
    if (poll(streams.data(), streams.size(), -1) < 0 && errno != EINTR)
      return system_error("A child's output cannot be read");
    for (std::size_t i = 0; i < streams.size(); ++i) {
      if (streams[i].fd < 0 || streams[i].revents == 0) continue;
      if (!read_some(streams[i].fd, *texts[i])) streams[i].fd = -1;
      if (texts[i]->size() > kMaxOutput) return too_large("child.output", "A child program wrote more than 64 MiB.");
    }
  }
  return {};
}

}  // namespace

Result<std::string> own_program() {
  std::array<char, PATH_MAX> path{};
  const ssize_t size = readlink("/proc/self/exe", path.data(), path.size());
  if (size <= 0) return system_error("The program's own file cannot be found");
  return std::string(path.data(), static_cast<std::size_t>(size));
}

Result<FinishedProgram> run_program(const std::vector<std::string>& words, const std::string& input) {
  TRY(Pipe in, make_pipe());
  // Both ends are ours, so this cannot meet a closed pipe; it fits into the pipe's own buffer.
  if (input.size() > kMaxInput) return too_large("child.input", "A child program is given 4096 bytes at most.");
  if (write(in.writer.number, input.data(), input.size()) != static_cast<ssize_t>(input.size()))
    return system_error("A child's input cannot be written");
  in.writer = Descriptor();
  TRY(Pipe out, make_pipe());
  TRY(Pipe err, make_pipe());
  TRY(const pid_t process, start_process(words, in.reader.number, out.writer.number, err.writer.number));
  out.writer = Descriptor();
  err.writer = Descriptor();
  FinishedProgram finished;
  const Status read_to_end = read_both(out, err, finished);
  if (!read_to_end.ok()) kill(process, SIGKILL);
  finished.exit_code = wait_for(process);
  TRY_OK(read_to_end);
  return finished;
}

Result<RunningProgram> RunningProgram::start(const std::vector<std::string>& words, const std::string& log_file) {
  const Descriptor log(open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (log.number < 0) return system_error("The log file " + log_file + " cannot be opened");
  TRY(const pid_t process, start_process(words, -1, log.number, log.number));
  return RunningProgram(process);
}

RunningProgram::~RunningProgram() { stop(); }

bool RunningProgram::is_running() {
  if (process_ == 0) return false;
  int status = 0;
  if (waitpid(process_, &status, WNOHANG) != process_) return true;
  exit_code_ = exit_code_of_status(status);
  process_ = 0;
  return false;
}

int RunningProgram::stop() {
  if (!is_running()) return exit_code_;
  kill(process_, SIGTERM);
  const auto last = std::chrono::steady_clock::now() + kPatience;
  while (is_running()) {
    if (std::chrono::steady_clock::now() > last) {
      kill(process_, SIGKILL);
      exit_code_ = wait_for(process_);
      process_ = 0;
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return exit_code_;
}

}  // namespace hinomi::app
