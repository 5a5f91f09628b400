#include "api/cursor.h"

#include <algorithm>
#include <charconv>

#include "base/crypto.h"

namespace hinomi::api {
namespace {

// The nonce is a MAC of what is sealed (as in RFC 5297), so equal positions give equal texts and nonces never repeat
// for different ones.
class SyntheticNonce final : public Random {
 public:
  explicit SyntheticNonce(const Sha256& mac) : mac_(mac) {}
  void fill(std::span<std::uint8_t> bytes) override {
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = mac_[i % mac_.size()];
  }

 private:
  Sha256 mac_;
};

RecordKey cursor_key(const Secret<Bytes>& key) {
  return RecordKey(hmac_sha256(key.expose(), as_bytes("hinomi.cursor.v1")));
}

std::string context_of(const CursorScope& scope) { return scope.person.text() + "/" + std::string(scope.list); }

const Error& malformed() {
  static const Error error =
      invalid("cursor.malformed", "This is not a cursor of this list. Take it from the previous page unchanged.");
  return error;
}

std::string sealed_text(const Secret<Bytes>& key, const CursorScope& scope, const std::string& plain) {
  const std::string context = context_of(scope);
  SyntheticNonce nonce(hmac_sha256(key.expose(), as_bytes(context + "=" + plain)));
  return to_base64url(seal(cursor_key(key), context, as_bytes(plain), nonce));
}

Result<std::string> opened_text(const Secret<Bytes>& key, const CursorScope& scope, std::string_view text) {
  if (text.size() > 200) return malformed();
  const auto sealed = from_base64url(text);
  if (!sealed.ok()) return malformed();
  const auto plain = open_sealed(cursor_key(key), context_of(scope), *sealed);
  if (!plain.ok()) return malformed();
  return std::string(as_text(*plain));
}

// Always as long: the length of what is sealed shows.
std::string digits_of(std::int64_t number) {
  const std::string digits = std::to_string(number);
  constexpr std::size_t kWidth = 19;  // of the greatest
  return digits.size() < kWidth ? std::string(kWidth - digits.size(), '0') + digits : digits;
}

Result<std::int64_t> number_of(std::string_view digits) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return malformed();
  return number;
}

}  // namespace

std::string make_cursor(const Secret<Bytes>& key, const CursorScope& scope, std::int64_t position) {
  return sealed_text(key, scope, digits_of(position));
}

Result<std::int64_t> read_cursor(const Secret<Bytes>& key, const CursorScope& scope, std::string_view text) {
  TRY(const std::string plain, opened_text(key, scope, text));
  return number_of(plain);
}

std::string make_position_cursor(const Secret<Bytes>& key, const CursorScope& scope, const store::Position& position) {
  return sealed_text(key, scope, digits_of(position.at) + "." + digits_of(position.row));
}

Result<store::Position> read_position_cursor(const Secret<Bytes>& key, const CursorScope& scope,
                                             std::string_view text) {
  TRY(const std::string plain, opened_text(key, scope, text));
  const std::string_view view = plain;
  const auto dot = view.find('.');
  if (dot == std::string_view::npos) return malformed();
  TRY(const std::int64_t at, number_of(view.substr(0, dot)));
  TRY(const std::int64_t row, number_of(view.substr(dot + 1)));
  return store::Position(at, row);
}

}  // namespace hinomi::api
