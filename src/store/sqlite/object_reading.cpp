#include "store/sqlite/object_reading.h"

#include <map>
#include <span>

#include "store/sqlite/engine.h"
#include "store/sqlite/labels.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kCollections{
    "collections", "SELECT id, alias, title, description, readers, writers FROM collection ORDER BY position"};
constexpr Statement kHasLabel{"collection_has_label",
                              "SELECT 1 FROM collection_label WHERE label_id = ?1 AND collection_id = ?2"};
constexpr Statement kAddedAt{"added_at",
                             "SELECT added FROM object WHERE sequence <= ?1 ORDER BY sequence DESC LIMIT 1"};
constexpr Statement kNewestAdded{
    "newest_objects_added",
    "SELECT added, sequence, type FROM object WHERE label_id = ?1 AND collection_id = ?2 AND added > ?3 "
    "AND superseded = 0 ORDER BY added LIMIT ?4"};
constexpr Statement kAllAdded{
    "all_objects_added",
    "SELECT added, sequence, type FROM object WHERE label_id = ?1 AND collection_id = ?2 AND added > ?3 "
    "ORDER BY added LIMIT ?4"};
constexpr Statement kObjectKey{
    "object_key", "SELECT added, sequence, stix_id, type, spec_version, version_key FROM object WHERE sequence = ?1"};
constexpr Statement kVersionsOfObject{"versions_of_object",
                                      "SELECT added, sequence, stix_id, type, spec_version, version_key FROM object "
                                      "WHERE label_id = ?1 AND collection_id = ?2 AND stix_id = ?3"};
constexpr Statement kNewestOfObject{"newest_version_of_object",
                                    "SELECT added, sequence, stix_id, type, spec_version, version_key FROM object "
                                    "WHERE label_id = ?1 AND collection_id = ?2 AND stix_id = ?3 "
                                    "ORDER BY version_key DESC, spec_version DESC LIMIT 1"};
constexpr Statement kObject{
    "object", "SELECT sequence, added, stix_id, type, spec_version, version, raw FROM object WHERE sequence = ?1"};
constexpr Statement kStatus{"taxii_status", "SELECT json FROM taxii_status WHERE owner_id = ?1 AND id = ?2"};

ObjectRow key_of(const Query& row) {
  return {row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5)};
}

// What is known of a row from the index alone.
struct AddedRow {
  std::int64_t key = 0;
  Sequence sequence = 0;
  std::string type;
};

struct Bounds {
  Place after;       // exclusive, in microseconds
  Sequence end = 0;  // inclusive
  std::size_t wanted = 0;
};

// Walks the readable rows of one collection in the order they were added, or gained by the reader.
class Matching {
 public:
  Matching(const VersionSelection::Scope& scope, const ObjectFilter& filter, const Gains& gains)
      : scope_(scope), filter_(filter), gains_(gains), selection_(scope, filter) {}

  Result<std::vector<LabelledObject>> find(const Bounds& bounds) {
    return filter_.ids.empty() ? walk(bounds) : by_ids(bounds);
  }

 private:
  Result<std::vector<LabelledObject>> walk(const Bounds& bounds) {
    TRY(const auto labels, labels_with_rows(scope_.database, scope_.reach.labels(), kHasLabel, scope_.collection));
    const Statement& statement = asks_for_newest_only(filter_) ? kNewestAdded : kAllAdded;
    const auto fetch = [&](LabelId label, std::int64_t from, std::size_t count) {
      return added_rows(statement, label, from, count);
    };
    const auto lanes = lanes_of({labels, gains_, &Gain::added, bounds.after, bounds.end});
    LabelMerge<AddedRow> merge(lanes, Order::Ascending, bounds.wanted, fetch);
    std::vector<LabelledObject> found;
    while (found.size() < bounds.wanted) {
      TRY(auto next, merge.next());
      if (!next || position(next->label, next->row.sequence).at > bounds.end) break;
      if (!has_wanted_type(next->row.type)) continue;
      TRY(auto row, load_key(next->row.sequence));
      TRY(const bool selected, selection_.selects(next->label, row));
      if (selected) found.push_back(labelled(next->label, std::move(row)));
    }
    return found;
  }

