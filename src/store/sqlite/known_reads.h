// The marks of the present hour that are already durable, so that reading the same thing again costs no write.
// Bounded: full or at a new hour it starts over, and the next read simply writes its mark again. Safe on any thread.
#pragma once

#include <cstdint>
#include <mutex>
#include <unordered_set>

#include "store/read_store.h"

namespace hinomi::store::sqlite {

// Hours since 1970 in UTC.
inline std::int64_t hour_of(Instant at) {
  return std::chrono::floor<std::chrono::hours>(at.time_since_epoch()).count();
}

class KnownReads {
 public:
  // The notes of the record that no durable mark of this hour covers yet.
  std::vector<policy::ReadNote> unknown(const ReadRecord& record, std::int64_t hour);
  // The notes of the record are durable now.
  void learn(const ReadRecord& record, std::int64_t hour);

 private:
  struct Key {
    PersonId person;
    policy::ReadNote note;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept;
  };
  void begin_hour(std::int64_t hour);  // with mutex_ held

  std::mutex mutex_;
  std::int64_t hour_ = 0;
  std::unordered_set<Key, KeyHash> known_;
};

}  // namespace hinomi::store::sqlite
