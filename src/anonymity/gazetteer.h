// The names that are known beforehand: companies, places, plants, words of the trade; read from packs/gazetteers/*.tsv.
// Immutable after creation; safe on any thread. The pack format is described at the head of each pack.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "anonymity/span.h"
#include "base/result.h"

namespace hinomi::anonymity {

enum class EntryKind {
  Company,
  Affiliate,
  Body,
  Ambiguous,
  Area,
  Prefecture,
  City,
  Facility,
  Interconnection,
  License,
  Plant,
  Press,
  Surname,
  Suffix,
  Title,
  Generic,
};

struct Entry {
  EntryKind kind = EntryKind::Company;
  std::string name;
  std::vector<std::string> surfaces;  // the name and every other way to write it
  std::map<std::string, std::string, std::less<>> values;
  std::string source;  // where the row's fact comes from
  // The value, or empty when there is none.
  [[nodiscard]] std::string_view value(std::string_view key) const;
};

struct PackHeader {
  std::string name;
  std::string version;
  std::string verified_on;
};

class Gazetteer {
 public:
  // Several packs make one gazetteer. Invalid (anonymity.pack_broken, where "pack:line") on an unknown kind or value
  // key, a missing header, or a place whose parent is in no pack; TooLarge over 4 MiB or 50,000 rows.
  static Result<Gazetteer> create(std::span<const std::string_view> packs);

  [[nodiscard]] const std::vector<PackHeader>& packs() const { return packs_; }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

  // By key ("miyagi", "tohoku") or any written form; nullptr when there is none.
  [[nodiscard]] const Entry* prefecture(std::string_view text) const;
  [[nodiscard]] const Entry* area(std::string_view key) const;  // single areas only, by key or written form
  // 50 or 60; 0 when the areas (joined by '+') differ or are unknown.
  [[nodiscard]] int frequency_of_areas(std::string_view areas) const;

 private:
  Status read_pack(std::string_view text);
  Status read_row(std::string_view line, const std::string& where, std::string_view source);
  Status index_places();
  const Entry* place(EntryKind kind, std::string_view text) const;

  std::vector<PackHeader> packs_;
  std::vector<Entry> entries_;
  std::map<std::pair<EntryKind, std::string>, std::size_t> places_;
};

// The kind of span an entry makes. Entries that only help recognition (surname, suffix, title, generic) make none.
std::optional<SpanClass> span_class_of(EntryKind kind);

}  // namespace hinomi::anonymity