  // Few objects are named, so their versions are looked up and put in order here.
  Result<std::vector<LabelledObject>> by_ids(const Bounds& bounds) {
    const Statement& statement = asks_for_newest_only(filter_) ? kNewestOfObject : kVersionsOfObject;
    std::vector<LabelledObject> found;
    const auto consider = [&](const Query& query, LabelId label) -> Status {
      ObjectRow row = key_of(query);
      LabelledObject object = labelled(label, std::move(row));
      if (object.place <= bounds.after || object.position.at > bounds.end) return {};
      TRY(const bool selected, selection_.selects(label, object.row));
      if (selected) found.push_back(std::move(object));
      return {};
    };
    const std::set<std::string> ids(filter_.ids.begin(), filter_.ids.end());
    for (const std::string& id : ids) {
      const auto labels = scope_.whereabouts.among(scope_.reach.labels(), {scope_.collection.uuid(), id});
      TRY_OK(for_each_readable(scope_.database, labels, statement, consider, scope_.collection, id));
    }
    std::ranges::sort(found, {}, &LabelledObject::place);
    if (found.size() > bounds.wanted) found.resize(bounds.wanted);
    return found;
  }

  [[nodiscard]] const Gain* gain_of(LabelId label) const {
    const auto found = gains_.find(label);
    return found == gains_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] Position position(LabelId label, Sequence sequence) const {
    const Place place = standing_place(gain_of(label), &Gain::at, sequence);
    return {place.at, place.row};
  }
  [[nodiscard]] LabelledObject labelled(LabelId label, ObjectRow row) const {
    const Position where = position(label, row.sequence);
    const Place place = standing_place(gain_of(label), &Gain::added, row.key);
    return {label, std::move(row), where, place};
  }

  Result<std::vector<AddedRow>> added_rows(const Statement& statement, LabelId label, std::int64_t from,
                                           std::size_t count) {
    std::vector<AddedRow> rows;
    TRY(auto query, scope_.database.query(statement, label, scope_.collection, from, count));
    for (;;) {
      TRY(const bool row, query.next());
      if (!row) return rows;
      rows.push_back({query.integer(0), query.integer(1), query.text(2)});
    }
  }

  Result<ObjectRow> load_key(Sequence sequence) {
    TRY(auto query, scope_.database.query(kObjectKey, sequence));
    TRY(const bool row, query.next());
    if (!row) return internal("An object's index row has no object.");
    return key_of(query);
  }

  [[nodiscard]] bool has_wanted_type(const std::string& type) const {
    return filter_.types.empty() || std::ranges::find(filter_.types, type) != filter_.types.end();
  }

  VersionSelection::Scope scope_;
  const ObjectFilter& filter_;
  const Gains& gains_;
  VersionSelection selection_;
};

Result<StoredObject> load_object(Database& database, const LabelledObject& found) {
  TRY(auto row, database.query(kObject, found.row.sequence));
  TRY(const bool present, row.next());
  if (!present) return internal("An object's index row has no object.");
  return StoredObject{row.integer(0),
                      Instant(std::chrono::microseconds(found.place.at)),
                      {row.text(2), row.text(3), row.text(4), row.text(5), row.text(6)},
                      found.position};
}

constexpr std::int64_t kBeforeAll = std::numeric_limits<std::int64_t>::min();

bool is_whole_page(const ObjectFilter& filter) {
  return asks_for_newest_only(filter) && filter.ids.empty() && filter.types.empty();
}

