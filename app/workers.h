// What the server does by itself: deliver the outbox and seal the ledger, woken about every second. Owns its thread.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "flow/platform.h"

namespace hinomi::app {

class Workers {
 public:
  explicit Workers(const flow::Platform& platform);
  ~Workers() { stop(); }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  void stop();  // finishes the present round; idempotent

 private:
  void work();
  const flow::Platform& platform_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace hinomi::app
