// Time as an interface. Nothing in the program reads the machine's clock except SystemClock and SteadyClock;
// pure code takes an Instant, `flow` and the edges hold a Clock and pass clock.now().
#pragma once

#include <mutex>

#include "base/time.h"

namespace hinomi {

class Clock {
 public:
  virtual ~Clock() = default;
  // Safe on any thread.
  [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
};

// Time since an arbitrary start that never jumps when someone sets the machine's clock: for deadlines only.
class SteadyClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
};

// Stands still until told; for tests:  ManualClock clock(at("2026-12-05T13:30:00Z")); clock.advance(hours(1));
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  [[nodiscard]] Instant now() const override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  void advance(std::chrono::microseconds by) {
    const std::lock_guard lock(mutex_);
    now_ += by;
  }
  void set(Instant to) {
    const std::lock_guard lock(mutex_);
    now_ = to;
  }

 private:
  mutable std::mutex mutex_;
  Instant now_;
};

}  // namespace hinomi
