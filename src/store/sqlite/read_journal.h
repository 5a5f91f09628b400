// What was read on its way to the disk. Everything that is read while one commit waits for the disk goes with the next,
// in one change, whoever read it; where many read, a commit also waits a moment for them, because it costs the same for
// one as for all. What is durable already this hour costs nothing. Nobody waits longer than `patience`
// and no more than a fixed number of marks waits at all: a disk that stands still stops reading, not the server.
// What is durable is put in its place when there is much of it.
// Safe on any thread; the writer calls back on its own, so the journal outlives it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "store/sqlite/known_reads.h"
#include "store/sqlite/read_batches.h"
#include "store/sqlite/writer.h"

namespace hinomi::store::sqlite {

class ReadJournal {
 public:
  explicit ReadJournal(std::chrono::milliseconds patience) : patience_(patience) {}

  // As ReadStore::hand_in_reads.
  Result<std::shared_ptr<Recording>> hand_in(Writer& writer, const ReadRecord& record);
  // What is durable and not in its place yet.
  [[nodiscard]] const UnplacedReads& unplaced() const { return unplaced_; }
  // What was read before this hour (known_reads.h) is kept no longer.
  void forget_before(std::int64_t hour) { unplaced_.forget_before(hour); }

 private:
  // One person's notes, with memory of their own: their reader may have gone by the time they are written.
  struct Entry {
    PersonId person;
    OrgId org;
    Instant at;
    std::vector<policy::ReadNote> notes;
  };
  // All who wait for one commit.
  class Batch;

  using Lock = std::unique_lock<std::mutex>;
  void lead(Lock& lock, Writer& writer, const std::shared_ptr<Batch>& batch);
  void post(Writer& writer, std::shared_ptr<Batch> batch);
  Status write(Change& change, Batch& batch);
  void settle(Writer& writer, Batch& batch, Status outcome);
  void learn(Batch& batch);
  void place_some(Writer& writer);

  const std::chrono::milliseconds patience_;
  KnownReads known_;
  UnplacedReads unplaced_;
  std::mutex mutex_;
  std::shared_ptr<Batch> gathering_;  // not begun by the writer yet
  std::size_t waiting_ = 0;           // marks in all batches that are not settled
  std::size_t together_ = 0;          // readers that waited when the last batch was settled
  bool placing_ = false;              // on the writer's thread
};

}  // namespace hinomi::store::sqlite
