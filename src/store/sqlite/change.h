// One write inside the running transaction: what it may touch and what it leaves behind. Made by the Writer, used on
// its thread only; its effects outside the file count only when its savepoint is released and the transaction
// committed.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "store/records.h"
#include "store/sqlite/database.h"
#include "store/sqlite/snapshots.h"

namespace hinomi::store::sqlite {

// A session that is new or was used; or none, where it ended.
struct SessionStep {
  Sha256 secret_hash{};
  std::optional<Session> session;
};

// What must be published once the change is durable.
struct Effects {
  std::vector<LabelEntry> labels;  // newly interned
  Overlaps overlaps;
  bool directory = false;
  bool collections = false;
  std::vector<Sha256> ended_sessions;
  std::vector<SessionStep> sessions;  // in order
  std::optional<Instant> sessions_expired;
  std::vector<Whereabouts::Standing> standings;
  std::vector<Narrowing> narrowings;
  Sequence last_event = 0;
};

// The two counters that only grow. Numbers taken by a change that failed are not given out again before a restart.
struct Counters {
  Sequence sequence = 0;
  std::int64_t added = 0;  // microseconds
};

class Change {
 public:
  Change(Database& database, Random& random, Counters& counters, const Snapshots& snapshots)
      : database_(database), random_(random), counters_(counters), snapshots_(snapshots) {}

  [[nodiscard]] Database& database() { return database_; }
  [[nodiscard]] Random& random() { return random_; }
  Sequence next_sequence() { return ++counters_.sequence; }
  // `at`, or one microsecond after the last one given.
  Instant next_added(Instant at);
  // The label's number; a new row when nobody used it before.
  Result<LabelId> intern(const Label& label);
  // Conflict idempotency.repeated or idempotency.key_reused when the key was used before; otherwise it is taken now.
  // record() does this too; alone it serves writes that learn their label later.
  Status claim_key(const Alongside& with, std::string_view subject);
  // Idempotency key, ledger entries and outbox rows of this write. `subject` is what the first answer named.
  Status record(const Alongside& with, LabelId label, std::string_view subject);
  // The same without the key, which was claimed before.
  Status record_beside(const Alongside& with, LabelId label);
  Status append_event(LabelId label, EventKind kind, std::string_view subject, Instant at);
  // The sequence of gains of visibility; wakes whoever waits for events, as an event does.
  Sequence gain_sequence() { return effects_.last_event = next_sequence(); }
  // Some thing of `kind` now has versions under both labels.
  Status note_overlap(std::string_view kind, LabelId label, LabelId other);
  [[nodiscard]] bool is_known_overlap(std::string_view kind, LabelId label, LabelId other) const;
  // The body under a fresh key of its own; an earlier key of the same record and version is replaced.
  Result<Bytes> seal_body(std::string_view kind, const Uuid& subject, std::uint32_t version, LabelId label,
                          std::string_view body);
  void directory_changed() { effects_.directory = true; }
  void collections_changed() { effects_.collections = true; }
  void session_ended(const Sha256& secret_hash) {
    effects_.ended_sessions.push_back(secret_hash);
    effects_.sessions.push_back({secret_hash, std::nullopt});
  }
  void session_stands(const Session& session) { effects_.sessions.push_back({session.secret_hash, session}); }
  void sessions_expired(Instant by) { effects_.sessions_expired = by; }
  // A row that is looked up by this stands under the label.
  void stands(LabelId label, Fingerprint fingerprint) { effects_.standings.emplace_back(label, fingerprint); }

  // Readers of `from` lost something with the event `at`.
  void narrowed(LabelId from, Sequence at) { effects_.narrowings.push_back({from, at}); }
  // Of the event appended last.
  [[nodiscard]] Sequence last_event() const { return effects_.last_event; }

  [[nodiscard]] const Effects& effects() const { return effects_; }

 private:
  Database& database_;
  Random& random_;
  Counters& counters_;
  const Snapshots& snapshots_;
  Effects effects_;
};

// Opens a body sealed by Change::seal_body. NotFound when its key was erased.
Result<std::string> open_body(Database& database, std::string_view kind, const Uuid& subject, std::uint32_t version,
                              LabelId label, ByteView sealed);

}  // namespace hinomi::store::sqlite
