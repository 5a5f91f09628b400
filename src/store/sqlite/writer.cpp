#include "store/sqlite/writer.h"

#include <algorithm>
#include <future>
#include <iterator>
#include <memory>

namespace hinomi::store::sqlite {
namespace {

// Bounds what one failed commit takes with it, and the size of the log between two checkpoints.
constexpr std::size_t kMaxBatch = 1024;
constexpr int kCheckpointPages = 1000;
// Readers that follow each other without a gap keep the log from starting over; from here on it waits for one.
constexpr int kLongLogPages = 20'000;

constexpr Statement kCounters{"counters", "SELECT name, value FROM counter"};
constexpr Statement kSaveCounter{"save_counter", "UPDATE counter SET value = ?2 WHERE name = ?1"};

// Prepared once each: they frame every change.
constexpr Statement kBegin{"begin", "BEGIN IMMEDIATE"};
constexpr Statement kCommit{"commit", "COMMIT"};
constexpr Statement kMarkChange{"mark_change", "SAVEPOINT change"};
constexpr Statement kUndoChange{"undo_change", "ROLLBACK TO change"};
constexpr Statement kKeepChange{"keep_change", "RELEASE change"};

Result<Counters> load_counters(Database& database) {
  Counters counters;
  TRY(auto query, database.query(kCounters));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return counters;
    if (query.text(0) == "sequence") counters.sequence = query.integer(1);
    if (query.text(0) == "added") counters.added = query.integer(1);
  }
}

Error store_failed() {
  return unavailable("store.failed",
                     "The database file failed; nothing more is accepted. Check the disk, then restart.");
}

Error stalled() {
  return unavailable("store.stalled",
                     "The disk does not answer in time. Check the disk of the server; then try again, with the same "
                     "Idempotency-Key if there was one.");
}

}  // namespace

Result<std::unique_ptr<Writer>> Writer::start(Parts parts) {
  TRY(const Counters counters, load_counters(*parts.database));
  std::unique_ptr<Writer> writer(new Writer(std::move(parts), counters));
  writer->thread_ = std::thread([self = writer.get()] { self->loop(); });
  return writer;
}

Writer::Writer(Parts parts, Counters counters) : parts_(std::move(parts)), counters_(counters), saved_(counters) {}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

Status Writer::run(Work work) {
  std::promise<Status> promise;
  std::future<Status> answer = promise.get_future();
  const std::uint64_t number =
      hand_in(std::move(work), [&promise](Status status) { promise.set_value(std::move(status)); });
  if (answer.wait_for(parts_.patience) == std::future_status::timeout) {
    const std::lock_guard lock(mutex_);
    if (std::erase_if(waiting_, [&](const Ticket& ticket) { return ticket.number == number; }) > 0) return stalled();
  }
  return answer.get();
}

void Writer::post(Work work, Answer answer) { hand_in(std::move(work), std::move(answer)); }

std::uint64_t Writer::hand_in(Work work, Answer answer) {
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    number = ++handed_in_;
    waiting_.push_back({number, std::move(work), std::move(answer), {}});
  }
  arrived_.notify_one();
  return number;
}

Status Writer::run_within(std::chrono::milliseconds patience, Work work) {
  const auto promise = std::make_shared<std::promise<Status>>();
  std::future<Status> answer = promise->get_future();
  post(std::move(work), [promise](Status status) { promise->set_value(std::move(status)); });
  if (answer.wait_for(patience) == std::future_status::timeout) return stalled();
  return answer.get();
}

void Writer::on_events(std::function<void()> wake) {
  const std::lock_guard lock(callbacks_);
  wake_ = std::move(wake);
}

void Writer::on_access_changed(AccessChanged callback) {
  const std::lock_guard lock(callbacks_);
  access_changed_ = std::move(callback);
}

void Writer::loop() {
  for (Batch batch = next_batch(); !batch.empty(); batch = next_batch()) {
    carry_out(batch);
    for (Ticket& ticket : batch) ticket.answer(std::move(ticket.status));
    checkpoint_if_due();
  }
  if (failed_) return;
  const Status emptied = parts_.database->checkpoint(Database::Checkpoint::Truncate);
  if (!emptied.ok()) parts_.log.warn("store_checkpoint_failed", {{"detail", emptied.error().detail}});
}

Writer::Batch Writer::next_batch() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
  if (waiting_.size() <= kMaxBatch) return std::exchange(waiting_, {});
  Batch batch;
  batch.splice(batch.end(), waiting_, waiting_.begin(), std::next(waiting_.begin(), kMaxBatch));
  return batch;
}

void Writer::carry_out(Batch& batch) {
  if (failed_) return refuse(batch, store_failed());
  Effects effects;
  Status done = parts_.database->run(kBegin);
  if (done.ok()) done = run_all(batch, effects);
  if (done.ok()) done = finish(effects);
  if (done.ok()) return;
  if (parts_.database->in_transaction()) {
    const Status undone = parts_.database->execute("ROLLBACK");
    if (!undone.ok()) failed_ = true;
  }
  if (parts_.database->is_broken()) failed_ = true;
  parts_.log.error("store_commit_failed", {{"code", done.error().code}, {"detail", done.error().detail}});
  refuse(batch, done.error());
}

Status Writer::run_all(Batch& batch, Effects& effects) {
  for (Ticket& ticket : batch) {
    TRY_OK(run_one(ticket, effects));
  }
  return {};
}

