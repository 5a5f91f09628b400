#include "store/sqlite/reading.h"

#include <tuple>

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kLaterLabel{"later_label", "SELECT first_sequence FROM label WHERE id > ?1 ORDER BY id LIMIT 1"};

}  // namespace

Result<Sequence> horizon(Database& database, const Reach& reach) {
  TRY(const auto first, database.number(kLaterLabel, reach.newest_known_label()));
  return first.value_or(std::numeric_limits<Sequence>::max());
}

std::vector<LabelId> overlapping(const Overlaps& overlaps, const Reach& reach, std::string_view kind, LabelId label) {
  std::vector<LabelId> others;
  for (const LabelId other : reach.labels()) {
    if (overlaps.contains(std::tuple(kind, label, other))) others.push_back(other);
  }
  return others;
}

}  // namespace hinomi::store::sqlite
