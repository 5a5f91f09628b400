// A proposed change of the directory: the records it touches as they stood and as they shall stand. What it adds,
// removes or widens follows from the two and is stored nowhere else. Plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/organisation.h"

namespace hinomi {

enum class ChangeState { Proposed, Confirmed, Rejected, Expired };
std::string_view change_state_text(ChangeState state);
Result<ChangeState> parse_change_state(std::string_view text);

struct Agreement {
  PersonId person;
  Instant at;
  bool operator==(const Agreement&) const = default;
};

struct DirectoryChange {
  DirectoryChangeId id;
  ChangeState state = ChangeState::Proposed;
  std::string note;              // why, for whoever agrees
  std::uint64_t base_epoch = 0;  // of the directory it was made from
  Directory before;              // a record missing here and present in `after` is new
  Directory after;
  PersonId proposed_by;
  Instant proposed_at;
  Instant expires_at;
  std::vector<Agreement> agreed;  // in order; the proposer is among them when of the secretariat
  std::optional<PersonId> closed_by;
  std::optional<Instant> closed_at;
};

// The directory as it will be: `directory` with every record of `change.after` in place.
Directory with_change(const Directory& directory, const DirectoryChange& change);
// Conflict "directory.moved_on" unless every touched record still stands as it did when the change was made.
Status check_still_stands(const Directory& directory, const DirectoryChange& change);
// What it adds and what becomes otherwise, with its note, as canonical JSON: equal for every draft of the same rows
// over the same records, although the ids of what is new are drawn anew with each. Nothing of who proposed it, when,
// who agreed, and of fields that stay as they are.
std::string change_text(const DirectoryChange& change);

}  // namespace hinomi
