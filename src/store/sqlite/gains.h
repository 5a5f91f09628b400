// What people may read that was there before they might. A gain is one row for a person and a label; the label's older
// rows count for that person as standing at the gain, so that no cursor has passed them.
#pragma once

#include <limits>
#include <map>
#include <vector>

#include "model/organisation.h"
#include "store/records.h"
#include "store/sqlite/change.h"

namespace hinomi::store::sqlite {

struct Gain {
  Sequence at = 0;
  std::int64_t added = 0;  // microseconds: the same moment in the order of threat objects
  std::uint64_t epoch = 0;
};
using Gains = std::map<LabelId, Gain>;

Result<Gains> gains_of(Database& database, const PersonId& person);

// Compares what everybody may read in the two directories, `after` being the one just written under its epoch, and
// keeps the differences. One sequence stands for all gains of the change. Costs a row per person and label gained.
Status note_gains(Change& change, const Directory& before, const Directory& after, Instant at);

// A stretch of one label's rows in one reader's order: keys above `from` and up to `until`; where `lifted_to` is given
// they stand there instead.
struct Lane {
  LabelId label;
  std::int64_t from = 0;
  std::int64_t until = std::numeric_limits<std::int64_t>::max();
  std::optional<std::int64_t> lifted_to{};
};
// A place in a reader's order in keys of one kind: sequences, or times added.
struct Place {
  std::int64_t at = 0;
  std::int64_t row = 0;
  auto operator<=>(const Place&) const = default;
};
inline Place place_of(const Position& position) { return {position.at, position.row}; }
// Where a row stands for a reader who has `gain` (null: none) of its label.
Place standing_place(const Gain* gain, std::int64_t Gain::* key, std::int64_t row);

// The lanes of `labels` after `after`; those lifted beyond `end` (a sequence) are left for a later reach.
struct LaneQuestion {
  std::span<const LabelId> labels;
  const Gains& gains;
  std::int64_t Gain::* key;  // &Gain::at or &Gain::added
  Place after;
  Sequence end = std::numeric_limits<Sequence>::max();
};
std::vector<Lane> lanes_of(const LaneQuestion& question);

}  // namespace hinomi::store::sqlite
