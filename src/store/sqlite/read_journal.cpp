#include "store/sqlite/read_journal.h"

#include <new>
#include <utility>

namespace hinomi::store::sqlite {
namespace {

// About 10 MiB; more than any number of requests at once reads in two seconds.
constexpr std::size_t kMostWaiting = 100'000;
// How long a commit waits at most for as many readers as there were.
constexpr std::chrono::milliseconds kGathering{2};
// About 6 MiB in memory; from here on they are put in their place until half of them are left, a few milliseconds of
// the writer at a time.
constexpr std::size_t kMostUnplaced = 50'000;
constexpr std::size_t kRowsAtATime = 32;

Error queue_full() {
  return unavailable("read.queue_full",
                     "Too many reads wait to be recorded, so nothing more is shown. Check the disk of the server.");
}

Error stalled() {
  return unavailable(
      "read.not_recorded",
      "The record of who reads this could not be written in time, so nothing is shown. Check the disk of "
      "the server, then ask again.");
}

}  // namespace

class ReadJournal::Batch final : public Recording {
 public:
  explicit Batch(std::chrono::milliseconds patience) : patience_(patience) {}

  void on_settled(std::function<void()> call) override {
    {
      const std::lock_guard lock(mutex_);
      if (!outcome_) {
        calls_.push_back(std::move(call));
        return;
      }
    }
    call();
  }
  [[nodiscard]] std::chrono::milliseconds patience() const override { return patience_; }
  [[nodiscard]] Status outcome() const override {
    const std::lock_guard lock(mutex_);
    return outcome_ ? *outcome_ : Status(stalled());
  }
  [[nodiscard]] Status wait() const override {
    Lock lock(mutex_);
    if (!settled_.wait_for(lock, patience_, [this] { return outcome_.has_value(); })) return stalled();
    return *outcome_;
  }
  void settle(Status outcome) {
    std::vector<std::function<void()>> calls;
    {
      const std::lock_guard lock(mutex_);
      outcome_ = std::move(outcome);
      calls = std::move(calls_);
    }
    settled_.notify_all();
    for (const auto& call : calls) call();
  }

  // The journal's, under its mutex until the writer has begun, then the writer's.
  std::vector<Entry> entries;
  std::size_t enough = 0;  // entries that it is worth to wait for
  std::condition_variable full;
  std::vector<ReadMark> marks;
  std::int64_t row = 0;

 private:
  const std::chrono::milliseconds patience_;
  mutable std::mutex mutex_;
  mutable std::condition_variable settled_;
  std::optional<Status> outcome_;
  std::vector<std::function<void()>> calls_;
};

Result<std::shared_ptr<Recording>> ReadJournal::hand_in(Writer& writer, const ReadRecord& record) {
  std::vector<policy::ReadNote> missing = known_.unknown(record, hour_of(record.at));
  if (missing.empty()) return std::shared_ptr<Recording>();
  Lock lock(mutex_);
  if (waiting_ + missing.size() > kMostWaiting) return queue_full();
  const bool leads = gathering_ == nullptr;
  const std::shared_ptr<Batch> batch = leads ? std::make_shared<Batch>(patience_) : gathering_;
  const std::size_t marks = missing.size();
  batch->entries.push_back({record.person, record.org, record.at, std::move(missing)});
  waiting_ += marks;
  gathering_ = batch;
  if (leads) lead(lock, writer, batch);
  if (batch->entries.size() == batch->enough) batch->full.notify_one();
  return std::shared_ptr<Recording>(batch);
}

// The first of a batch hands it in. Where many read, most of those who waited before come again at once: three quarters
// of them, so that the others keep the processors busy meanwhile. Who reads alone does not wait.
void ReadJournal::lead(Lock& lock, Writer& writer, const std::shared_ptr<Batch>& batch) {
  batch->enough = together_ * 3 / 4;
  batch->full.wait_for(lock, kGathering, [&] { return batch->entries.size() >= batch->enough; });
  lock.unlock();
  try {
    post(writer, batch);
  } catch (const std::bad_alloc&) {
    settle(writer, *batch, queue_full());
  }
  lock.lock();
}

void ReadJournal::post(Writer& writer, std::shared_ptr<Batch> batch) {
  writer.post([this, batch](Change& change) { return write(change, *batch); },
              [this, &writer, batch](Status outcome) { settle(writer, *batch, std::move(outcome)); });
}

Status ReadJournal::write(Change& change, Batch& batch) {
  {
    // Whoever comes from here on waits for the next commit.
    const std::lock_guard lock(mutex_);
    if (gathering_.get() == &batch) gathering_ = nullptr;
  }
  for (const Entry& entry : batch.entries) {
    for (const policy::ReadNote& note : entry.notes) batch.marks.push_back({note, entry.person, entry.org, entry.at});
  }
  TRY(batch.row, append_reads(change.database(), batch.marks));
  return {};
}

void ReadJournal::settle(Writer& writer, Batch& batch, Status outcome) {
  {
    const std::lock_guard lock(mutex_);
    // A writer that refuses everything has never called write().
    if (gathering_.get() == &batch) gathering_ = nullptr;
    together_ = batch.entries.size() + (gathering_ != nullptr ? gathering_->entries.size() : 0);
    for (const Entry& entry : batch.entries) waiting_ -= entry.notes.size();
  }
  if (outcome.ok()) learn(batch);
  batch.settle(std::move(outcome));
  if (unplaced_.count() > kMostUnplaced && !std::exchange(placing_, true)) place_some(writer);
}

void ReadJournal::learn(Batch& batch) {
  for (const Entry& entry : batch.entries)
    known_.learn({entry.person, entry.org, entry.at, entry.notes}, hour_of(entry.at));
  unplaced_.add(batch.row, std::move(batch.marks));
}

// A few rows for each change, so that nobody's write waits long behind it.
void ReadJournal::place_some(Writer& writer) {
  const auto first_left = std::make_shared<std::int64_t>(0);
  writer.post(
      [first_left](Change& change) -> Status {
        TRY(*first_left, place_reads(change.database(), kRowsAtATime));
        return {};
      },
      [this, &writer, first_left](const Status& outcome) {
        if (outcome.ok()) unplaced_.placed_before(*first_left);
        placing_ = outcome.ok() && unplaced_.count() > kMostUnplaced / 2;
        if (placing_) place_some(writer);
      });
}

}  // namespace hinomi::store::sqlite
