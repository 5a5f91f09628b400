#include "store/sqlite/object_versions.h"

#include <algorithm>

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kSameVersion{"object_same_version",
                                 "SELECT spec_version, sequence FROM object "
                                 "WHERE label_id = ?1 AND collection_id = ?2 AND stix_id = ?3 AND version_key = ?4"};
constexpr Statement kNewestVersion{"object_newest_version",
                                   "SELECT version_key, spec_version, sequence FROM object "
                                   "WHERE label_id = ?1 AND collection_id = ?2 AND stix_id = ?3 "
                                   "ORDER BY version_key DESC, spec_version DESC LIMIT 1"};
constexpr Statement kNewerVersions{
    "object_newer_versions",
    "SELECT spec_version FROM object "
    "WHERE label_id = ?1 AND collection_id = ?2 AND stix_id = ?3 AND version_key > ?4 ORDER BY version_key DESC"};
constexpr Statement kOlderVersions{
    "object_older_versions",
    "SELECT spec_version FROM object "
    "WHERE label_id = ?1 AND collection_id = ?2 AND stix_id = ?3 AND version_key < ?4 ORDER BY version_key"};

// The digits below a microsecond, which Instant does not hold.
std::string_view below_microseconds(std::string_view version) {
  const auto dot = version.find('.');
  if (dot == std::string_view::npos) return {};
  std::string_view digits = version.substr(dot + 1);
  digits = digits.substr(0, digits.find_first_not_of("0123456789"));
  return digits.size() > 6 ? digits.substr(6) : std::string_view();
}

}  // namespace

Result<std::string> version_key(std::string_view version) {
  if (version.empty()) return std::string();
  const auto instant = parse_rfc3339(version);
  if (!instant.ok()) return invalid("object.version", "The version of an object is an RFC 3339 instant.");
  std::string key = to_rfc3339(*instant);
  key.pop_back();  // Z
  key += below_microseconds(version);
  key.append(29 - key.size(), '0');
  return key;
}

bool asks_for_newest_only(const ObjectFilter& filter) {
  const auto is_last = [](VersionKeyword keyword) { return keyword == VersionKeyword::Last; };
  return filter.spec_versions.empty() && filter.exact_versions.empty() &&
         std::ranges::all_of(filter.version_keywords, is_last);
}

Result<bool> VersionSelection::selects(LabelId label, const ObjectRow& row) {
  if (!filter_.types.empty() && std::ranges::find(filter_.types, row.type) == filter_.types.end()) return false;
  if (newest_only_) return is_newest_of_all(label, row);
  if (!allows_spec(row.spec_version)) return false;
  TRY(const bool stands, stands_for_its_version(label, row));
  if (!stands) return false;
  if (wants(VersionKeyword::All) || wants_exactly(row)) return true;
  if (wants(VersionKeyword::Last)) {
    TRY(const bool superseded, has_version_beyond(label, row, Side::Newer));
    if (!superseded) return true;
  }
  if (!wants(VersionKeyword::First)) return false;
  TRY(const bool preceded, has_version_beyond(label, row, Side::Older));
  return !preceded;
}

// The row is the newest under its own label; it yields to a newer one, or an equal one that came first, under another.
Result<bool> VersionSelection::is_newest_of_all(LabelId label, const ObjectRow& row) {
  for (const LabelId beside : labels_of_versions(label, row)) {
    if (beside == label) continue;
    TRY(auto query, scope_.database.query(kNewestVersion, beside, scope_.collection, row.id));
    TRY(const bool found, query.next());
    if (!found) continue;
    const auto theirs = std::tuple(query.text(0), query.text(1), -query.integer(2));
    if (theirs > std::tuple(row.version_key, row.spec_version, -row.sequence)) return false;
  }
  return true;
}

bool VersionSelection::allows_spec(std::string_view spec_version) const {
  const auto& asked = filter_.spec_versions;
  return asked.empty() || std::ranges::find(asked, spec_version) != asked.end();
}

bool VersionSelection::wants(VersionKeyword keyword) const {
  const auto& asked = filter_.version_keywords;
  if (asked.empty() && filter_.exact_versions.empty()) return keyword == VersionKeyword::Last;
  return std::ranges::find(asked, keyword) != asked.end();
}

bool VersionSelection::wants_exactly(const ObjectRow& row) const {
  return std::ranges::any_of(filter_.exact_versions, [&](Instant instant) {
    std::string text = to_rfc3339(instant);
    text.pop_back();
    return row.version_key.starts_with(text);
  });
}

const std::vector<LabelId>& VersionSelection::labels_beside(LabelId label) {
  const auto [place, is_new] = beside_.try_emplace(label);
  if (is_new) {
    place->second = overlapping(scope_.overlaps, scope_.reach, kObjectKind, label);
    place->second.push_back(label);
  }
  return place->second;
}

std::vector<LabelId> VersionSelection::labels_of_versions(LabelId label, const ObjectRow& row) {
  return scope_.whereabouts.among(labels_beside(label), {scope_.collection.uuid(), row.id});
}

// Of several readable rows with one version, one is shown: the newest specification where none was asked for, and of
// equal ones the first that arrived.
Result<bool> VersionSelection::stands_for_its_version(LabelId label, const ObjectRow& row) {
  for (const LabelId beside : labels_of_versions(label, row)) {
    TRY(auto query, scope_.database.query(kSameVersion, beside, scope_.collection, row.id, row.version_key));
    for (;;) {
      TRY(const bool found, query.next());
      if (!found) break;
      const std::string spec_version = query.text(0);
      if (filter_.spec_versions.empty() && spec_version > row.spec_version) return false;
      if (spec_version == row.spec_version && query.integer(1) < row.sequence) return false;
    }
  }
  return true;
}

Result<bool> VersionSelection::has_version_beyond(LabelId label, const ObjectRow& row, Side side) {
  const Statement& statement = side == Side::Newer ? kNewerVersions : kOlderVersions;
  for (const LabelId beside : labels_of_versions(label, row)) {
    TRY(auto query, scope_.database.query(statement, beside, scope_.collection, row.id, row.version_key));
    for (;;) {
      TRY(const bool found, query.next());
      if (!found) break;
      if (allows_spec(query.text(0))) return true;
    }
  }
  return false;
}

}  // namespace hinomi::store::sqlite
