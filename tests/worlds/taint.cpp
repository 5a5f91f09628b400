#include "worlds/taint.h"

#include <fmt/format.h>

#include <cstring>

#include "base/bytes.h"

namespace hinomi::tests::worlds {
namespace {

constexpr std::size_t kStart = 8;

std::uint64_t start_of(const char* bytes) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes, kStart);
  return value;
}

std::uint32_t slot_of(std::uint64_t start) { return static_cast<std::uint32_t>((start * 0x9E3779B97F4A7C15U) >> 48U); }

std::string wide(std::string_view word, bool high_first) {
  std::string out;
  for (const char c : word) {
    if (high_first) out += '\0';
    out += c;
    if (!high_first) out += '\0';
  }
  return out;
}

std::string each(std::string_view word, std::string_view form) {
  std::string out;
  for (const char c : word)
    out += fmt::format(fmt::runtime(form), static_cast<unsigned>(static_cast<unsigned char>(c)));
  return out;
}

// Base64 of the word where `before` bytes stand in front of it: only what the word alone decides.
std::string base64_inside(std::string_view word, std::size_t before) {
  const std::string padded = std::string(before, '\0') + std::string(word);
  std::string text = to_base64(as_bytes(padded));
  while (text.ends_with('=')) text.pop_back();
  const std::size_t from = (before * 8 + 5) / 6;
  const std::size_t whole = padded.size() * 8 / 6;
  return text.substr(from, whole - from);
}

}  // namespace

std::string taint_word(Random& random) {
  constexpr std::string_view kLetters = "bdfghjkmpqtvwxyz";
  std::string word = "zq";
  while (word.size() < 12) word += kLetters[random.below(static_cast<std::uint32_t>(kLetters.size()))];
  return word;
}

void TaintScanner::add(const std::string& needle, const std::string& what) {
  if (needle.size() < kStart) return;
  add_form(needle, needle, what, "plain");
  add_form({needle.rbegin(), needle.rend()}, needle, what, "reversed");
  add_form(to_hex(as_bytes(needle)), needle, what, "hex");
  add_form(wide(needle, false), needle, what, "UTF-16LE");
  add_form(wide(needle, true), needle, what, "UTF-16BE");
  add_form(each(needle, "%{:02x}"), needle, what, "percent");
  add_form(each(needle, "%{:02X}"), needle, what, "percent");
  add_form(each(needle, "&#{};"), needle, what, "HTML");
  add_form(each(needle, "&#x{:x};"), needle, what, "HTML");
  add_form(each(needle, "\\u{:04x}"), needle, what, "JSON");
  for (std::size_t before = 0; before < 3; ++before) add_form(base64_inside(needle, before), needle, what, "base64");
}

void TaintScanner::add_form(std::string bytes, const std::string& word, const std::string& what, const char* encoding) {
  const std::uint64_t start = start_of(bytes.data());
  const std::uint32_t slot = slot_of(start);
  starts_.at(slot / 64) |= std::uint64_t{1} << (slot % 64);
  by_start_.emplace(start, needles_.size());
  needles_.push_back({std::move(bytes), word, what, encoding});
}

std::optional<TaintScanner::Hit> TaintScanner::find(std::string_view text, std::string_view sent) const {
  if (text.size() < kStart) return std::nullopt;
  for (std::size_t at = 0; at + kStart <= text.size(); ++at) {
    const std::uint64_t start = start_of(text.data() + at);
    const std::uint32_t slot = slot_of(start);
    if ((starts_[slot / 64] >> (slot % 64) & 1U) == 0) continue;
    const auto [from, to] = by_start_.equal_range(start);
    for (auto entry = from; entry != to; ++entry) {
      const Needle& needle = needles_[entry->second];
      if (!text.substr(at).starts_with(needle.bytes) || sent.find(needle.word) != std::string_view::npos) continue;
      return Hit{needle.word, needle.what, needle.encoding, at};
    }
  }
  return std::nullopt;
}

}  // namespace hinomi::tests::worlds
