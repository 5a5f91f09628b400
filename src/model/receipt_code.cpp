#include "model/receipt_code.h"

#include <string>

#include "base/text.h"

namespace hinomi {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kCharacters = 16;
constexpr std::size_t kGroup = 4;
using Symbols = std::array<std::uint8_t, kCharacters>;

// Times the generator of GF(32), modulo x^5 + x^2 + 1.
constexpr unsigned turned(unsigned value) {
  value <<= 1;
  return (value & 32U) != 0 ? value ^ 37U : value;
}

// Every place has a weight of its own, so that neither one wrong symbol nor two swapped ones go unnoticed.
std::uint8_t check_of(const Symbols& symbols) {
  unsigned sum = 0;
  for (std::size_t i = kCharacters; i-- > 0;) sum = turned(sum ^ symbols[i]);
  return static_cast<std::uint8_t>(sum);
}

Symbols symbols_of(const ReceiptCode::Bits& bits) {
  Symbols symbols{};
  for (std::size_t bit = 0; bit < kCharacters * 5; ++bit) {
    const unsigned one = (bits[bit / 8] >> (7 - bit % 8)) & 1U;
    symbols[bit / 5] = static_cast<std::uint8_t>((symbols[bit / 5] << 1) | one);
  }
  return symbols;
}

ReceiptCode::Bits bits_of(const Symbols& symbols) {
  ReceiptCode::Bits bits{};
  for (std::size_t bit = 0; bit < kCharacters * 5; ++bit) {
    const unsigned one = (symbols[bit / 5] >> (4 - bit % 5)) & 1U;
    bits[bit / 8] = static_cast<std::uint8_t>((bits[bit / 8] << 1) | one);
  }
  return bits;
}

// What people confuse is read as what can be meant (Crockford, "Base 32").
char as_meant(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return c;
}

constexpr std::size_t kMostTyped = 200;  // bytes; full-width letters take three each

}  // namespace

ReceiptCode ReceiptCode::make(Random& random) {
  Bits bits{};
  random.fill(bits);
  return ReceiptCode(bits);
}

Result<ReceiptCode> ReceiptCode::parse(std::string_view typed) {
  const Error wrong_length =
      invalid("receipt.length", "A receipt code has 17 letters and digits: four groups of four and one more.", "/code");
  if (typed.size() > kMostTyped) return wrong_length;
  std::string symbols;
  for (const char typed_one : nfkc(typed)) {
    if (typed_one == ' ' || typed_one == '-' || typed_one == '\t' || typed_one == '\r' || typed_one == '\n') continue;
    const auto place = kAlphabet.find(as_meant(typed_one));
    if (place == std::string_view::npos) return wrong_length;
    symbols.push_back(static_cast<char>(place));
  }
  if (symbols.size() != kCharacters + 1) return wrong_length;
  Symbols body{};
  for (std::size_t i = 0; i < kCharacters; ++i) body[i] = static_cast<std::uint8_t>(symbols[i]);
  if (check_of(body) != static_cast<std::uint8_t>(symbols.back()))
    return invalid("receipt.typing", "One or more characters of the code were typed wrongly. Compare it again.",
                   "/code");
  return ReceiptCode(bits_of(body));
}

SecretText ReceiptCode::grouped() const {
  const Symbols symbols = symbols_of(bits_.expose());
  std::string text;
  for (std::size_t i = 0; i < kCharacters; ++i) {
    if (i > 0 && i % kGroup == 0) text.push_back('-');
    text.push_back(kAlphabet[symbols[i]]);
  }
  text.push_back('-');
  text.push_back(kAlphabet[check_of(symbols)]);
  return SecretText(std::move(text));
}

}  // namespace hinomi
