// SIGTERM and SIGINT as something to wait for. Made on the first thread before others start: they inherit the block.
#pragma once

#include <pthread.h>

#include <chrono>
#include <csignal>
#include <ctime>

namespace hinomi::app {

class StopSignal {
 public:
  StopSignal() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  int wait() {
    int signal = 0;
    sigwait(&set_, &signal);
    return signal;
  }
  // True once a signal has come, also on later calls; waits for one at most that long.
  bool has_come(std::chrono::milliseconds wait_for = {}) {
    const timespec time{wait_for.count() / 1000, wait_for.count() % 1000 * 1'000'000};
    if (!came_ && sigtimedwait(&set_, nullptr, &time) > 0) came_ = true;
    return came_;
  }

 private:
  sigset_t set_{};
  bool came_ = false;
};

}  // namespace hinomi::app