// An error of the change itself stays in its ticket; an error of the transaction is returned.
Status Writer::run_one(Ticket& ticket, Effects& effects) {
  Database& database = *parts_.database;
  TRY_OK(database.run(kMarkChange));
  Change change(database, parts_.random, counters_, parts_.snapshots);
  ticket.status = ticket.work(change);
  // A full disk or an I/O error may have ended the whole transaction.
  if (!database.in_transaction() || database.is_broken()) {
    return ticket.status.ok() ? Status(store_failed()) : ticket.status;
  }
  if (!ticket.status.ok()) TRY_OK(database.run(kUndoChange));
  TRY_OK(database.run(kKeepChange));
  if (!ticket.status.ok()) return {};
  const Effects& left = change.effects();
  std::ranges::copy(left.labels, std::back_inserter(effects.labels));
  effects.overlaps.insert(left.overlaps.begin(), left.overlaps.end());
  effects.directory = effects.directory || left.directory;
  effects.collections = effects.collections || left.collections;
  std::ranges::copy(left.ended_sessions, std::back_inserter(effects.ended_sessions));
  std::ranges::copy(left.narrowings, std::back_inserter(effects.narrowings));
  std::ranges::copy(left.sessions, std::back_inserter(effects.sessions));
  std::ranges::copy(left.standings, std::back_inserter(effects.standings));
  if (left.sessions_expired) effects.sessions_expired = left.sessions_expired;
  effects.last_event = std::max(effects.last_event, left.last_event);
  return {};
}

Status Writer::finish(const Effects& effects) {
  TRY_OK(save_counters());
  Reloaded reloaded;
  if (effects.directory) {
    TRY(reloaded.directory, load_directory(*parts_.database));
  }
  if (effects.collections) {
    TRY(reloaded.collections, load_collections(*parts_.database));
  }
  const auto overlaps_before = parts_.snapshots.overlaps.get();
  if (!effects.overlaps.empty()) {
    Overlaps all = *overlaps_before;
    all.insert(effects.overlaps.begin(), effects.overlaps.end());
    parts_.snapshots.overlaps.set(std::move(all));
  }
  parts_.snapshots.whereabouts.add(effects.standings);
  if (!effects.labels.empty()) parts_.snapshots.newest_label = effects.labels.back().id.value;
  if (const Status committed = parts_.database->run(kCommit); !committed.ok()) {
    parts_.snapshots.overlaps.set(*overlaps_before);
    return committed;
  }
  saved_ = counters_;
  publish(effects, std::move(reloaded));
  return {};
}

Status Writer::save_counters() {
  if (counters_.sequence != saved_.sequence) {
    TRY_OK(parts_.database->run(kSaveCounter, "sequence", counters_.sequence));
  }
  if (counters_.added != saved_.added) TRY_OK(parts_.database->run(kSaveCounter, "added", counters_.added));
  return {};
}

void Writer::publish(const Effects& effects, Reloaded reloaded) {
  auto& [directory, collections] = reloaded;
  if (collections) parts_.snapshots.collections.set(std::move(*collections));
  if (!effects.labels.empty()) {
    std::vector<LabelEntry> all = *parts_.snapshots.labels.get();
    std::ranges::copy(effects.labels, std::back_inserter(all));
    parts_.snapshots.labels.set(std::move(all));
  }
  if (!effects.narrowings.empty()) {
    std::vector<Narrowing> all = *parts_.snapshots.narrowings.get();
    std::ranges::copy(effects.narrowings, std::back_inserter(all));
    parts_.snapshots.narrowings.set(std::move(all));
  }
  publish_sessions(effects);
  if (directory) parts_.snapshots.directory.set(std::move(*directory));
  if (effects.last_event != 0) parts_.snapshots.last_event = effects.last_event;
  // Held during the call: whoever takes a callback back knows that it does not run any more.
  const std::lock_guard lock(callbacks_);
  if (access_changed_ && (directory || !effects.ended_sessions.empty())) access_changed_(effects.ended_sessions);
  if (wake_ && effects.last_event != 0) wake_();
}

void Writer::publish_sessions(const Effects& effects) {
  SessionBook& book = parts_.snapshots.sessions;
  for (const SessionStep& step : effects.sessions) step.session ? book.put(*step.session) : book.end(step.secret_hash);
  if (effects.sessions_expired) book.drop_expired(*effects.sessions_expired);
}

// Nothing of the batch was kept. An answer of its own (a conflict, say) may rest on a change that is gone with it.
void Writer::refuse(Batch& batch, const Error& error) {
  for (Ticket& ticket : batch) ticket.status = error;
}

void Writer::checkpoint_if_due() {
  if (failed_ || parts_.database->log_pages() < kCheckpointPages) return;
  // The log starts over after a complete checkpoint; until then each further thousand pages asks again.
  if (parts_.database->log_pages() < checkpointed_pages_) checkpointed_pages_ = 0;
  if (parts_.database->log_pages() < checkpointed_pages_ + kCheckpointPages) return;
  const bool is_long = parts_.database->log_pages() >= kLongLogPages;
  const Status done =
      parts_.database->checkpoint(is_long ? Database::Checkpoint::Truncate : Database::Checkpoint::Passive);
  checkpointed_pages_ = parts_.database->log_pages();
  if (done.ok()) return;
  parts_.log.error("store_checkpoint_failed", {{"detail", done.error().detail}});
  if (parts_.database->is_broken()) failed_ = true;
}

}  // namespace hinomi::store::sqlite
