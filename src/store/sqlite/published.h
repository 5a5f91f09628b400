// A value that one thread replaces and many read: readers keep the snapshot they took. Safe on any thread.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace hinomi::store::sqlite {

template <class T>
class Published {
 public:
  explicit Published(T value) : value_(std::make_shared<const T>(std::move(value))) {}
  [[nodiscard]] std::shared_ptr<const T> get() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }
  void set(T value) {
    auto next = std::make_shared<const T>(std::move(value));
    const std::lock_guard lock(mutex_);
    value_.swap(next);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> value_;
};

}  // namespace hinomi::store::sqlite
