// Work that holds one of few places, such as a child process: nobody holds two of them, so that one person's files
// and papers never keep everybody else waiting. Safe on any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>

#include "model/ids.h"

namespace hinomi::api {

class OwnTurns {
 public:
  // Given back at the end of the scope.
  class Turn {
   public:
    Turn(OwnTurns& turns, const PersonId& person, bool taken) : turns_(turns), person_(person), taken_(taken) {}
    ~Turn() {
      if (taken_) turns_.give_back(person_);
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    [[nodiscard]] bool is_taken() const { return taken_; }

   private:
    OwnTurns& turns_;
    const PersonId person_;
    const bool taken_;
  };

  // Waits for the person's own turn before, no longer than the patience.
  [[nodiscard]] Turn take(const PersonId& person, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    const bool taken = given_back_.wait_for(lock, patience, [&] { return !working_.contains(person); });
    if (taken) working_.insert(person);
    return {*this, person, taken};
  }

 private:
  void give_back(const PersonId& person) {
    {
      const std::lock_guard lock(mutex_);
      working_.erase(person);
    }
    given_back_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable given_back_;
  std::set<PersonId> working_;
};

}  // namespace hinomi::api
