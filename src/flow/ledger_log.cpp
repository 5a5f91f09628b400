#include "flow/ledger_log.h"

#include "ledger/leaf.h"

namespace hinomi::flow {
namespace {

Result<LedgerRecord> record_of(const store::LedgerEntry& entry) {
  TRY(const Uuid subject, parse_uuid(entry.subject));
  const bool release = entry.kind.starts_with("release.");
  const bool report = entry.kind.starts_with("report.");
  const RecordKind kind = release ? RecordKind::Release : report ? RecordKind::Report : RecordKind::Review;
  return LedgerRecord{kind, subject, entry.version, entry.content_hash, entry.at};
}

Result<LeafSalt> salt_of(const store::LedgerEntry& entry) {
  LeafSalt salt{};
  if (entry.salt.size() != salt.size()) return internal("A ledger entry has a salt of the wrong size.");
  std::ranges::copy(entry.salt, salt.begin());
  return salt;
}

TreeHash padding_leaf(Random& random, Instant now) {
  LedgerRecord record;
  record.subject = random_uuid(random);
  record.time = now;
  return record_leaf(record, make_leaf_salt(random));
}

Result<std::vector<TreeHash>> leaves_of(const Platform& platform, const std::vector<store::LedgerEntry>& entries,
                                        Instant now) {
  std::vector<TreeHash> leaves;
  for (const store::LedgerEntry& entry : entries) {
    TRY(const LedgerRecord record, record_of(entry));
    TRY(const LeafSalt salt, salt_of(entry));
    leaves.push_back(record_leaf(record, salt));
  }
  while (leaves.size() % kLeafBatch != 0) leaves.push_back(padding_leaf(platform.random, now));
  return leaves;
}

// What somebody without a name did bears the hour only. A checkpoint bears its time and everybody may read it, so such
// an entry does not bring about one of its own before its hour has passed.
bool keeps_its_hour(const store::LedgerEntry& entry, Instant now) {
  const bool by_reporter = entry.kind == "unnamed.received" || entry.kind == "unnamed.said_more";
  return by_reporter && now - entry.at < std::chrono::hours(1);
}

bool worth_sealing(const std::vector<store::LedgerEntry>& entries, Instant now) {
  return !std::ranges::all_of(entries, [now](const store::LedgerEntry& entry) { return keeps_its_hour(entry, now); });
}

}  // namespace

Result<std::unique_ptr<LedgerLog>> LedgerLog::open(store::LedgerStore& store, const SigningKey& key) {
  std::unique_ptr<LedgerLog> log(new LedgerLog());
  TRY(const auto leaves, store.sealed_leaves(0));
  for (const Sha256& leaf : leaves) log->tree_.append(leaf);
  const auto text = store.latest_checkpoint();
  if (!text.ok()) {
    if (text.error().kind == ErrorKind::NotFound) return log;
    return text.error();
  }
  TRY(const Checkpoint checkpoint, parse_checkpoint(*text));
  TRY_OK(verify_checkpoint(checkpoint, {std::string(kLogOrigin), key.public_key()}));
  if (!(checkpoint.head == log->tree_.head()))
    return internal("The ledger's leaves do not match its newest checkpoint.");
  return log;
}

Result<std::size_t> LedgerLog::seal(const Platform& platform) {
  const std::lock_guard lock(mutex_);
  TRY(const auto entries, platform.store.unsealed_entries());
  const Instant now = platform.clock.now();
  if (!worth_sealing(entries, now)) return std::size_t{0};
  TRY(const auto leaves, leaves_of(platform, entries, now));
  MerkleTree grown = tree_;
  for (const TreeHash& leaf : leaves) grown.append(leaf);
  TRY(const Checkpoint checkpoint, sign_checkpoint({std::string(kLogOrigin), grown.head(), now}, platform.signing_key));
  TRY_OK(platform.store.seal({tree_.size(), entries.size(), leaves, checkpoint_text(checkpoint)}));
  tree_ = std::move(grown);
  return entries.size();
}

Result<std::string> LedgerLog::checkpoint(const Platform& platform) { return platform.store.latest_checkpoint(); }

Result<Receipt> LedgerLog::receipt(const Platform& platform, const Caller& caller, const Release& release) {
  const std::string kind = "release." + std::string(release_state_text(release.state));
  const auto sealed = platform.store.sealed_entry(caller.reach, kind, release.id.text(), release.version);
  if (!sealed.ok()) {
    if (sealed.error().kind != ErrorKind::NotFound) return sealed.error();
    return unavailable("ledger.not_sealed",
                       "The release is recorded and waits for the next batch. Try again in a second.");
  }
  TRY(const LedgerRecord record, record_of(sealed->entry));
  TRY(const LeafSalt salt, salt_of(sealed->entry));
  TRY(const std::string text, platform.store.latest_checkpoint());
  TRY(Checkpoint checkpoint, parse_checkpoint(text));
  const std::lock_guard lock(mutex_);
  TRY(InclusionProof proof, tree_.inclusion_proof(sealed->index, checkpoint.head.size));
  return Receipt{record, salt, std::move(proof), std::move(checkpoint)};
}

}  // namespace hinomi::flow
