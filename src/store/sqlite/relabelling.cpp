#include "store/sqlite/relabelling.h"

#include <algorithm>

#include "store/sqlite/labels.h"
#include "store/sqlite/objects.h"
#include "store/sqlite/read_batches.h"
#include "store/sqlite/release_rows.h"

namespace hinomi::store::sqlite {
namespace {

constexpr std::string_view kKind = "release";

constexpr Statement kVersionsUnder{
    "release_versions_under_label",
    "SELECT sequence, superseded FROM release_version WHERE label_id = ?1 AND release_id = ?2 ORDER BY version"};
constexpr Statement kDropVersion{"drop_release_version", "DELETE FROM release_version WHERE sequence = ?1"};
constexpr Statement kAnyVersionUnder{"any_release_version_under_label",
                                     "SELECT 1 FROM release_version WHERE label_id = ?1 AND release_id = ?2 LIMIT 1"};
constexpr Statement kDropStanding{"drop_standing",
                                  "DELETE FROM standing WHERE kind = ?1 AND subject = ?2 AND label_id = ?3"};
constexpr Statement kMoveLedgerEntries{
    "move_ledger_entries",
    "UPDATE ledger_entry SET label_id = ?2 WHERE label_id = ?1 AND subject = ?3 AND kind >= 'release.' "
    "AND kind < 'release/'"};
constexpr Statement kDropEvents{"drop_events_of_subject", "DELETE FROM event WHERE label_id = ?1 AND subject = ?2"};
constexpr Statement kIndicatorsUnder{
    "indicators_under_label",
    "SELECT sequence FROM indicator WHERE label_id = ?1 AND release_id = ?2 ORDER BY sequence"};
constexpr Statement kMoveIndicator{"move_indicator",
                                   "UPDATE indicator SET label_id = ?2, sequence = ?3, tlp = ?4 WHERE sequence = ?1"};
constexpr Statement kObjectsUnder{
    "release_objects_under_label",
    "SELECT b.sequence, b.collection_id, b.stix_id, b.type, b.spec_version, b.version, b.raw FROM release_object o "
    "JOIN object b ON b.sequence = o.object_sequence WHERE o.label_id = ?1 AND o.release_id = ?2 ORDER BY b.sequence"};
constexpr Statement kDropReleaseObjects{"drop_release_objects",
                                        "DELETE FROM release_object WHERE label_id = ?1 AND release_id = ?2"};
constexpr Statement kAddReleaseObject{
    "add_moved_release_object",
    "INSERT INTO release_object (label_id, release_id, object_sequence) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"};
constexpr Statement kIsShared{"object_is_shared",
                              "SELECT 1 FROM release_object WHERE label_id = ?1 AND object_sequence = ?2 LIMIT 1"};
constexpr Statement kKeepObjectMarks{
    "keep_object_marks",
    "INSERT INTO read_mark (kind, subject, version, object_label_id, first_object, last_object, person_id, hour, "
    "org_id, first_at) SELECT 'release', o.release_id, 0, 0, 0, 0, m.person_id, m.hour, m.org_id, min(m.first_at) "
    "FROM release_object o JOIN object b ON b.sequence = o.object_sequence "
    "JOIN read_mark m ON m.kind = 'objects' AND m.subject = b.collection_id AND b.label_id = m.object_label_id "
    "AND o.object_sequence BETWEEN m.first_object AND m.last_object WHERE o.label_id = ?1 AND o.release_id = ?2 "
    "GROUP BY o.release_id, m.person_id, m.hour, m.org_id ON CONFLICT DO NOTHING"};
constexpr Statement kOrgsGiven{"organisations_given",
                               "SELECT org_id FROM read_mark WHERE kind = 'release' AND subject = ?1 UNION "
                               "SELECT org_id FROM receipt WHERE release_id = ?1"};

struct MovedObject {
  ObjectPlace place;
  StixObject object;
};

// The newest version moved; what it was signed with is kept where that is not the label it comes to stand under.
Result<Release> move_versions(Change& change, const ReleaseMove& move, const Label& to) {
  Database& database = change.database();
  std::vector<std::pair<Sequence, bool>> rows;
  {
    TRY(auto query, database.query(kVersionsUnder, move.from, move.release));
    for (;;) {
      TRY(const bool row, query.next());
      if (!row) break;
      rows.emplace_back(query.integer(0), query.flag(1));
    }
  }
  if (rows.empty()) return not_found();
  Release newest;
  for (const auto& [sequence, superseded] : rows) {
    TRY(Release version, load_release_version(database, sequence));
    const Label signed_with = published_label(version);
    version.label = to;
    version.signed_label = signed_with == to ? std::nullopt : std::optional(signed_with);
    TRY_OK(database.run(kDropVersion, sequence));
    TRY_OK(add_release_row(change, {version, move.to, superseded}));
    newest = std::move(version);
  }
  TRY_OK(note_standing(change, kKind, move.release.uuid(), move.to));
  TRY_OK(database.run(kDropStanding, kKind, move.release, move.from));
  return newest;
}

Result<std::vector<MovedObject>> objects_under(Database& database, const ReleaseMove& move) {
  std::vector<MovedObject> objects;
  TRY(auto query, database.query(kObjectsUnder, move.from, move.release));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return objects;
    const StixObject object{query.text(2), query.text(3), query.text(4), query.text(5), query.text(6)};
    objects.push_back({{query.integer(0), query.id<CollectionId>(1), move.from, object.id}, object});
  }
}

Status move_objects(Change& change, const ReleaseMove& move, Instant at) {
  Database& database = change.database();
  TRY_OK(keep_object_marks(database, move.release, move.from));
  TRY(const auto objects, objects_under(database, move));
  TRY_OK(database.run(kDropReleaseObjects, move.from, move.release));
  for (const MovedObject& moved : objects) {
    const ObjectBatch batch{moved.place.collection, std::span(&moved.object, 1), move.to};
    TRY(const auto appended, append_objects(change, batch, at));
    if (appended.front().outcome == AddOutcome::Conflict)
      return conflict("release.object_exists", "The collection holds another object with the same id and version.");
    TRY_OK(database.run(kAddReleaseObject, move.to, move.release, appended.front().sequence));
    TRY(const auto shared, database.number(kIsShared, move.from, moved.place.sequence));
    if (!shared) TRY_OK(remove_object(database, moved.place));
  }
  return {};
}

Status move_indicators(Change& change, const ReleaseMove& move, Tlp tlp) {
  Database& database = change.database();
  std::vector<Sequence> sequences;
  {
    TRY(auto query, database.query(kIndicatorsUnder, move.from, move.release));
    for (;;) {
      TRY(const bool row, query.next());
      if (!row) break;
      sequences.push_back(query.integer(0));
    }
  }
  for (const Sequence sequence : sequences) {
    TRY_OK(database.run(kMoveIndicator, sequence, move.to, change.next_sequence(), tlp_text(tlp)));
  }
  return {};
}

}  // namespace

