// Argon2id takes 64 MiB and about a tenth of a second a call, so few run at once and few may wait: sign-in never takes
// the memory or the threads that everything else needs. Runs on the caller's thread; safe on any.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>

#include "base/crypto.h"
#include "base/result.h"

namespace hinomi::flow {

class PasswordHasher {
 public:
  struct Room {
    unsigned slots = 2;
    unsigned waiting = 6;  // fewer than the server has worker threads
  };
  explicit PasswordHasher(HashCost cost) : PasswordHasher(cost, Room()) {}
  PasswordHasher(HashCost cost, Room room) : cost_(cost), room_(room) {}

  // Whether the password is that of `hash`. Without a hash the answer is no and takes as long.
  // Unavailable "signin.busy" when all places are taken; nothing was computed then.
  Result<bool> matches(const std::optional<std::string>& hash, const SecretText& password);
  // Unavailable "signin.busy" as above.
  Result<std::string> hash(const SecretText& password);

 private:
  class Turn;
  Status enter();
  void leave();

  HashCost cost_;
  Room room_;
  std::mutex mutex_;
  std::condition_variable freed_;
  unsigned running_ = 0;
  unsigned waiting_ = 0;
  std::once_flag nobody_made_;
  std::string nobody_;  // a hash that nothing is known to match
};

}  // namespace hinomi::flow
