// What the server does by itself: deliver the outbox, carry out what is due, seal the ledger and forget what is kept
// for a time only, woken about every second. Owns its thread.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "flow/platform.h"
#include "flow/retention.h"

namespace hinomi::app {

class Workers {
 public:
  Workers(const flow::Platform& platform, const flow::Retention& retention);
  ~Workers() { stop(); }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  void stop();  // finishes the present round; idempotent

 private:
  void work();
  const flow::Platform& platform_;
  flow::Forgetting forgetting_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace hinomi::app
