#include "ledger/hash_fields.h"

#include <fmt/format.h>

namespace hinomi {

Result<std::uint64_t> read_count(const JsonFields& fields, std::string_view name, std::uint64_t most) {
  TRY(const auto value, fields.required(name));
  const auto number = value.integer();
  if (!number || *number < 0 || static_cast<std::uint64_t>(*number) > most) {
    return invalid("ledger.number_malformed", fmt::format("This must be a whole number from 0 to {}.", most),
                   fields.pointer_to(name));
  }
  return static_cast<std::uint64_t>(*number);
}

Result<Instant> read_instant(const JsonFields& fields, std::string_view name) {
  TRY(const auto text, fields.text(name));
  const auto instant = parse_rfc3339(text);
  if (!instant.ok() || to_rfc3339(*instant) != text) {
    return invalid("ledger.time_malformed", "This must be a UTC time such as 2026-11-22T02:05:00.000000Z.",
                   fields.pointer_to(name));
  }
  return *instant;
}

}  // namespace hinomi
