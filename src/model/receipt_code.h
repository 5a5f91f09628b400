// What somebody without an account comes back with: 80 bits of chance as sixteen characters of Crockford's base32 and
// one more that checks them, so that a slip of the finger is told from a code that belongs to nothing.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"

namespace hinomi {

class ReceiptCode {
 public:
  static constexpr std::size_t kBytes = 10;
  using Bits = std::array<std::uint8_t, kBytes>;

  static ReceiptCode make(Random& random);
  // As people type it: any case and width, with or without spaces and hyphens; O is read as 0, I and L as 1.
  // Invalid "receipt.length" unless it has 17 characters of the alphabet; Invalid "receipt.typing" when the last one
  // does not check the others: every single wrong character and every two that are swapped. Neither says what was
  // typed.
  static Result<ReceiptCode> parse(std::string_view typed);

  // "7K4Q-09XM-2RTV-HC5D-8": to be shown once, and read aloud in fours.
  [[nodiscard]] SecretText grouped() const;
  [[nodiscard]] const Secret<Bits>& bits() const { return bits_; }

 private:
  explicit ReceiptCode(const Bits& bits) : bits_(bits) {}
  Secret<Bits> bits_;
};

}  // namespace hinomi
