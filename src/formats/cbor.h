// CBOR (RFC 8949) as WebAuthn uses it: the canonical form of CTAP2 §8 and nothing else. Definite lengths in their
// shortest form, integers, byte and text strings, arrays, maps without a key twice, true, false and null; no tags, no
// floats. Bounded in size, depth and number of items. Pure; safe on any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace hinomi {

struct CborLimits {
  std::size_t max_bytes = 64 << 10;
  unsigned max_depth = 6;
  std::size_t max_items = 512;
};

struct CborValue {
  enum class Kind { Integer, Bytes, Text, Array, Map, Boolean, Null };
  Kind kind = Kind::Null;
  std::int64_t integer = 0;  // of Integer; 1 for true
  Bytes bytes;
  std::string text;
  std::vector<CborValue> items;  // of an array; of a map key, value, key, value …

  // The value under a key of this map; null pointer when absent or when this is no map.
  [[nodiscard]] const CborValue* find(std::string_view key) const;
  [[nodiscard]] const CborValue* find(std::int64_t key) const;
  // Number of pairs of a map, of elements of an array, otherwise 0.
  [[nodiscard]] std::size_t size() const { return kind == Kind::Map ? items.size() / 2 : items.size(); }
  bool operator==(const CborValue&) const = default;
};

// One value and how many bytes it took; what follows is the caller's. Invalid "cbor.malformed", TooLarge
// "cbor.too_large".
struct CborRead {
  CborValue value;
  std::size_t length = 0;
};
Result<CborRead> read_cbor(ByteView bytes, const CborLimits& limits = {});

}  // namespace hinomi
