// Writes that a client may repeat (Idempotency-Key): the same person, key and body give the first answer again.
#pragma once

#include <optional>
#include <string>

#include "flow/caller.h"

namespace hinomi::flow {

// The draft that a write finishes, as it was when it was sent.
struct SentDraft {
  DraftId id;
  std::uint32_t revision = 0;
};

struct RepeatKey {
  std::string key;     // 1–200 characters, the client's
  Sha256 body_hash{};  // over the method, path and body
  std::optional<SentDraft> draft{};
};

// The id of what the same write made before; nothing when it is new.
// Conflict "idempotency.key_reused" when the key came with another body.
Result<std::optional<std::string>> earlier_result(const Platform& platform, const Caller& caller,
                                                  const std::optional<RepeatKey>& repeat);

// What goes into the transaction of a write by this caller at this moment.
store::Alongside alongside(const Platform& platform, const Caller& caller, const std::optional<RepeatKey>& repeat);

// A ledger entry for content that has just been made.
store::LedgerEntry ledger_entry(const Platform& platform, std::string kind, std::string subject, std::uint32_t version,
                                std::string_view content);

}  // namespace hinomi::flow
