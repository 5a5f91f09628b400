// Keyed hashes of the scan plan, used alike when it is compiled and when bytes are scanned. The key is drawn per plan,
// so that nobody can write a list or a log that piles up in one place. Internal to hunt; free functions on plain
// values.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "base/bytes.h"

namespace hinomi::hunting {

using HashKey = std::array<std::uint64_t, 8>;

// What a key stands for; part of every exact hash, so that a domain never meets a file name.
enum class Kind : std::uint8_t { Domain = 1, Ipv4, Ipv6, Url, Email, Hash, FileName, FileSuffix, UrlHost, UrlHostIpv4 };

// Sets the case bit of letters. Digits, dot and hyphen carry it already, so folding joins nothing but letter case.
inline constexpr std::uint64_t kFoldWord = 0x2020202020202020ULL;
inline constexpr std::size_t kTailBytes = 32;

inline std::uint64_t load64(const std::uint8_t* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

inline std::uint32_t load32(const std::uint8_t* bytes) {
  std::uint32_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

inline std::uint64_t mixed(std::uint64_t left, std::uint64_t right) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(left) * right;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Hash of the bytes with letters folded.
inline std::uint64_t folded_hash(const HashKey& key, ByteView bytes) {
  const std::uint8_t* at = bytes.data();
  std::size_t left = bytes.size();
  std::uint64_t state = key[0] ^ left;
  for (; left > 16; left -= 16, at += 16) {
    state = mixed((load64(at) | kFoldWord) ^ key[1], (load64(at + 8) | kFoldWord) ^ state);
  }
  std::array<std::uint8_t, 16> rest{};
  if (left > 0) std::memcpy(rest.data(), at, left);
  state = mixed((load64(rest.data()) | kFoldWord) ^ key[2], (load64(rest.data() + 8) | kFoldWord) ^ state);
  return mixed(state ^ key[3], key[4] ^ left);
}

// Hash of the bytes as they are.
inline std::uint64_t plain_hash(const HashKey& key, ByteView bytes) {
  const std::uint8_t* at = bytes.data();
  std::size_t left = bytes.size();
  std::uint64_t state = key[4] ^ left;
  for (; left > 16; left -= 16, at += 16) state = mixed(load64(at) ^ key[5], load64(at + 8) ^ state);
  std::array<std::uint8_t, 16> rest{};
  if (left > 0) std::memcpy(rest.data(), at, left);
  state = mixed(load64(rest.data()) ^ key[6], load64(rest.data() + 8) ^ state);
  return mixed(state ^ key[7], key[0] ^ left);
}

inline std::uint64_t of_kind(const HashKey& key, Kind kind, std::uint64_t hash) {
  return mixed(hash ^ key[5], key[6] ^ (static_cast<std::uint64_t>(kind) * 0x9E3779B97F4A7C15ULL));
}

// Extends the hash of "evil.example" by "www" to that of "www.evil.example": a name is hashed label by label from the
// right, so that all its parent domains cost one walk.
inline std::uint64_t with_label(const HashKey& key, std::uint64_t name, ByteView label) {
  return mixed(name ^ key[2], folded_hash(key, label) ^ key[7]);
}

inline std::uint64_t ipv4_hash(const HashKey& key, std::uint32_t network, unsigned prefix) {
  return of_kind(key, Kind::Ipv4, mixed(((std::uint64_t{network} << 8) | prefix) ^ key[1], key[3]));
}

// Selects the last `length` of 32 bytes: a window that slides over zeros, then ones.
struct KeepMasks {
  std::array<std::uint8_t, 2 * kTailBytes> bytes{};
  constexpr KeepMasks() {
    for (std::size_t i = kTailBytes; i < bytes.size(); ++i) bytes[i] = 0xFF;
  }
};
inline constexpr KeepMasks kKeepMasks;

// Gate key of an address by its text as far as the third dot ("192.0.2", its /24) or the second (its /16): no number
// has to be read for the addresses that are not listed. `length` is at most 11; reads 16 bytes whatever it is.
inline std::uint64_t ipv4_gate_hash(const HashKey& key, const std::uint8_t* text, std::size_t length) {
  // The same window the other way: ones, then zeros.
  const std::uint8_t* drop = kKeepMasks.bytes.data() + kTailBytes - length;
  const std::uint64_t first = load64(text) & ~load64(drop), second = load64(text + 8) & ~load64(drop + 8);
  return mixed(first ^ key[5], second ^ key[6]);
}

// Gate key of the last `length` bytes before `end` (at most 32 count), letters folded.
// Reads the 32 bytes before `end` whatever the length: they must be readable.
inline std::uint64_t tail_hash(const HashKey& key, const std::uint8_t* end, std::size_t length) {
  const std::uint8_t* keep = kKeepMasks.bytes.data() + std::min(length, kTailBytes);
  const std::uint8_t* at = end - kTailBytes;
  const auto word = [&](std::size_t i) { return (load64(at + i) | kFoldWord) & load64(keep + i); };
  const std::uint64_t high = mixed(word(0) ^ key[0], word(8) ^ key[1]);
  const std::uint64_t low = mixed(word(16) ^ key[2], word(24) ^ key[3]);
  return mixed(high ^ key[4], low ^ key[7]);
}

// Four bits in one 64-bit word per key: one cache line per question.
inline std::uint64_t filter_bits(std::uint64_t hash) {
  return (1ULL << (hash & 63)) | (1ULL << ((hash >> 6) & 63)) | (1ULL << ((hash >> 12) & 63)) |
         (1ULL << ((hash >> 18) & 63));
}
inline std::uint64_t filter_slot(std::uint64_t hash) { return hash >> 24; }

}  // namespace hinomi::hunting
