// A receipt: everything needed to prove, offline and without trusting the server, that a record stands in the log.
// It holds the record and its salt, so it belongs to those who may read the record. Plain values and pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "ledger/checkpoint.h"
#include "ledger/leaf.h"
#include "ledger/merkle.h"

namespace hinomi {

struct Receipt {
  LedgerRecord record;
  LeafSalt salt{};
  InclusionProof proof;
  Checkpoint checkpoint;
  bool operator==(const Receipt&) const = default;
};

// JSON, keys sorted; errors of parse_receipt carry the JSON pointer.
std::string receipt_text(const Receipt& receipt);
Result<Receipt> parse_receipt(std::string_view json);

// The log signed a tree in which this record stands at this place.
Status verify_receipt(const Receipt& receipt, const TrustedLog& log);
// Besides, the record is about exactly these bytes: the canonical text that was filed or published.
Status verify_receipt_for(const Receipt& receipt, std::string_view content, const TrustedLog& log);

}  // namespace hinomi
