// Kleene's strong three-valued logic: "not known yet" is a value and passes through every connective honestly.
// Plain values; the order False < Unknown < True makes `and` the minimum and `or` the maximum.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace hinomi::rules {

enum class Truth : std::uint8_t { False, Unknown, True };

constexpr Truth both(Truth a, Truth b) { return std::min(a, b); }
constexpr Truth either(Truth a, Truth b) { return std::max(a, b); }
constexpr Truth negated(Truth a) {
  return a == Truth::True ? Truth::False : a == Truth::False ? Truth::True : Truth::Unknown;
}
constexpr Truth truth_of(bool claim) { return claim ? Truth::True : Truth::False; }
constexpr std::string_view truth_text(Truth truth) {
  return truth == Truth::True ? "true" : truth == Truth::False ? "false" : "unknown";
}

}  // namespace hinomi::rules
