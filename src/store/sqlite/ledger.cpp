#include "store/sqlite/engine.h"
#include "store/sqlite/reading.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kTreeSize{"tree_size", "SELECT max(leaf_index) + 1 FROM ledger_leaf"};
constexpr Statement kLeaves{"leaves", "SELECT hash FROM ledger_leaf WHERE leaf_index >= ?1 ORDER BY leaf_index"};
constexpr Statement kUnsealed{
    "unsealed_entries",
    "SELECT e.kind, e.subject, e.version, e.content_hash, e.at, e.salt "
    "FROM ledger_queue q CROSS JOIN ledger_entry e ON e.position = q.position ORDER BY q.position"};
constexpr Statement kFirstUnsealed{"first_unsealed", "SELECT position FROM ledger_queue ORDER BY position LIMIT ?1"};
constexpr Statement kSealEntry{"seal_entry", "UPDATE ledger_entry SET leaf_index = ?2 WHERE position = ?1"};
constexpr Statement kUnqueue{"unqueue_entry", "DELETE FROM ledger_queue WHERE position = ?1"};
constexpr Statement kAddLeaf{"add_leaf", "INSERT INTO ledger_leaf (leaf_index, hash) VALUES (?1, ?2)"};
constexpr Statement kAddCheckpoint{"add_checkpoint",
                                   "INSERT INTO ledger_checkpoint (size, checkpoint) VALUES (?1, ?2) "
                                   "ON CONFLICT (size) DO UPDATE SET checkpoint = excluded.checkpoint"};
constexpr Statement kLatestCheckpoint{"latest_checkpoint",
                                      "SELECT checkpoint FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"};
constexpr Statement kSealedEntry{
    "sealed_entry",
    "SELECT leaf_index, kind, subject, version, content_hash, at, salt FROM ledger_entry "
    "WHERE label_id = ?1 AND subject = ?2 AND version = ?3 AND kind = ?4 AND leaf_index IS NOT NULL"};

LedgerEntry read_entry(const Query& row, int first) {
  return {row.text(first),          row.text(first + 1),    static_cast<std::uint32_t>(row.integer(first + 2)),
          row.fixed<32>(first + 3), row.instant(first + 4), row.blob(first + 5)};
}

Result<std::vector<std::int64_t>> first_unsealed(Database& database, std::size_t count) {
  std::vector<std::int64_t> positions;
  TRY(auto query, database.query(kFirstUnsealed, count));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return positions;
    positions.push_back(query.integer(0));
  }
}

}  // namespace

Result<std::vector<Sha256>> Engine::sealed_leaves(std::uint64_t from) {
  TRY(auto reading, readers_->begin());
  std::vector<Sha256> leaves;
  TRY(auto query, reading.database().query(kLeaves, from));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return leaves;
    leaves.push_back(query.fixed<32>(0));
  }
}

Result<std::vector<LedgerEntry>> Engine::unsealed_entries() {
  TRY(auto reading, readers_->begin());
  std::vector<LedgerEntry> entries;
  TRY(auto query, reading.database().query(kUnsealed));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return entries;
    entries.push_back(read_entry(query, 0));
  }
}

Status Engine::seal(const Batch& batch) {
  if (batch.leaves.size() < batch.entries) return internal("A batch seals more entries than it has leaves.");
  return writer_->run([&](Change& change) -> Status {
    Database& database = change.database();
    TRY(const auto size, database.number(kTreeSize));
    if (static_cast<std::uint64_t>(size.value_or(0)) != batch.old_size) {
      return conflict("ledger.moved_on", "The log has grown meanwhile. Start from its present size.");
    }
    TRY(const auto positions, first_unsealed(database, batch.entries));
    if (positions.size() < batch.entries) return conflict("ledger.moved_on", "These entries are in the log already.");
    for (std::size_t i = 0; i < batch.leaves.size(); ++i) {
      TRY_OK(database.run(kAddLeaf, batch.old_size + i, batch.leaves[i]));
    }
    for (std::size_t i = 0; i < positions.size(); ++i) {
      TRY_OK(database.run(kSealEntry, positions[i], batch.old_size + i));
      TRY_OK(database.run(kUnqueue, positions[i]));
    }
    return database.run(kAddCheckpoint, batch.old_size + batch.leaves.size(), batch.checkpoint);
  });
}

Result<std::string> Engine::latest_checkpoint() {
  TRY(auto reading, readers_->begin());
  TRY(auto query, reading.database().query(kLatestCheckpoint));
  TRY(const bool row, query.next());
  if (!row) return not_found();
  return query.text(0);
}

Result<LedgerStore::SealedEntry> Engine::sealed_entry(const Reach& reach, std::string_view kind,
                                                      std::string_view subject, std::uint32_t version) {
  TRY(auto reading, readers_->begin());
  std::optional<SealedEntry> sealed;
  const auto note = [&](const Query& row, LabelId) -> Status {
    sealed = SealedEntry{static_cast<std::uint64_t>(row.integer(0)), read_entry(row, 1)};
    return {};
  };
  TRY_OK(for_each_readable(reading.database(), reach, kSealedEntry, note, subject, version, kind));
  if (!sealed) return not_found();
  return std::move(*sealed);
}

}  // namespace hinomi::store::sqlite
