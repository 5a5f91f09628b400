#include "store/sqlite/change.h"

#include <algorithm>
#include <string>

#include "store/sqlite/drafts.h"
#include "store/sqlite/words.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kLabelByText{"label_by_text", "SELECT id FROM label WHERE canonical_text = ?1"};
constexpr Statement kAddLabel{"add_label",
                              "INSERT INTO label (canonical_text, first_sequence) VALUES (?1, ?2) RETURNING id"};
constexpr Statement kEarlierHash{"earlier_hash", "SELECT body_hash FROM idempotency WHERE person_id = ?1 AND key = ?2"};
constexpr Statement kAddIdempotency{"add_idempotency",
                                    "INSERT INTO idempotency (person_id, key, body_hash, subject, at) "
                                    "VALUES (?1, ?2, ?3, ?4, ?5)"};
constexpr Statement kAddLedgerEntry{
    "add_ledger_entry",
    "INSERT INTO ledger_entry (label_id, kind, subject, version, content_hash, at, salt) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING position"};
constexpr Statement kQueueLedgerEntry{"queue_ledger_entry", "INSERT INTO ledger_queue (position) VALUES (?1)"};
constexpr Statement kAddOutbox{"add_outbox",
                               "INSERT INTO outbox (channel, recipient_id, kind, subject, since) "
                               "VALUES (?1, ?2, ?3, ?4, ?5)"};
constexpr Statement kAddEvent{"add_event",
                              "INSERT INTO event (sequence, label_id, kind, subject, at) VALUES (?1, ?2, ?3, ?4, ?5)"};
constexpr Statement kAddOverlap{"add_overlap",
                                "INSERT INTO label_overlap (kind, label_id, other_label_id) VALUES (?1, ?2, ?3) "
                                "ON CONFLICT DO NOTHING"};
constexpr Statement kPutKey{"put_record_key",
                            "INSERT INTO record_key (kind, subject, version, key) VALUES (?1, ?2, ?3, ?4) "
                            "ON CONFLICT (kind, subject, version) DO UPDATE SET key = excluded.key"};
constexpr Statement kKey{"record_key", "SELECT key FROM record_key WHERE kind = ?1 AND subject = ?2 AND version = ?3"};

// A sealed body opens only in its own place: same kind, record, version and label.
std::string seal_context(std::string_view kind, const Uuid& subject, std::uint32_t version, LabelId label) {
  return std::string(kind) + "/" + uuid_text(subject) + "/" + std::to_string(version) + "/" +
         std::to_string(label.value);
}

}  // namespace

Instant Change::next_added(Instant at) {
  counters_.added = std::max<std::int64_t>(at.time_since_epoch().count(), counters_.added + 1);
  return Instant(std::chrono::microseconds(counters_.added));
}

Result<LabelId> Change::intern(const Label& label) {
  const std::string text = canonical_text(label);
  TRY(const auto known, database_.number(kLabelByText, text));
  if (known) return LabelId{*known};
  TRY(const auto added, database_.number(kAddLabel, text, counters_.sequence));
  if (!added) return internal("A new label got no number.");
  effects_.labels.push_back({LabelId{*added}, label});
  return LabelId{*added};
}

Status Change::claim_key(const Alongside& with, std::string_view subject) {
  if (!with.idempotency) return {};
  const IdempotencyKey& key = *with.idempotency;
  TRY(auto earlier, database_.query(kEarlierHash, key.person, key.key));
  TRY(const bool used, earlier.next());
  if (used && earlier.fixed<32>(0) == key.body_hash) {
    return conflict("idempotency.repeated", "This request was carried out before; its first answer stands.");
  }
  if (used)
    return conflict("idempotency.key_reused", "This Idempotency-Key belongs to another request. Use a new one.");
  return database_.run(kAddIdempotency, key.person, key.key, key.body_hash, subject, with.at);
}

Status Change::record(const Alongside& with, LabelId label, std::string_view subject) {
  TRY_OK(claim_key(with, subject));
  return record_beside(with, label);
}

Status Change::record_beside(const Alongside& with, LabelId label) {
  for (const LedgerEntry& entry : with.ledger) {
    TRY(const auto position, database_.number(kAddLedgerEntry, label, entry.kind, entry.subject, entry.version,
                                              entry.content_hash, entry.at, entry.salt));
    TRY_OK(database_.run(kQueueLedgerEntry, position));
  }
  for (const OutboxEntry& entry : with.outbox) {
    TRY_OK(database_.run(kAddOutbox, entry.channel, entry.recipient, entry.kind, entry.subject, with.at));
  }
  if (with.finished) TRY_OK(finish_draft(database_, *with.finished));
  return {};
}

Status Change::append_event(LabelId label, EventKind kind, std::string_view subject, Instant at) {
  effects_.last_event = next_sequence();
  return database_.run(kAddEvent, effects_.last_event, label, event_kind_text(kind), subject, at);
}

bool Change::is_known_overlap(std::string_view kind, LabelId label, LabelId other) const {
  const auto pair = std::tuple(std::string(kind), label, other);
  return effects_.overlaps.contains(pair) || snapshots_.overlaps.get()->contains(pair);
}

Status Change::note_overlap(std::string_view kind, LabelId label, LabelId other) {
  TRY_OK(database_.run(kAddOverlap, kind, label, other));
  TRY_OK(database_.run(kAddOverlap, kind, other, label));
  effects_.overlaps.emplace(kind, label, other);
  effects_.overlaps.emplace(kind, other, label);
  return {};
}

Result<Bytes> Change::seal_body(std::string_view kind, const Uuid& subject, std::uint32_t version, LabelId label,
                                std::string_view body) {
  const RecordKey key = make_record_key(random_);
  TRY_OK(database_.run(kPutKey, kind, subject, version, key.expose()));
  return seal(key, seal_context(kind, subject, version, label), as_bytes(body), random_);
}

Result<std::string> open_body(Database& database, std::string_view kind, const Uuid& subject, std::uint32_t version,
                              LabelId label, ByteView sealed) {
  TRY(auto query, database.query(kKey, kind, subject, version));
  TRY(const bool present, query.next());
  if (!present) return not_found();
  const RecordKey key(query.fixed<32>(0));
  TRY(const Bytes plain, open_sealed(key, seal_context(kind, subject, version, label), sealed));
  return std::string(as_text(plain));
}

}  // namespace hinomi::store::sqlite
