// Which part of a dotted run is the gate key: its last two labels, or three under suffixes such as co.jp. The scan loop
// finds the same part from bit masks (scan_window.h); both sides must agree. Internal to hunt.
#pragma once

#include <algorithm>
#include <string_view>

#include "hunt/keys.h"

namespace hinomi::hunting {

// Letters, digits, '.', '-' and '_': what host names and plain file names are made of.
constexpr bool is_token_char(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}
constexpr bool is_hex_char(unsigned char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}
constexpr bool is_alnum_char(unsigned char c) { return is_token_char(c) && c != '.' && c != '-' && c != '_'; }

// The token characters at the end of `text`.
inline std::string_view last_token_run(std::string_view text) {
  std::size_t start = text.size();
  while (start > 0 && is_token_char(static_cast<unsigned char>(text[start - 1]))) --start;
  return text.substr(start);
}

// A run that the scan finds: token characters with a dot inside and something that is neither digit nor dot.
inline bool is_searchable_run(std::string_view run) {
  return run.size() - run.rfind('.') <= 64 && run.find('.') != std::string_view::npos && !run.ends_with('.') &&
         run.find_first_not_of("0123456789.") != std::string_view::npos && last_token_run(run).size() == run.size();
}

inline bool is_searchable_name(std::string_view name) {
  return is_searchable_run(name) && !name.starts_with('.') && name.size() <= 253 &&
         name.find("..") == std::string_view::npos;
}

// co.jp, com.au, t.co: a country code behind a label of at most three characters.
constexpr bool is_wide_suffix(std::size_t last_label, std::size_t second_label) {
  return last_label == 2 && second_label <= 3;
}

inline std::uint64_t gate_hash_of(const HashKey& key, std::string_view run) {
  const auto dot_before = [&](std::size_t end) { return end == 0 ? std::string_view::npos : run.rfind('.', end - 1); };
  const std::size_t last = dot_before(run.size());
  std::size_t start = last == std::string_view::npos ? last : dot_before(last);
  if (start != std::string_view::npos && is_wide_suffix(run.size() - last - 1, last - start - 1)) {
    start = dot_before(start);
  }
  const std::size_t length = start == std::string_view::npos ? run.size() : run.size() - start - 1;
  std::array<std::uint8_t, kTailBytes> tail{};
  const std::size_t kept = std::min(length, kTailBytes);
  std::memcpy(tail.data() + kTailBytes - kept, run.data() + run.size() - kept, kept);
  return tail_hash(key, tail.data() + kTailBytes, length);
}

// Hash of a whole name, label by label from the right.
inline std::uint64_t name_hash(const HashKey& key, std::string_view name) {
  std::uint64_t hash = 0;
  for (;;) {
    const std::size_t dot = name.rfind('.');
    hash = with_label(key, hash, as_bytes(name.substr(dot + 1)));
    if (dot == std::string_view::npos) return hash;
    name = name.substr(0, dot);
  }
}

}  // namespace hinomi::hunting
