// Labels read back from their numbers, where a thing stands, and the newest version a reader may see.
#pragma once

#include <string_view>
#include <vector>

#include "store/sqlite/change.h"
#include "store/sqlite/reading.h"

namespace hinomi::store::sqlite {

Result<Label> load_label(Database& database, LabelId id);
// All of them, ascending by number.
Result<std::vector<LabelEntry>> load_labels(Database& database);

// Notes that the thing has a version under `label`, and the overlap with every other label it stands under;
// add_standing notes the first alone.
Status note_standing(Change& change, std::string_view kind, const Uuid& subject, LabelId label);
Status add_standing(Database& database, std::string_view kind, const Uuid& subject, LabelId label);
// The labels under which the thing has versions, for writers, who have no reach.
Result<std::vector<LabelId>> standing_of(Database& database, std::string_view kind, const Uuid& subject);

// `statement`: (label, key) → sequence, version; the newest first. NotFound when none of these readable labels has any.
template <class Key>
Result<Sequence> newest_readable(Database& database, std::span<const LabelId> labels, const Statement& statement,
                                 const Key& key) {
  Sequence newest = 0;
  std::int64_t newest_version = 0;
  const auto compare = [&](const Query& row, LabelId) -> Status {
    if (row.integer(1) <= newest_version) return {};
    newest = row.integer(0);
    newest_version = row.integer(1);
    return {};
  };
  TRY_OK(for_each_readable(database, labels, statement, compare, key));
  if (newest_version == 0) return not_found();
  return newest;
}

// `statement`: (label, id) → sequence, version. The sequences of all readable versions, oldest version first; NotFound
// when there is none.
template <class Key>
Result<std::vector<Sequence>> readable_versions(Database& database, std::span<const LabelId> labels,
                                                const Statement& statement, const Key& key) {
  std::vector<std::pair<std::int64_t, Sequence>> found;
  const auto note = [&](const Query& row, LabelId) -> Status {
    found.emplace_back(row.integer(1), row.integer(0));
    return {};
  };
  TRY_OK(for_each_readable(database, labels, statement, note, key));
  if (found.empty()) return not_found();
  std::ranges::sort(found);
  std::vector<Sequence> sequences;
  for (const auto& [version, sequence] : found) sequences.push_back(sequence);
  return sequences;
}

}  // namespace hinomi::store::sqlite
