#include "triage/keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <set>

#include "base/text.h"
#include "model/cve.h"

namespace hinomi {
namespace {

constexpr std::string_view kTitlePrefix = "title:";
constexpr std::size_t kMaxTitleBytes = 600;
constexpr std::size_t kMaxMentionBytes = 4'000;
constexpr std::size_t kMaxMentions = 3;
constexpr std::size_t kMaxIdBytes = 120;
constexpr std::size_t kMinShingles = 6;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_id_character(char c) { return is_digit(c) || is_letter(c) || c == '-' || c == '#'; }

// Families of advisory ids that other sources quote, in lower case.
constexpr std::array<std::string_view, 9> kAdvisoryFamilies{"icsa-", "icsma-", "ics-alert-", "jvndb-",    "jvnvu#",
                                                            "jvn#",  "vu#",    "ssa-",       "jpcert-at-"};

bool is_advisory_id(std::string_view id) {
  return std::ranges::any_of(kAdvisoryFamilies, [&](std::string_view family) {
    return id.size() > family.size() + 3 && id.starts_with(family) && is_digit(id[family.size()]);
  });
}

// An id that means the same wherever it is quoted: letters, digits and a joint. "17" or a guid of one feed does not.
bool is_speaking_id(std::string_view id) {
  constexpr std::size_t kMinLength = 8;
  constexpr std::size_t kUuidLength = 36;
  if (id.size() < kMinLength || id.size() >= kUuidLength || !is_letter(id.front())) return false;
  return std::ranges::all_of(id, is_id_character) && std::ranges::any_of(id, is_digit) &&
         id.find_first_of("-#") != std::string_view::npos;
}

std::set<std::string> mentioned_advisories(std::string_view text) {
  std::set<std::string> found;
  const std::string lower = lower_ascii(text.substr(0, kMaxMentionBytes));
  for (std::size_t at = 0; at < lower.size();) {
    if (!is_id_character(lower[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < lower.size() && is_id_character(lower[end])) ++end;
    if (is_advisory_id(std::string_view(lower).substr(at, end - at))) found.insert(lower.substr(at, end - at));
    at = end;
  }
  return found;
}

bool is_part_of_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Starts of the characters of a UTF-8 text, and its end.
std::vector<std::size_t> character_starts(std::string_view text) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_part_of_character(text[i])) starts.push_back(i);
  }
  starts.push_back(text.size());
  return starts;
}

// Word for word the numbers of a title: 2026-10-08号 and 2026-10-15号 are different matters however alike they look.
std::string numbers_of(std::string_view title) {
  std::string numbers;
  for (std::size_t i = 0; i < title.size(); ++i) {
    if (is_digit(title[i])) {
      numbers += title[i];
    } else if (!numbers.empty() && numbers.back() != ' ') {
      numbers += ' ';
    }
  }
  return std::string(trimmed(numbers));
}

std::set<std::string_view> shingles_of(std::string_view text) {
  constexpr std::size_t kLength = 3;
  std::set<std::string_view> shingles;
  const auto starts = character_starts(text);
  for (std::size_t i = 0; i + kLength < starts.size(); ++i)
    shingles.insert(text.substr(starts[i], starts[i + kLength] - starts[i]));
  return shingles;
}

// FNV-1a with a seed, stirred at the end: stable over builds and machines, because keys are stored.
std::uint64_t stable_hash(std::string_view text, std::uint64_t seed) {
  std::uint64_t hash = 0xcbf29ce484222325U ^ (seed * 0x9e3779b97f4a7c15U);
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  hash ^= hash >> 33;
  hash *= 0xff51afd7ed558ccdU;
  return hash ^ (hash >> 33);
}

// MinHash: the share of equal entries of two sketches estimates the Jaccard similarity of the titles.
std::vector<std::string> title_keys(std::string_view title) {
  const std::string normalised = normalised_title(title);
  const std::string numbers = numbers_of(normalised);
  const auto shingles = shingles_of(normalised);
  std::vector<std::string> keys;
  if (shingles.size() < kMinShingles) return keys;
  for (std::uint64_t row = 0; row < kTitleSketchSize; ++row) {
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    for (const std::string_view shingle : shingles) least = std::min(least, stable_hash(shingle, row + 1));
    keys.push_back(fmt::format("{}{:x}.{:016x}", kTitlePrefix, row, least ^ stable_hash(numbers, 0)));
  }
  return keys;
}

}  // namespace

bool is_title_key(std::string_view key) { return key.starts_with(kTitlePrefix); }

std::string document_key(const SourceItem& item) {
  const std::string id = lower_ascii(trimmed(item.external_id).substr(0, kMaxIdBytes));
  if (is_speaking_id(id)) return "id:" + id;
  return fmt::format("item:{}/{}", item.source, id);
}

std::vector<std::string> correlation_keys(const SourceItem& item) {
  std::set<std::string> keys;
  const std::vector<std::string>& cves = item.cves;
  if (cves.size() <= kMaxIdentifyingCves) {
    for (const auto& cve : cves) keys.insert("cve:" + cve);
  }
  // A catalogue entry whose id is the CVE is not a document of its own.
  if (!is_cve(item.external_id)) keys.insert(document_key(item));
  const auto mentions = mentioned_advisories(item.title + "\n" + item.summary.substr(0, kMaxMentionBytes));
  if (mentions.size() <= kMaxMentions) {
    for (const auto& mention : mentions) keys.insert("id:" + mention);
  }
  if (cves.empty()) {
    for (auto& key : title_keys(item.title)) keys.insert(std::move(key));
  }
  if (keys.empty()) keys.insert(document_key(item));
  return {keys.begin(), keys.end()};
}

std::string normalised_title(std::string_view title) {
  static constexpr std::array<std::string_view, 9> kRemarks{
      "(公開)", "(更新)", "(追記)", "(update a)", "(update b)", "(update c)", "(update d)", "(update)", "[更新]"};
  std::string text = folded(title.substr(0, kMaxTitleBytes));
  for (const std::string_view remark : kRemarks) {
    const std::size_t at = text.rfind(remark);
    if (at != std::string::npos) text.erase(at, remark.size());
  }
  std::string out;
  for (const char c : text) {
    const bool is_punctuation = static_cast<unsigned char>(c) < 0x80 && !is_digit(c) && !is_letter(c);
    if (!is_punctuation) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return std::string(trimmed(out));
}

double title_similarity(std::string_view a, std::string_view b) {
  const std::string left = normalised_title(a);
  const std::string right = normalised_title(b);
  if (numbers_of(left) != numbers_of(right)) return 0;
  const auto left_shingles = shingles_of(left);
  const auto right_shingles = shingles_of(right);
  if (left_shingles.empty() || right_shingles.empty()) return left == right ? 1 : 0;
  std::size_t shared = 0;
  for (const std::string_view shingle : left_shingles) shared += right_shingles.contains(shingle) ? 1 : 0;
  return static_cast<double>(shared) / static_cast<double>(left_shingles.size() + right_shingles.size() - shared);
}

}  // namespace hinomi
