#include "flow/repeat.h"

#include "ledger/leaf.h"

namespace hinomi::flow {

Result<std::optional<std::string>> earlier_result(const Platform& platform, const Caller& caller,
                                                  const std::optional<RepeatKey>& repeat) {
  if (!repeat) return std::optional<std::string>();
  if (repeat->key.empty() || repeat->key.size() > 200) {
    return invalid("idempotency.malformed", "An Idempotency-Key has 1 to 200 characters.", "Idempotency-Key");
  }
  TRY(const auto earlier, platform.store.earlier_write(caller.principal.person, repeat->key));
  if (!earlier) return std::optional<std::string>();
  if (earlier->body_hash != repeat->body_hash) {
    return conflict("idempotency.key_reused", "This Idempotency-Key was used for another request. Use a new key.");
  }
  return std::optional<std::string>(earlier->subject);
}

store::Alongside alongside(const Platform& platform, const Caller& caller, const std::optional<RepeatKey>& repeat) {
  store::Alongside with;
  with.at = platform.clock.now();
  if (repeat) with.idempotency = store::IdempotencyKey{caller.principal.person, repeat->key, repeat->body_hash};
  if (repeat && repeat->draft)
    with.finished = store::FinishedDraft{caller.principal.person, repeat->draft->id, repeat->draft->revision};
  return with;
}

store::LedgerEntry ledger_entry(const Platform& platform, std::string kind, std::string subject, std::uint32_t version,
                                std::string_view content) {
  const LeafSalt salt = make_leaf_salt(platform.random);
  return {std::move(kind), std::move(subject),   version,
          sha256(content), platform.clock.now(), Bytes(salt.begin(), salt.end())};
}

}  // namespace hinomi::flow
