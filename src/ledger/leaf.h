// What a leaf of the log stands for. The public tree holds only salted commitments: whoever has the record and its salt
// can prove it, nobody else learns even its kind. Padding is committed in the same form, so growth tells nothing.
// Pure functions; salts are drawn by the caller.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/crypto.h"
#include "base/id.h"
#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "ledger/merkle.h"

namespace hinomi {

enum class RecordKind { Report, Review, Release, Relabel, Erasure, Delivery, Audit, Padding };
std::string_view record_kind_text(RecordKind kind);
Result<RecordKind> parse_record_kind(std::string_view text);

struct LedgerRecord {
  RecordKind kind = RecordKind::Padding;
  Uuid subject{};  // of the report, release …; the same for all its versions
  std::uint32_t version = 0;
  Sha256 content_hash{};  // of the canonical text that was stored or signed
  Instant time;
  bool operator==(const LedgerRecord&) const = default;
};

// Drawn anew for every leaf and kept with the record; without it a guess at the record cannot be confirmed.
using LeafSalt = std::array<std::uint8_t, 32>;
LeafSalt make_leaf_salt(Random& random);

// Canonical JSON, and back. Unknown fields are Invalid with their pointer.
std::string record_text(const LedgerRecord& record);
Result<LedgerRecord> read_record(JsonView value, std::string pointer);

// leaf_hash(SHA-256("hinomi.leaf.v1" ‖ 0x00 ‖ salt ‖ record_text)): what is appended to the tree.
TreeHash record_leaf(const LedgerRecord& record, const LeafSalt& salt);

}  // namespace hinomi
