// How often one network may send something without an account in an hour. In memory only, under a key that is drawn at
// the start and by whole hours: nothing of it is kept or can be found out later. Safe on any thread.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string_view>

#include "base/crypto.h"
#include "base/random.h"
#include "base/time.h"

namespace hinomi::api {

class SendLimit {
 public:
  SendLimit(Random& random, std::uint32_t most) : key_(32), most_(most) { random.fill(key_); }

  // Counts one sending; false above the limit. `network` is that of the address (flow/attempts.h).
  bool admit(std::string_view network, Instant now) {
    const Sha256 who = hmac_sha256(key_, as_bytes(network));
    const auto hour = std::chrono::floor<std::chrono::hours>(now);
    const std::lock_guard lock(mutex_);
    if (hour != hour_ || sent_.size() >= kMostNetworks) sent_.clear();
    hour_ = hour;
    return ++sent_[who] <= most_;
  }

 private:
  static constexpr std::size_t kMostNetworks = 10'000;

  Bytes key_;
  const std::uint32_t most_;
  std::mutex mutex_;
  std::chrono::time_point<std::chrono::system_clock, std::chrono::hours> hour_{};
  std::map<Sha256, std::uint32_t> sent_;
};

}  // namespace hinomi::api
