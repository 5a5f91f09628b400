// The one thread that writes. Callers hand in a change and wait; the thread runs many changes in one transaction, each
// in its own savepoint, commits, publishes what they changed and only then lets the callers go on. The same thread and
// connection also checkpoints, so no two connections ever write or checkpoint at once (SQLite's WAL-reset bug).
// After the file failed underneath a commit nothing is acknowledged any more: an fsync that failed once is not retried.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <utility>

#include "base/log.h"
#include "base/random.h"
#include "store/sqlite/change.h"
#include "store/sqlite/database.h"
#include "store/sqlite/snapshots.h"

namespace hinomi::store::sqlite {

class Writer {
 public:
  struct Parts {
    std::unique_ptr<Database> database;
    Random& random;
    Log& log;
    Snapshots& snapshots;
    std::chrono::milliseconds patience;  // of run()
  };
  static Result<std::unique_ptr<Writer>> start(Parts parts);
  // Finishes what was handed in, checkpoints and closes the connection.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  using Work = std::function<Status(Change&)>;
  // Blocks until the change is durable or refused. Unavailable "store.stalled" when its turn has not come in time; then
  // it was not begun and will not be. Any thread but the writer's own.
  Status run(Work work);
  // Hands the change in and returns; `answer` is called once on the writer's thread, when it is durable or refused.
  using Answer = std::function<void(Status)>;
  void post(Work work, Answer answer);
  // As run(), but gives up after `patience` even when the change has begun, so that it may still be carried out: the
  // work must own all it needs. Unavailable "store.stalled".
  Status run_within(std::chrono::milliseconds patience, Work work);
  template <class T>
  Result<T> run_for(const std::function<Result<T>(Change&)>& work) {
    std::optional<T> answer;
    TRY_OK(run([&](Change& change) -> Status {
      TRY(T value, work(change));
      answer = std::move(value);
      return {};
    }));
    return std::move(*answer);
  }
  // Called after each commit with events, on the writer's thread.
  void on_events(std::function<void()> wake);
  // Called after each commit that ended sessions or changed the directory, before its callers go on.
  using AccessChanged = std::function<void(std::span<const Sha256> ended_sessions)>;
  void on_access_changed(AccessChanged callback);

 private:
  struct Ticket {
    std::uint64_t number;
    Work work;
    Answer answer;
    Status status;
  };
  using Batch = std::list<Ticket>;

  Writer(Parts parts, Counters counters);
  std::uint64_t hand_in(Work work, Answer answer);  // the ticket's number
  void loop();
  Batch next_batch();
  void carry_out(Batch& batch);
  Status run_all(Batch& batch, Effects& effects);
  Status run_one(Ticket& ticket, Effects& effects);
  Status finish(const Effects& effects);
  Status save_counters();
  struct Reloaded {
    std::optional<Directory> directory;
    std::optional<std::vector<Collection>> collections;
  };
  void publish(const Effects& effects, Reloaded reloaded);
  void publish_sessions(const Effects& effects);
  void refuse(Batch& batch, const Error& error);
  void checkpoint_if_due();

  Parts parts_;
  Counters counters_;
  Counters saved_;
  int checkpointed_pages_ = 0;
  bool failed_ = false;
  std::mutex mutex_;
  std::condition_variable arrived_;
  Batch waiting_;
  std::uint64_t handed_in_ = 0;
  bool stopping_ = false;
  std::mutex callbacks_;
  std::function<void()> wake_;
  AccessChanged access_changed_;
  std::thread thread_;
};

}  // namespace hinomi::store::sqlite
