#include "anonymity/gazetteer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "anonymity/normal_text.h"
#include "base/text.h"

namespace hinomi::anonymity {
namespace {

constexpr std::size_t kMaxPackBytes = std::size_t{4} << 20;
constexpr std::size_t kMaxRows = 50'000;

struct KindName {
  std::string_view text;
  EntryKind kind;
};
constexpr std::array<KindName, 16> kKinds{{{"company", EntryKind::Company},
                                           {"affiliate", EntryKind::Affiliate},
                                           {"body", EntryKind::Body},
                                           {"ambiguous", EntryKind::Ambiguous},
                                           {"area", EntryKind::Area},
                                           {"prefecture", EntryKind::Prefecture},
                                           {"city", EntryKind::City},
                                           {"facility", EntryKind::Facility},
                                           {"interconnection", EntryKind::Interconnection},
                                           {"license", EntryKind::License},
                                           {"plant", EntryKind::Plant},
                                           {"press", EntryKind::Press},
                                           {"surname", EntryKind::Surname},
                                           {"suffix", EntryKind::Suffix},
                                           {"title", EntryKind::Title},
                                           {"generic", EntryKind::Generic}}};

std::optional<EntryKind> parse_kind(std::string_view text) {
  const auto found = std::ranges::find(kKinds, text, &KindName::text);
  return found == kKinds.end() ? std::nullopt : std::optional(found->kind);
}

bool is_known_value(std::string_view key) {
  static constexpr std::array<std::string_view, 10> kKnown{"key",  "hz",      "area", "prefecture", "plant",
                                                           "type", "type_en", "bare", "common",     "code"};
  return std::ranges::find(kKnown, key) != kKnown.end();
}

Error broken(std::string detail, const std::string& where) {
  return invalid("anonymity.pack_broken", std::move(detail), where);
}

std::vector<std::string> parts(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (const auto part : split(text, separator)) {
    if (!trimmed(part).empty()) out.emplace_back(trimmed(part));
  }
  return out;
}

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// 仙台市 is also written 仙台; 津市 is not written 津, which is a word.
void add_bare_form(Entry& entry) {
  if (entry.kind != EntryKind::Prefecture && entry.kind != EntryKind::City) return;
  if (entry.value("bare") == "no" || entry.name == "北海道") return;
  for (const std::string_view suffix : {"都", "府", "県", "市", "町", "村"}) {
    if (!entry.name.ends_with(suffix)) continue;
    const std::string bare = entry.name.substr(0, entry.name.size() - suffix.size());
    if (character_count(bare) >= 2) entry.surfaces.push_back(bare);
    return;
  }
}

// "TEPCO PG" is also written TEPCOPG and TEPCO-PG; 龍ケ崎 also 龍が崎.
void add_spelling_variants(Entry& entry) {
  std::vector<std::string> more;
  for (const std::string& surface : entry.surfaces) {
    std::string joined, hyphenated;
    for (const char c : surface) {
      if (c != ' ') joined += c;
      hyphenated += c == ' ' ? '-' : c;
    }
    if (joined != surface) more.insert(more.end(), {joined, hyphenated});
    for (const std::string_view small : {"ヶ", "ケ"}) {
      const std::size_t at = surface.find(small);
      if (at == 0 || at == std::string::npos || !is_kanji(decode_before(surface, at).value)) continue;
      more.push_back(std::string(surface).replace(at, small.size(), "が"));
    }
  }
  entry.surfaces.insert(entry.surfaces.end(), more.begin(), more.end());
}

Status read_values(Entry& entry, std::string_view column, const std::string& where) {
  for (const std::string& pair : parts(column, ';')) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos) return broken("A value must look like key=value.", where);
    std::string key(trimmed(std::string_view(pair).substr(0, equals)));
    if (!is_known_value(key)) return broken(fmt::format("The value key \"{}\" is unknown.", key), where);
    entry.values[std::move(key)] = trimmed(std::string_view(pair).substr(equals + 1));
  }
  return {};
}

}  // namespace

std::optional<SpanClass> span_class_of(EntryKind kind) {
  switch (kind) {
    case EntryKind::Company: return SpanClass::Company;
    case EntryKind::Affiliate: return SpanClass::Affiliate;
    case EntryKind::Body: return SpanClass::Body;
    case EntryKind::Ambiguous: return SpanClass::Ambiguous;
    case EntryKind::Area: return SpanClass::Area;
    case EntryKind::Prefecture: return SpanClass::Prefecture;
    case EntryKind::City: return SpanClass::City;
    case EntryKind::Facility: return SpanClass::Facility;
    case EntryKind::Interconnection: return SpanClass::Interconnection;
    case EntryKind::License: return SpanClass::License;
    case EntryKind::Plant: return SpanClass::Plant;
    case EntryKind::Press: return SpanClass::Press;
    case EntryKind::Surname:
    case EntryKind::Suffix:
    case EntryKind::Title:
    case EntryKind::Generic: break;
  }
  return std::nullopt;
}