Status keep_object_marks(Database& database, const ReleaseId& release, LabelId label) {
  TRY_OK(place_reads(database, kEveryRow));
  return database.run(kKeepObjectMarks, label, release);
}

Result<std::set<OrgId>> organisations_given(Database& database, const ReleaseId& release) {
  TRY_OK(place_reads(database, kEveryRow));
  std::set<OrgId> orgs;
  TRY(auto query, database.query(kOrgsGiven, release));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return orgs;
    orgs.insert(query.id<OrgId>(0));
  }
}

Result<std::vector<LabelId>> labels_of_release(Database& database, const ReleaseId& release) {
  TRY(auto labels, standing_of(database, kKind, release.uuid()));
  std::vector<LabelId> with_versions;
  for (const LabelId label : labels) {
    TRY(const auto any, database.number(kAnyVersionUnder, label, release));
    if (any) with_versions.push_back(label);
  }
  return with_versions;
}

Result<Sequence> move_release(Change& change, const ReleaseMove& move, Instant at) {
  Database& database = change.database();
  TRY(const Label to, load_label(database, move.to));
  TRY(const Release newest, move_versions(change, move, to));
  TRY_OK(move_objects(change, move, at));
  TRY_OK(move_indicators(change, move, to.tlp));
  TRY_OK(database.run(kMoveLedgerEntries, move.from, move.to, move.release.text()));
  TRY_OK(database.run(kDropEvents, move.from, move.release.text()));
  TRY_OK(change.append_event(move.to, event_kind_of(newest.state), move.release.text(), at));
  return change.last_event();
}

}  // namespace hinomi::store::sqlite
