// A change of the directory as people judge it: what it adds and alters, and what becomes visible by it. Computed for
// the person who looks, by the same functions that decide.
#pragma once

#include <string>
#include <vector>

#include "flow/caller.h"
#include "model/directory_change.h"

namespace hinomi::flow {

struct FieldDifference {
  std::string field;  // English name of the column
  std::string before;
  std::string after;
};
enum class RecordKind { Organisation, Person, Group, Delegation };
enum class RecordState { Added, Changed, Left };  // Left: a person who is active no longer
struct RecordDifference {
  RecordKind kind = RecordKind::Person;
  RecordState state = RecordState::Changed;
  std::string id;
  std::string name;
  std::string name_en;
  std::vector<FieldDifference> fields;
};
// Of groups only who joins and leaves, never who stays.
std::vector<RecordDifference> differences(const Directory& directory, const DirectoryChange& change);

// What one person could read after the change and not before, and the other way round. Counts are over what the viewer
// may read too; of the rest nobody is told that it is there.
struct VisibilityChange {
  PersonId person;
  store::LabelCounts gained;
  store::LabelCounts lost;
};
// For everybody whose rights the change alters and the viewer may know of, at most kShownPeople.
inline constexpr std::size_t kShownPeople = 200;
Result<std::vector<VisibilityChange>> what_becomes_visible(const Platform& platform, const Caller& viewer,
                                                           const DirectoryChange& change);

}  // namespace hinomi::flow
