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

}  // namespace

std::string make_cursor(const Secret<Bytes>& key, const CursorScope& scope, std::int64_t position) {
  const std::string context = context_of(scope);
  const std::string plain = std::to_string(position);
  SyntheticNonce nonce(hmac_sha256(key.expose(), as_bytes(context + "=" + plain)));
  return to_base64url(seal(cursor_key(key), context, as_bytes(plain), nonce));
}

Result<std::int64_t> read_cursor(const Secret<Bytes>& key, const CursorScope& scope, std::string_view text) {
  const Error malformed =
      invalid("cursor.malformed", "This is not a cursor of this list. Take it from the previous page unchanged.");
  if (text.size() > 200) return malformed;
  const auto sealed = from_base64url(text);
  if (!sealed.ok()) return malformed;
  const auto plain = open_sealed(cursor_key(key), context_of(scope), *sealed);
  if (!plain.ok()) return malformed;
  std::int64_t position = 0;
  const std::string_view digits = as_text(*plain);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), position);
  if (error != std::errc() || end != digits.data() + digits.size()) return malformed;
  return position;
}

}  // namespace hinomi::api
