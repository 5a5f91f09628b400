#include "store/sqlite/reading.h"

#include <tuple>

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kLaterLabel{"later_label", "SELECT first_sequence FROM label WHERE id > ?1 ORDER BY id LIMIT 1"};

}  // namespace

Result<Sequence> horizon(Database& database, const Snapshots& snapshots, const Reach& reach, const Gains& gains) {
  Sequence end = std::numeric_limits<Sequence>::max();
  // Known before the commit that adds a label, so that nothing this transaction sees stands under a later one.
  if (snapshots.newest_label != reach.newest_known_label().value) {
    TRY(const auto first, database.number(kLaterLabel, reach.newest_known_label()));
    end = first.value_or(end);
  }
  for (const auto& [label, gain] : gains) {
    if (gain.epoch > reach.epoch()) end = std::min(end, gain.at - 1);
  }
  return end;
}

std::vector<LabelId> overlapping(const Overlaps& overlaps, const Reach& reach, std::string_view kind, LabelId label) {
  std::vector<LabelId> others;
  for (const LabelId other : reach.labels()) {
    if (overlaps.contains(std::tuple(kind, label, other))) others.push_back(other);
  }
  return others;
}

}  // namespace hinomi::store::sqlite
