// hunt/bundle: what opens as a ZIP is written back to the same bytes; nothing unsigned opens as a bundle.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/crypto.h"
#include "hunt/bundle.h"
#include "hunt/stored_zip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  hinomi::initialise_crypto();
  const hinomi::ByteView input(bytes, size);
  if (const auto entries = hinomi::hunting::read_stored_zip(input); entries.ok()) {
    const auto again = hinomi::hunting::write_stored_zip(*entries);
    if (!again.ok() || hinomi::as_text(*again) != hinomi::as_text(input)) std::abort();
  }
  const hinomi::PublicKey key{};
  if (hinomi::open_bundle(input, {&key, 1}, {}).ok()) std::abort();
  static_cast<void>(hinomi::read_indicators_jsonl(hinomi::as_text(input)));
  return 0;
}
