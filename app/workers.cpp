#include "app/workers.h"

#include <chrono>

#include "flow/deliver.h"
#include "flow/directory.h"
#include "flow/ledger_log.h"

namespace hinomi::app {

Workers::Workers(const flow::Platform& platform, const flow::Retention& retention)
    : platform_(platform), forgetting_(platform, retention), thread_([this] { work(); }) {}

void Workers::stop() {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    stopping_ = true;
    wake_.notify_one();
  }
  thread_.join();
}

void Workers::work() {
  constexpr std::chrono::milliseconds kRound{500};
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait_for(lock, kRound, [this] { return stopping_; });
    if (stopping_) return;
    lock.unlock();
    if (const auto delivered = flow::deliver_outbox(platform_); !delivered.ok()) {
      platform_.log.warn("delivery_failed", {{"detail", delivered.error().detail}});
    }
    if (const auto due = flow::carry_out_due(platform_); !due.ok()) {
      platform_.log.warn("schedule_failed", {{"detail", due.error().detail}});
    }
    if (const auto sealed = platform_.ledger.seal(platform_); !sealed.ok()) {
      platform_.log.warn("sealing_failed", {{"detail", sealed.error().detail}});
    }
    if (const Status forgotten = forgetting_.forget_if_due(); !forgotten.ok()) {
      platform_.log.warn("forgetting_failed", {{"detail", forgotten.error().detail}});
    }
    lock.lock();
  }
}

}  // namespace hinomi::app