// A page of everything is noted as one span of positions per label, a selection object by object.
void note_objects(const Reach& reach, const CollectionId& collection, const ObjectFilter& filter,
                  std::span<const LabelledObject> found) {
  std::map<LabelId, policy::ObjectSpan> spans;
  for (const LabelledObject& object : found) {
    const Sequence at = object.row.sequence;
    const policy::ObjectSpan alone{object.label.value, at, at};
    if (!is_whole_page(filter)) {
      reach.trail().note({policy::ReadKind::Objects, collection.uuid(), 0, alone});
      continue;
    }
    policy::ObjectSpan& span = spans.try_emplace(object.label, alone).first->second;
    span.first = std::min(span.first, at);
    span.last = std::max(span.last, at);
  }
  for (const auto& [label, span] : spans) reach.trail().note({policy::ReadKind::Objects, collection.uuid(), 0, span});
}

// A time was passed whole: rows and gains of that very time too.
Place all_of(std::int64_t added) { return {added, std::numeric_limits<std::int64_t>::max()}; }

Result<Place> passed_place(Database& database, const Gains& gains, const Position& passed) {
  TRY(const auto row, database.number(kAddedAt, passed.row));
  for (const auto& [label, gain] : gains) {
    if (passed.at != passed.row && gain.at == passed.at) return Place{gain.added, row.value_or(kBeforeAll)};
  }
  TRY(const auto added, database.number(kAddedAt, passed.at));
  return all_of(added.value_or(kBeforeAll));
}

// Where to go on: `added` rises with the sequence, so the cursor is the greater of both limits.
Result<Place> added_bound(Database& database, const ObjectFilter& filter, const Gains& gains, const Position& after) {
  const Place bound = all_of(filter.added_after ? filter.added_after->time_since_epoch().count() : kBeforeAll);
  if (after.at <= 0) return bound;
  TRY(const Place passed, passed_place(database, gains, after));
  return std::max(bound, passed);
}

}  // namespace

Result<std::vector<LabelledObject>> all_matching(const VersionSelection::Scope& scope, const ObjectFilter& filter) {
  constexpr auto kEnd = std::numeric_limits<Sequence>::max();
  const Gains none;
  TRY(const Place bound, added_bound(scope.database, filter, none, 0));
  return Matching(scope, filter, none).find({bound, kEnd, std::numeric_limits<std::int32_t>::max()});
}

Result<ObjectPage> Engine::objects(const Reach& reach, const CollectionId& collection, const ObjectFilter& filter,
                                   Position after, std::size_t limit) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  const auto overlaps = snapshots_.overlaps.get();
  const std::size_t wanted = std::clamp<std::size_t>(limit, 1, kMaxObjectPage);
  TRY(const Gains gains, gains_of(database, reach.person()));
  TRY(const Place bound, added_bound(database, filter, gains, after));
  TRY(const Sequence end, horizon(database, snapshots_, reach, gains));
  TRY(auto found, Matching({database, reach, snapshots_.whereabouts, *overlaps, collection}, filter, gains)
                      .find({bound, end, wanted + 1}));
  ObjectPage page;
  page.more = found.size() > wanted;
  if (page.more) found.pop_back();
  for (const LabelledObject& object : found) {
    TRY(auto loaded, load_object(database, object));
    page.objects.push_back(std::move(loaded));
  }
  note_objects(reach, collection, filter, found);
  return page;
}

Result<std::vector<Collection>> load_collections(Database& database) {
  std::vector<Collection> collections;
  TRY(auto query, database.query(kCollections));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return collections;
    Collection collection;
    collection.id = query.id<CollectionId>(0);
    collection.alias = query.text(1);
    collection.title = query.text(2);
    collection.description = query.text(3);
    TRY(collection.readers, parse_label(query.text(4)));
    TRY(collection.writers, parse_label(query.text(5)));
    collections.push_back(std::move(collection));
  }
}

Result<std::string> Engine::status(const PersonId& owner, const StatusId& id) {
  TRY(auto reading, readers_->begin());
  TRY(auto query, reading.database().query(kStatus, owner, id));
  TRY(const bool row, query.next());
  if (!row) return not_found();
  return query.text(0);
}

}  // namespace hinomi::store::sqlite
