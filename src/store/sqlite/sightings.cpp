#include <map>
#include <set>

#include "store/sqlite/engine.h"
#include "store/sqlite/labels.h"
#include "store/sqlite/reading.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kAddSighting{
    "add_sighting",
    "INSERT INTO sighting (sequence, label_id, id, release_id, indicator, org_id, person_id, count_bucket, day, named) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"};
constexpr Statement kAddToSum{
    "add_to_sighting_sum",
    "INSERT INTO sighting_sum (release_id, indicator, org_id, reports) VALUES (?1, ?2, ?3, 1) "
    "ON CONFLICT (release_id, indicator, org_id) DO UPDATE SET reports = reports + 1"};
constexpr Statement kSightings{
    "sightings_of_release",
    "SELECT indicator, org_id, count(*) FROM sighting WHERE label_id = ?1 AND release_id = ?2 "
    "GROUP BY indicator, org_id"};
constexpr Statement kSums{
    "sighting_sums",
    "SELECT indicator, count(*), sum(reports) FROM sighting_sum WHERE release_id = ?1 GROUP BY indicator"};
constexpr Statement kHasRelease{"release_stands_under_label",
                                "SELECT 1 FROM release_version WHERE label_id = ?1 AND release_id = ?2 LIMIT 1"};

Status check(const Permit<action::SendSighting>& permit, const Sighting& sighting) {
  const bool own =
      permit.subject().release == sighting.release && permit.org() == sighting.org && permit.actor() == sighting.by;
  return own ? Status() : internal("The permit is for another sighting.");
}

}  // namespace

Status Engine::add_sighting(const Permit<action::SendSighting>& permit, const Sighting& sighting, const Label& label,
                            const Alongside& with) {
  TRY_OK(check(permit, sighting));
  return writer_->run([&](Change& change) -> Status {
    Database& database = change.database();
    TRY(const LabelId label_id, change.intern(label));
    TRY_OK(change.record(with, label_id, sighting.id.text()));
    TRY(const auto release, standing_of(database, "release", sighting.release.uuid()));
    if (release.empty()) return not_found();
    const std::int64_t day = sighting.day.time_since_epoch().count();
    TRY_OK(database.run(kAddSighting, change.next_sequence(), label_id, sighting.id, sighting.release,
                        sighting.indicator, sighting.org, sighting.by, sighting.count_bucket, day, sighting.named));
    TRY_OK(database.run(kAddToSum, sighting.release, sighting.indicator, sighting.org));
    return change.append_event(label_id, EventKind::SightingReceived, sighting.release.text(), with.at);
  });
}

Result<std::vector<SightingCount>> Engine::sighting_counts(const Reach& reach, const ReleaseId& release) {
  TRY(auto reading, readers_->begin());
  struct Tally {
    std::set<OrgId> orgs;
    std::size_t reports = 0;
  };
  std::map<std::string, Tally> tallies;
  const auto add = [&](const Query& row, LabelId) -> Status {
    Tally& tally = tallies[row.text(0)];
    tally.orgs.insert(row.id<OrgId>(1));
    tally.reports += static_cast<std::size_t>(row.integer(2));
    return {};
  };
  TRY_OK(for_each_readable(reading.database(), reach, kSightings, add, release));
  std::vector<SightingCount> counts;
  for (const auto& [indicator, tally] : tallies) counts.push_back({indicator, tally.orgs.size(), tally.reports});
  return counts;
}

Result<std::vector<SightingCount>> Engine::community_sighting_counts(const Reach& reach, const ReleaseId& release) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  TRY(const auto readable,
      labels_with_rows(database, where(reach, {Mark::Release, release.uuid()}), kHasRelease, release));
  if (readable.empty()) return not_found();
  std::vector<SightingCount> counts;
  TRY(auto query, database.query(kSums, release));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return counts;
    counts.push_back(
        {query.text(0), static_cast<std::size_t>(query.integer(1)), static_cast<std::size_t>(query.integer(2))});
  }
}

}  // namespace hinomi::store::sqlite
