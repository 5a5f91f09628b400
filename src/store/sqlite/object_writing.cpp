#include "store/sqlite/engine.h"
#include "store/sqlite/labels.h"
#include "store/sqlite/object_reading.h"
#include "store/sqlite/object_versions.h"
#include "store/sqlite/objects.h"

namespace hinomi::store::sqlite {
namespace {

constexpr std::string_view kCollectionKind = "collection";

constexpr Statement kHasCollection{"has_collection", "SELECT 1 FROM collection WHERE id = ?1"};
constexpr Statement kAliasOwner{"alias_owner", "SELECT id FROM collection WHERE alias = ?1"};
constexpr Statement kPutCollection{
    "put_collection",
    "INSERT INTO collection (id, alias, title, description, readers, writers) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
    "ON CONFLICT (id) DO UPDATE SET alias = excluded.alias, title = excluded.title, "
    "description = excluded.description, readers = excluded.readers, writers = excluded.writers"};
constexpr Statement kSameObject{
    "same_object",
    "SELECT raw, sequence FROM object WHERE label_id = ?1 AND collection_id = ?2 AND stix_id = ?3 AND version_key = ?4 "
    "AND spec_version = ?5"};
constexpr Statement kNewestObject{"newest_object",
                                  "SELECT sequence, version_key, spec_version FROM object "
                                  "WHERE label_id = ?1 AND collection_id = ?2 AND stix_id = ?3 "
                                  "ORDER BY version_key DESC, spec_version DESC LIMIT 1"};
constexpr Statement kSetSuperseded{"set_object_superseded", "UPDATE object SET superseded = ?2 WHERE sequence = ?1"};
constexpr Statement kAddObject{
    "add_object",
    "INSERT INTO object (sequence, label_id, collection_id, added, superseded, type, stix_id, spec_version, "
    "version_key, version, raw) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"};
constexpr Statement kDeleteObject{"delete_object", "DELETE FROM object WHERE sequence = ?1"};
constexpr Statement kAddCollectionLabel{
    "add_collection_label",
    "INSERT INTO collection_label (label_id, collection_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING"};
constexpr Statement kPutStatus{"put_taxii_status",
                               "INSERT INTO taxii_status (owner_id, id, json, at) VALUES (?1, ?2, ?3, ?4) "
                               "ON CONFLICT (owner_id, id) DO UPDATE SET json = excluded.json"};

// One object's place among the versions under its own label.
class ObjectAppend {
 public:
  ObjectAppend(Change& change, const ObjectBatch& batch, Instant at) : change_(change), batch_(batch), at_(at) {}

  Status prepare() {
    TRY(const auto known, database().number(kHasCollection, batch_.collection));
    if (!known) return not_found();
    TRY_OK(database().run(kAddCollectionLabel, batch_.label, batch_.collection));
    TRY_OK(add_standing(database(), kCollectionKind, batch_.collection.uuid(), batch_.label));
    TRY(const auto labels, standing_of(database(), kCollectionKind, batch_.collection.uuid()));
    for (const LabelId other : labels) {
      if (other != batch_.label && !change_.is_known_overlap(kObjectKind, batch_.label, other))
        others_.push_back(other);
    }
    return {};
  }

  Result<Appended> add(const StixObject& object) {
    TRY(const std::string key, version_key(object.version));
    TRY(auto same, database().query(kSameObject, batch_.label, batch_.collection, object.id, key, object.spec_version));
    TRY(const bool stored, same.next());
    if (stored) {
      const bool identical = same.text(0) == object.raw;
      return Appended{identical ? AddOutcome::Duplicate : AddOutcome::Conflict, same.integer(1)};
    }
    TRY_OK(note_overlaps(object));
    TRY(const bool superseded, settle_newest(object, key));
    const Sequence sequence = change_.next_sequence();
    TRY_OK(database().run(kAddObject, sequence, batch_.label, batch_.collection, change_.next_added(at_), superseded,
                          object.type, object.id, object.spec_version, key, object.version, as_bytes(object.raw)));
    change_.stands(batch_.label, {batch_.collection.uuid(), object.id});
    return Appended{AddOutcome::Added, sequence};
  }

 private:
  Database& database() { return change_.database(); }

  // True when a newer version is there already; otherwise that one steps back.
  Result<bool> settle_newest(const StixObject& object, const std::string& key) {
    TRY(auto newest, database().query(kNewestObject, batch_.label, batch_.collection, object.id));
    TRY(const bool present, newest.next());
    if (!present) return false;
    if (std::pair(newest.text(1), newest.text(2)) > std::pair(key, object.spec_version)) return true;
    TRY_OK(database().run(kSetSuperseded, newest.integer(0), true));
    return false;
  }

