// Hashes, signatures and salts as fields of JSON objects: lower-case hex of exactly the right length.
// Pure functions; safe on any thread.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/time.h"
#include "model/json_fields.h"

namespace hinomi {

// ledger.hex_malformed, at `pointer`, for any other text.
template <std::size_t Size>
Result<std::array<std::uint8_t, Size>> read_hex(std::string_view text, std::string pointer) {
  const auto bytes = from_hex(text);
  if (!bytes.ok() || bytes->size() != Size || to_hex(*bytes) != text) {
    return invalid("ledger.hex_malformed", "This must be " + std::to_string(2 * Size) + " lower-case hex digits.",
                   std::move(pointer));
  }
  std::array<std::uint8_t, Size> value{};
  std::copy(bytes->begin(), bytes->end(), value.begin());
  return value;
}

template <std::size_t Size>
Result<std::array<std::uint8_t, Size>> read_hex_field(const JsonFields& fields, std::string_view name) {
  TRY(const auto text, fields.text(name));
  return read_hex<Size>(text, fields.pointer_to(name));
}

// A whole number from 0 to `most`; ledger.number_malformed for anything else.
Result<std::uint64_t> read_count(const JsonFields& fields, std::string_view name, std::uint64_t most);
// An instant in exactly the form to_rfc3339 gives, so that a text and what it says are one to one.
Result<Instant> read_instant(const JsonFields& fields, std::string_view name);

// The largest tree: 2^53 − 1, which every JSON reader holds exactly.
constexpr std::uint64_t kMaxTreeSize = (std::uint64_t{1} << 53) - 1;

}  // namespace hinomi
