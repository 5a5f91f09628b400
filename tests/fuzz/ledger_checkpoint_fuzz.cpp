// ledger/checkpoint and ledger/receipt: what is accepted is written back the same, and never verifies by accident.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ledger/receipt.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (const auto checkpoint = hinomi::parse_checkpoint(text); checkpoint.ok()) {
    require(hinomi::checkpoint_text(*checkpoint) == text);
    require(!hinomi::verify_checkpoint(*checkpoint, {checkpoint->origin, {}}).ok());
  }
  if (const auto receipt = hinomi::parse_receipt(text); receipt.ok()) {
    const auto again = hinomi::parse_receipt(hinomi::receipt_text(*receipt));
    require(again.ok() && *again == *receipt);
    require(!hinomi::verify_receipt(*receipt, {receipt->checkpoint.origin, {}}).ok());
  }
  return 0;
}
