#include "store/sqlite/gains.h"

#include <algorithm>

#include "policy/authority.h"
#include "policy/principal.h"
#include "policy/reading.h"
#include "store/sqlite/labels.h"

namespace hinomi::store::sqlite {
namespace {

using policy::Reach;

constexpr Statement kGains{"gains", "SELECT readable_label, at, added, epoch FROM gained WHERE person_id = ?1"};
constexpr Statement kPutGain{
    "put_gain",
    "INSERT INTO gained (person_id, readable_label, at, added, epoch) VALUES (?1, ?2, ?3, ?4, ?5) "
    "ON CONFLICT (person_id, readable_label) DO UPDATE SET at = excluded.at, "
    "added = excluded.added, epoch = excluded.epoch"};

// The people whose rights differ, with what they had; those who are new had nothing.
std::vector<PersonId> whose_rights_changed(const Directory& before, const Directory& after) {
  std::vector<PersonId> people;
  for (const auto& [id, person] : after.persons) {
    const auto then = policy::principal_of(after, id);
    if (!then.ok()) continue;
    const auto was = policy::principal_of(before, id);
    if (!was.ok() || !policy::same_rights(*was, *then)) people.push_back(id);
  }
  return people;
}

std::vector<LabelId> gained_labels(const Directory& before, const Directory& after, const PersonId& person,
                                   std::span<const LabelEntry> labels) {
  const auto then = policy::principal_of(after, person);
  const auto was = policy::principal_of(before, person);
  std::vector<LabelId> gained;
  for (const LabelEntry& entry : labels) {
    const bool read_before = was.ok() && policy::may_read(*was, entry.label);
    if (!read_before && then.ok() && policy::may_read(*then, entry.label)) gained.push_back(entry.id);
  }
  return gained;
}

}  // namespace

Result<Gains> gains_of(Database& database, const PersonId& person) {
  Gains gains;
  TRY(auto query, database.query(kGains, person));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return gains;
    gains[query.label(0)] = {query.integer(1), query.integer(2), static_cast<std::uint64_t>(query.integer(3))};
  }
}

Status note_gains(Change& change, const Directory& before, const Directory& after, Instant at) {
  const auto people = whose_rights_changed(before, after);
  if (people.empty()) return {};
  Database& database = change.database();
  // From the file and not from the snapshot: an earlier change of this very transaction may have made some.
  TRY(const auto labels, load_labels(database));
  std::optional<Gain> gain;
  for (const PersonId& person : people) {
    for (const LabelId label : gained_labels(before, after, person, labels)) {
      if (!gain) gain = Gain{change.gain_sequence(), change.next_added(at).time_since_epoch().count(), after.epoch};
      TRY_OK(database.run(kPutGain, person, label, gain->at, gain->added, gain->epoch));
    }
  }
  return {};
}

Place standing_place(const Gain* gain, std::int64_t Gain::* key, std::int64_t row) {
  if (gain == nullptr || row > gain->*key) return {row, row};
  return {gain->*key, row};
}

std::vector<Lane> lanes_of(const LaneQuestion& question) {
  constexpr auto kBeforeAll = std::numeric_limits<std::int64_t>::min();
  const Place after = question.after;
  std::vector<Lane> lanes;
  for (const LabelId label : question.labels) {
    const auto gained = question.gains.find(label);
    if (gained == question.gains.end()) {
      lanes.push_back({label, after.at});
      continue;
    }
    const std::int64_t at = gained->second.*question.key;
    const bool older_rows_are_due = after < Place{at, at} && gained->second.at <= question.end;
    if (older_rows_are_due) lanes.push_back({label, after.at == at ? after.row : kBeforeAll, at, at});
    lanes.push_back({label, std::max(after.at, at)});
  }
  return lanes;
}

}  // namespace hinomi::store::sqlite