std::string_view Entry::value(std::string_view key) const {
  const auto found = values.find(key);
  return found == values.end() ? std::string_view() : std::string_view(found->second);
}

Result<Gazetteer> Gazetteer::create(std::span<const std::string_view> packs) {
  Gazetteer gazetteer;
  for (const std::string_view pack : packs) TRY_OK(gazetteer.read_pack(pack));
  TRY_OK(gazetteer.index_places());
  return gazetteer;
}

Status Gazetteer::read_pack(std::string_view text) {
  if (text.size() > kMaxPackBytes) return too_large("anonymity.pack_too_large", "A gazetteer pack is at most 4 MiB.");
  if (!is_utf8(text)) return broken("The pack is not UTF-8 text.", "pack");
  PackHeader header;
  std::string source;
  std::size_t line_number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++line_number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (trimmed(line).empty() || line.starts_with('#')) continue;
    const std::string where = fmt::format("{}:{}", header.name.empty() ? "pack" : header.name, line_number);
    const std::size_t tab = line.find('\t');
    const std::string_view first = line.substr(0, tab);
    const std::string rest(tab == std::string_view::npos ? "" : trimmed(line.substr(tab + 1)));
    if (first == "pack") {
      header.name = rest;
    } else if (first == "version") {
      header.version = rest;
    } else if (first == "verified") {
      header.verified_on = rest;
    } else if (first == "source") {
      source = rest;
    } else {
      TRY_OK(read_row(line, where, source));
    }
  }
  if (header.name.empty() || header.version.empty() || header.verified_on.empty()) {
    return broken("A pack opens with pack, version and verified lines.", header.name.empty() ? "pack" : header.name);
  }
  packs_.push_back(std::move(header));
  return {};
}

Status Gazetteer::read_row(std::string_view line, const std::string& where, std::string_view source) {
  const auto columns = split(line, '\t');
  if (columns.size() < 2 || columns.size() > 4 || trimmed(columns[1]).empty()) {
    return broken("A row is: kind, name, other forms, values; separated by tabs.", where);
  }
  const auto kind = parse_kind(columns[0]);
  if (!kind) return broken(fmt::format("The kind \"{}\" is unknown.", columns[0]), where);
  if (source.empty()) return broken("A source line must come before the first row.", where);
  if (entries_.size() >= kMaxRows)
    return too_large("anonymity.pack_too_large", "The packs have over 50,000 rows.", where);
  Entry entry{*kind, std::string(trimmed(columns[1])), {}, {}, std::string(source)};
  entry.surfaces.push_back(entry.name);
  if (columns.size() > 2) {
    for (std::string& form : parts(columns[2], '|')) entry.surfaces.push_back(std::move(form));
  }
  if (columns.size() > 3) TRY_OK(read_values(entry, columns[3], where));
  add_bare_form(entry);
  add_spelling_variants(entry);
  entries_.push_back(std::move(entry));
  return {};
}

Status Gazetteer::index_places() {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    const bool single_area = entry.kind == EntryKind::Area && entry.value("key").find('+') == std::string_view::npos;
    if (entry.kind != EntryKind::Prefecture && !single_area) continue;
    places_.emplace(std::pair(entry.kind, entry.value("key")), i);
    for (const std::string& surface : entry.surfaces) places_.emplace(std::pair(entry.kind, lookup_form(surface)), i);
  }
  for (const Entry& entry : entries_) {
    if (entry.kind == EntryKind::Prefecture && area(entry.value("area")) == nullptr) {
      return broken("The prefecture's area is in no pack.", entry.name);
    }
    if (entry.kind == EntryKind::City && prefecture(entry.value("prefecture")) == nullptr) {
      return broken("The city's prefecture is in no pack.", entry.name);
    }
  }
  return {};
}

const Entry* Gazetteer::place(EntryKind kind, std::string_view text) const {
  auto found = places_.find({kind, std::string(text)});
  if (found == places_.end()) found = places_.find({kind, lookup_form(text)});
  return found == places_.end() ? nullptr : &entries_[found->second];
}

const Entry* Gazetteer::prefecture(std::string_view text) const { return place(EntryKind::Prefecture, text); }
const Entry* Gazetteer::area(std::string_view text) const { return place(EntryKind::Area, text); }

int Gazetteer::frequency_of_areas(std::string_view areas) const {
  std::set<std::string_view> found;
  for (const std::string_view key : split(areas, '+')) {
    const Entry* entry = area(key);
    found.insert(entry == nullptr ? std::string_view("?") : entry->value("hz"));
  }
  if (found.size() != 1) return 0;
  return *found.begin() == "50" ? 50 : *found.begin() == "60" ? 60 : 0;
}

}  // namespace hinomi::anonymity
