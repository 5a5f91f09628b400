#include "model/directory_change.h"

#include <algorithm>
#include <tuple>

#include "base/json.h"
#include "model/directory_json.h"
#include "model/words.h"

namespace hinomi {
namespace {

constexpr Words<ChangeState, 4> kStates{"directory.state_unknown", {"proposed", "confirmed", "rejected", "expired"}};

// Belongs to the clearance register, which no directory change touches.
Person without_clearance(Person person) {
  person.cleared = false;
  return person;
}
template <class Record>
const Record& without_clearance(const Record& record) {
  return record;
}

template <class Records>
bool still_stands(const Records& now, const Records& before, const Records& after) {
  for (const auto& [id, wanted] : after) {
    const auto present = now.find(id);
    const auto expected = before.find(id);
    if ((present == now.end()) != (expected == before.end())) return false;
    if (present != now.end() && without_clearance(present->second) != without_clearance(expected->second)) return false;
  }
  return true;
}

template <class Records>
void put_all(Records& records, const Records& after) {
  for (const auto& [id, record] : after) records.insert_or_assign(id, record);
}

Uuid place_as_uuid(std::size_t place) {
  Uuid uuid{};
  for (std::size_t i = 0; i < sizeof(std::uint64_t); ++i)
    uuid[uuid.size() - 1 - i] = static_cast<Uuid::value_type>(static_cast<std::uint64_t>(place) >> (8 * i));
  return uuid;
}

template <class Records>
using Renaming = std::map<typename Records::key_type, typename Records::key_type>;

// For the id of each new record its place among them, ordered by what people call it.
template <class Records, class Called>
Renaming<Records> places_of_new(const Records& before, const Records& after, const Called& called) {
  std::vector<const typename Records::mapped_type*> added;
  for (const auto& [id, record] : after) {
    if (!before.contains(id)) added.push_back(&record);
  }
  std::ranges::sort(added, {}, [&](const auto* record) { return called(*record); });
  Renaming<Records> renaming;
  for (std::size_t i = 0; i < added.size(); ++i)
    renaming.emplace(added[i]->id, typename Records::key_type(place_as_uuid(i + 1)));
  return renaming;
}

template <class Key>
Key renamed(const std::map<Key, Key>& renaming, const Key& id) {
  const auto found = renaming.find(id);
  return found == renaming.end() ? id : found->second;
}

template <class Key>
std::set<Key> renamed(const std::map<Key, Key>& renaming, const std::set<Key>& ids) {
  std::set<Key> all;
  for (const Key& id : ids) all.insert(renamed(renaming, id));
  return all;
}

template <class Records>
void put_renamed(Records& records, const Renaming<Records>& renaming, typename Records::mapped_type record) {
  record.id = renamed(renaming, record.id);
  records.emplace(record.id, std::move(record));
}

Directory with_places_for_ids(const DirectoryChange& change) {
  const Directory& before = change.before;
  const Directory& after = change.after;
  Directory text;
  const auto orgs =
      places_of_new(before.orgs, after.orgs, [](const Organisation& org) { return std::tie(org.name, org.name_en); });
  const auto persons =
      places_of_new(before.persons, after.persons, [](const Person& person) { return std::tie(person.login); });
  for (const auto& [id, org] : after.orgs) put_renamed(text.orgs, orgs, org);
  for (auto [id, person] : after.persons) {
    person.org = renamed(orgs, person.org);
    put_renamed(text.persons, persons, person);
  }
  const auto groups =
      places_of_new(before.groups, after.groups, [](const Group& group) { return std::tie(group.name); });
  for (auto [id, group] : after.groups) {
    group.orgs = renamed(orgs, group.orgs);
    group.persons = renamed(persons, group.persons);
    put_renamed(text.groups, groups, group);
  }
  std::map<DelegationId, Delegation> lent = after.delegations;
  for (auto& [id, delegation] : lent) {
    delegation.from = renamed(persons, delegation.from);
    delegation.to = renamed(persons, delegation.to);
  }
  const auto delegations = places_of_new(before.delegations, lent, [](const Delegation& one) {
    return std::tie(one.from, one.to, one.role, one.from_at, one.until);
  });
  for (const auto& [id, delegation] : lent) put_renamed(text.delegations, delegations, delegation);
  return text;
}

using RecordsById = std::map<std::string, JsonView, std::less<>>;
RecordsById by_id(const std::optional<JsonView>& records) {
  RecordsById found;
  if (!records) return found;
  for (const JsonView record : *records) found.emplace(record.string_at("id").value_or(""), record);
  return found;
}

// Of a record that stood only what becomes otherwise: the rest is no part of the change, and whoever makes it need not
// know it.
void write_changed(JsonWriter& out, JsonView record, const RecordsById& before) {
  const auto stood = before.find(record.string_at("id").value_or(""));
  out.begin_object();
  for (const JsonView member : record) {
    const auto was = stood == before.end() ? std::nullopt : stood->second.find(member.key());
    const bool same = was && was->raw() == member.raw();
    if (same && member.key() != "id") continue;
    out.key(member.key()).begin_array();
    if (was) out.raw(was->raw());
    out.raw(member.raw()).end_array();
  }
  out.end_object();
}

}  // namespace

std::string change_text(const DirectoryChange& change) {
  const std::string stood = directory_text(change.before);
  const std::string wanted = directory_text(with_places_for_ids(change));
  const auto before = parse_json(stood);
  const auto after = parse_json(wanted);
  JsonWriter out;
  out.begin_object();
  if (!before.ok() || !after.ok()) {  // too large to be read again
    return out.member("before", stood).member("after", wanted).member("note", change.note).end_object().take();
  }
  for (const JsonView records : (*after)->root()) {
    const RecordsById known = by_id((*before)->root().find(records.key()));
    out.key(records.key()).begin_array();
    for (const JsonView record : records) write_changed(out, record, known);
    out.end_array();
  }
  return out.member("note", change.note).end_object().take();
}

std::string_view change_state_text(ChangeState state) { return kStates.text(state); }
Result<ChangeState> parse_change_state(std::string_view text) { return kStates.parse(text); }

Directory with_change(const Directory& directory, const DirectoryChange& change) {
  Directory changed = directory;
  put_all(changed.orgs, change.after.orgs);
  put_all(changed.groups, change.after.groups);
  put_all(changed.delegations, change.after.delegations);
  for (const auto& [id, person] : change.after.persons) {
    const auto present = directory.persons.find(id);
    Person& put = changed.persons[id] = person;
    put.cleared = present != directory.persons.end() && present->second.cleared;
  }
  return changed;
}

Status check_still_stands(const Directory& directory, const DirectoryChange& change) {
  const bool stands = still_stands(directory.orgs, change.before.orgs, change.after.orgs) &&
                      still_stands(directory.persons, change.before.persons, change.after.persons) &&
                      still_stands(directory.groups, change.before.groups, change.after.groups) &&
                      still_stands(directory.delegations, change.before.delegations, change.after.delegations);
  if (stands) return {};
  return conflict("directory.moved_on", "Something this change touches was changed since. Propose it again.");
}

}  // namespace hinomi
