#include "store/sqlite/read_journal.h"

#include <utility>

namespace hinomi::store::sqlite {
namespace {

// About 10 MiB; more than any number of requests at once reads in two seconds.
constexpr std::size_t kMostWaiting = 100'000;
// How long a commit waits at most for as many readers as there were.
constexpr std::chrono::milliseconds kGathering{2};

constexpr Statement kAddMark{
    "add_read_mark",
    "INSERT INTO read_mark (kind, subject, version, object_label_id, first_object, last_object, person_id, hour, "
    "org_id, first_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING"};

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

Status ReadJournal::record(Writer& writer, const ReadRecord& record) {
  std::vector<policy::ReadNote> missing = known_.unknown(record, hour_of(record.at));
  if (missing.empty()) return {};
  Lock lock(mutex_);
  if (waiting_ + missing.size() > kMostWaiting) return queue_full();
  waiting_ += missing.size();
  const bool leads = gathering_ == nullptr;
  if (leads) gathering_ = std::make_shared<Batch>();
  const std::shared_ptr<Batch> batch = gathering_;
  batch->entries.push_back({record.person, record.org, record.at, std::move(missing)});
  if (leads) lead(lock, writer, batch);
  if (batch->entries.size() == batch->enough) batch->full.notify_one();
  if (!batch->settled.wait_for(lock, patience_, [&] { return batch->outcome.has_value(); })) return stalled();
  return *batch->outcome;
}

// The first of a batch hands it in. Where many read, most of those who waited before come again at once: three quarters
// of them, so that the others keep the processors busy meanwhile. Who reads alone does not wait.
void ReadJournal::lead(Lock& lock, Writer& writer, const std::shared_ptr<Batch>& batch) {
  batch->enough = together_ * 3 / 4;
  batch->full.wait_for(lock, kGathering, [&] { return batch->entries.size() >= batch->enough; });
  lock.unlock();
  post(writer, batch);
  lock.lock();
}

void ReadJournal::post(Writer& writer, std::shared_ptr<Batch> batch) {
  writer.post([this, batch](Change& change) { return write(change, batch); },
              [this, batch](Status outcome) { settle(*batch, std::move(outcome)); });
}

Status ReadJournal::write(Change& change, const std::shared_ptr<Batch>& batch) {
  {
    // Whoever comes from here on waits for the next commit.
    const std::lock_guard lock(mutex_);
    if (gathering_ == batch) gathering_ = nullptr;
  }
  for (const Entry& entry : batch->entries) {
    for (const policy::ReadNote& note : entry.notes) {
      TRY_OK(change.database().run(kAddMark, policy::read_kind_text(note.kind), note.subject, note.version,
                                   note.objects.label, note.objects.first, note.objects.last, entry.person,
                                   hour_of(entry.at), entry.org, entry.at));
    }
  }
  return {};
}

void ReadJournal::settle(Batch& batch, Status outcome) {
  const std::lock_guard lock(mutex_);
  // A writer that refuses everything has never called write().
  if (gathering_.get() == &batch) gathering_ = nullptr;
  together_ = batch.entries.size() + (gathering_ != nullptr ? gathering_->entries.size() : 0);
  for (const Entry& entry : batch.entries) {
    waiting_ -= entry.notes.size();
    if (outcome.ok()) known_.learn({entry.person, entry.org, entry.at, entry.notes}, hour_of(entry.at));
  }
  batch.outcome = std::move(outcome);
  batch.settled.notify_all();
}

}  // namespace hinomi::store::sqlite
