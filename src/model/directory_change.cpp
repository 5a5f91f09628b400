#include "model/directory_change.h"

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

}  // namespace

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