  Status note_overlaps(const StixObject& object) {
    std::vector<LabelId> rest;
    for (const LabelId other : others_) {
      TRY(const auto there, database().number(kNewestObject, other, batch_.collection, object.id));
      if (there) TRY_OK(change_.note_overlap(kObjectKind, batch_.label, other));
      if (!there) rest.push_back(other);
    }
    others_ = std::move(rest);
    return {};
  }

  Change& change_;
  const ObjectBatch& batch_;
  Instant at_;
  std::vector<LabelId> others_;  // labels of the collection not known to overlap with this one
};

struct Deletion {
  Database& database;
  const Reach& reach;
  CollectionId collection;
};

// The version may stand under several readable labels while readers are shown one of them. All of them go: a copy left
// behind would come up in its place, and tell other readers whether there had been one that they could not see.
Status delete_everywhere(const Deletion& deletion, const LabelledObject& object, std::set<LabelId>& touched) {
  std::vector<std::pair<Sequence, LabelId>> copies;
  const auto note = [&](const Query& query, LabelId label) -> Status {
    copies.emplace_back(query.integer(1), label);
    return {};
  };
  const ObjectRow& row = object.row;
  TRY_OK(for_each_readable(deletion.database, deletion.reach, kSameObject, note, deletion.collection, row.id,
                           row.version_key, row.spec_version));
  for (const auto& [sequence, label] : copies) {
    TRY_OK(remove_object(deletion.database, {sequence, deletion.collection, label, row.id}));
    touched.insert(label);
  }
  return {};
}

}  // namespace

Result<std::vector<Appended>> append_objects(Change& change, const ObjectBatch& batch, Instant at) {
  ObjectAppend append(change, batch, at);
  TRY_OK(append.prepare());
  std::vector<Appended> appended;
  for (const StixObject& object : batch.objects) {
    const auto added = append.add(object);
    if (!added.ok()) return added.error().inside("/objects/" + std::to_string(appended.size()));
    appended.push_back(*added);
  }
  return appended;
}

Status remove_object(Database& database, const ObjectPlace& place) {
  TRY_OK(database.run(kDeleteObject, place.sequence));
  TRY(const auto newest, database.number(kNewestObject, place.label, place.collection, place.id));
  if (!newest) return {};
  return database.run(kSetSuperseded, *newest, false);
}

Status Engine::put_collection(const Permit<action::Administer>&, const Collection& collection) {
  return writer_->run([&](Change& change) -> Status {
    TRY(auto owner, change.database().query(kAliasOwner, collection.alias));
    TRY(const bool taken, owner.next());
    if (taken && owner.id<CollectionId>(0) != collection.id) {
      return conflict("collection.alias_taken", "Another collection has this alias. Choose another.");
    }
    change.collections_changed();
    return change.database().run(kPutCollection, collection.id, collection.alias, collection.title,
                                 collection.description, canonical_text(collection.readers),
                                 canonical_text(collection.writers));
  });
}

Result<std::vector<AddOutcome>> Engine::add_objects(const Permit<action::WriteCollection>& permit,
                                                    std::span<const StixObject> objects, const Label& label,
                                                    const Alongside& with) {
  const CollectionId collection = permit.subject().collection;
  return writer_->run_for<std::vector<AddOutcome>>([&](Change& change) -> Result<std::vector<AddOutcome>> {
    TRY(const LabelId label_id, change.intern(label));
    TRY_OK(change.record(with, label_id, collection.text()));
    TRY(const auto appended, append_objects(change, {collection, objects, label_id}, with.at));
    std::vector<AddOutcome> outcomes;
    for (const Appended& object : appended) outcomes.push_back(object.outcome);
    if (std::ranges::find(outcomes, AddOutcome::Added) != outcomes.end()) {
      TRY_OK(change.append_event(label_id, EventKind::ObjectsAdded, collection.text(), with.at));
    }
    return outcomes;
  });
}

Status Engine::delete_objects(const Permit<action::WriteCollection>& permit, const Reach& reach,
                              const ObjectFilter& filter, const Alongside& with) {
  const CollectionId collection = permit.subject().collection;
  return writer_->run([&](Change& change) -> Status {
    Database& database = change.database();
    TRY_OK(change.claim_key(with, collection.text()));
    const auto overlaps = snapshots_.overlaps.get();
    TRY(const auto found, all_matching({database, reach, snapshots_.whereabouts, *overlaps, collection}, filter));
    if (found.empty()) return not_found();
    TRY_OK(change.record_beside(with, found.front().label));
    std::set<LabelId> touched;
    for (const LabelledObject& object : found)
      TRY_OK(delete_everywhere({database, reach, collection}, object, touched));
    for (const LabelId label : touched) {
      TRY_OK(change.append_event(label, EventKind::ObjectsAdded, collection.text(), with.at));
    }
    return {};
  });
}

Status Engine::put_status(const PersonId& owner, const StatusId& id, std::string_view json, Instant at) {
  return writer_->run([&](Change& change) { return change.database().run(kPutStatus, owner, id, json, at); });
}

}  // namespace hinomi::store::sqlite
