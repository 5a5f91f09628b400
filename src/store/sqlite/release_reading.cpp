#include <set>

#include "store/sqlite/engine.h"
#include "store/sqlite/given.h"
#include "store/sqlite/labels.h"
#include "store/sqlite/reading.h"
#include "store/sqlite/release_rows.h"

namespace hinomi::store::sqlite {
namespace {

constexpr std::string_view kKind = "release";

constexpr Statement kNewestOfRelease{
    "newest_version_of_release",
    "SELECT sequence, version FROM release_version WHERE label_id = ?1 AND release_id = ?2 "
    "ORDER BY version DESC LIMIT 1"};
constexpr Statement kNewestOfNumber{
    "newest_version_of_release_number",
    "SELECT sequence, version FROM release_version WHERE label_id = ?1 AND number = ?2 ORDER BY version DESC LIMIT 1"};
constexpr Statement kVersionsOfRelease{
    "versions_of_release", "SELECT sequence, version FROM release_version WHERE label_id = ?1 AND release_id = ?2"};
constexpr Statement kPageOfReleases{
    "page_of_releases",
    "SELECT sequence FROM release_version WHERE label_id = ?1 AND sequence < ?2 AND superseded = 0 "
    "ORDER BY sequence DESC LIMIT ?3"};
constexpr Statement kNewerVersion{
    "newer_release_version",
    "SELECT 1 FROM release_version WHERE label_id = ?1 AND release_id = ?2 AND version > ?3 LIMIT 1"};
constexpr Statement kObjectsOfRelease{
    "objects_of_release", "SELECT object_sequence FROM release_object WHERE label_id = ?1 AND release_id = ?2"};
constexpr Statement kReleaseObject{"release_object",
                                   "SELECT stix_id, type, spec_version, version, raw FROM object WHERE sequence = ?1"};
constexpr Statement kIndicators{"indicators_of_label",
                                "SELECT sequence, stix_id, type, value, release_number, tlp, release_id FROM indicator "
                                "WHERE label_id = ?1 AND sequence > ?2 AND sequence <= ?3 ORDER BY sequence LIMIT ?4"};
constexpr Statement kLabelOfVersion{
    "label_of_release_version",
    "SELECT label_id FROM release_version WHERE label_id = ?1 AND release_id = ?2 AND version = ?3"};
constexpr Statement kAddReceipt{
    "add_receipt",
    "INSERT INTO receipt (release_id, version, person_id, org_id, at) VALUES (?1, ?2, ?3, ?4, ?5) "
    "ON CONFLICT DO NOTHING"};
constexpr Statement kReceipts{
    "receipts",
    "SELECT version, person_id, org_id, at FROM receipt WHERE release_id = ?1 ORDER BY version, at, person_id"};
constexpr Statement kOwnReceipt{"own_receipt",
                                "SELECT 1 FROM receipt WHERE release_id = ?1 AND version = ?2 AND person_id = ?3"};

Result<StixObject> load_release_object(Database& database, Sequence sequence) {
  TRY(auto row, database.query(kReleaseObject, sequence));
  TRY(const bool present, row.next());
  if (!present) return not_found();
  return StixObject{row.text(0), row.text(1), row.text(2), row.text(3), row.text(4)};
}

struct IndicatorRow {
  Sequence key = 0;
  EntitledIndicator indicator;
  ReleaseId release;
};

Result<EntitledIndicator> read_indicator_row(const Query& row) {
  EntitledIndicator entitled;
  entitled.sequence = row.integer(0);
  entitled.id = row.text(1);
  TRY(entitled.indicator.type, parse_indicator_type(row.text(2)));
  entitled.indicator.value = row.text(3);
  TRY(entitled.release, HumanNumber::parse(row.text(4)));
  TRY(entitled.tlp, parse_tlp(row.text(5)));
  return entitled;
}

}  // namespace

Result<Release> Engine::release(const Reach& reach, const ReleaseId& id) {
  TRY(auto reading, readers_->begin());
  const auto labels = where(reach, {Mark::Release, id.uuid()});
  TRY(const Sequence newest, newest_readable(reading.database(), labels, kNewestOfRelease, id));
  return give(reach, load_release_version(reading.database(), newest));
}

Result<Release> Engine::release_by_number(const Reach& reach, std::string_view number) {
  TRY(auto reading, readers_->begin());
  const auto labels = where(reach, {Mark::ReleaseNumber, number});
  TRY(const Sequence newest, newest_readable(reading.database(), labels, kNewestOfNumber, number));
  return give(reach, load_release_version(reading.database(), newest));
}

Result<std::vector<Release>> Engine::release_versions(const Reach& reach, const ReleaseId& id) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  const auto labels = where(reach, {Mark::Release, id.uuid()});
  TRY(const auto sequences, readable_versions(database, labels, kVersionsOfRelease, id));
  std::vector<Release> versions;
  for (const Sequence sequence : sequences) {
    TRY(auto version, give(reach, load_release_version(database, sequence)));
    versions.push_back(std::move(version));
  }
  return versions;
}

Result<Listed<Release>> Engine::releases(const Reach& reach, const Page& page) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  const auto overlaps = snapshots_.overlaps.get();
  const auto load = [&](Sequence sequence, LabelId label) -> Result<std::optional<Release>> {
    auto release = load_release_version(database, sequence);
    if (!release.ok() && release.error().kind == ErrorKind::NotFound) return std::optional<Release>();
    if (!release.ok()) return release.error();
    for (const LabelId other : overlapping(*overlaps, reach, kKind, label)) {
      TRY(const auto newer, database.number(kNewerVersion, other, release->id, release->version));
      if (newer) return std::optional<Release>();
    }
    return given<Release>(reach, std::move(release).value());
  };
  return list_newest<Release>(database, reach, page, kPageOfReleases, load);
}

Result<std::vector<StixObject>> Engine::release_objects(const Reach& reach, const ReleaseId& id) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  const auto labels = where(reach, {Mark::Release, id.uuid()});
  TRY([[maybe_unused]] const Sequence readable, newest_readable(database, labels, kNewestOfRelease, id));
  std::vector<Sequence> sequences;
  const auto note = [&](const Query& row, LabelId) -> Status {
    sequences.push_back(row.integer(0));
    return {};
  };
  TRY_OK(for_each_readable(database, labels, kObjectsOfRelease, note, id));
  std::ranges::sort(sequences);
  std::vector<StixObject> objects;
  for (const Sequence sequence : sequences) {
    auto object = load_release_object(database, sequence);
    if (object.ok()) objects.push_back(std::move(object).value());
    if (!object.ok() && object.error().kind != ErrorKind::NotFound) return object.error();
  }
  return objects;
}

Result<std::vector<EntitledIndicator>> Engine::indicators(const Reach& reach, Position after, std::size_t limit) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  TRY(const Gains gains, gains_of(database, reach.person()));
  TRY(const Sequence end, horizon(database, snapshots_, reach, gains));
  const auto fetch = [&](LabelId label, std::int64_t from, std::size_t count) -> Result<std::vector<IndicatorRow>> {
    std::vector<IndicatorRow> rows;
    TRY(auto query, database.query(kIndicators, label, from, end, count));
    for (;;) {
      TRY(const bool row, query.next());
      if (!row) return rows;
      TRY(auto indicator, read_indicator_row(query));
      rows.push_back({indicator.sequence, std::move(indicator), query.id<ReleaseId>(6)});
    }
  };
  const std::size_t wanted = std::clamp<std::size_t>(limit, 1, kMaxObjectPage);
  const auto lanes = lanes_of({reach.labels(), gains, &Gain::at, place_of(after), end});
  LabelMerge<IndicatorRow> merge(lanes, Order::Ascending, wanted, fetch);
  std::vector<EntitledIndicator> indicators;
  std::set<ReleaseId> releases;
  while (indicators.size() < wanted) {
    TRY(auto found, merge.next());
    if (!found) break;
    indicators.push_back(std::move(found->row.indicator));
    releases.insert(found->row.release);
    indicators.back().position = {found->place.at, found->place.row};
  }
  for (const ReleaseId& release : releases) reach.trail().note({policy::ReadKind::Release, release.uuid(), 0, {}});
  return indicators;
}

Status Engine::acknowledge(const Permit<action::Acknowledge>& permit, std::uint32_t version, const Alongside& with) {
  const ReleaseId id = permit.subject().release;
  return writer_->run([&](Change& change) -> Status {
    Database& database = change.database();
    TRY(const auto labels, standing_of(database, kKind, id.uuid()));
    std::optional<LabelId> label;
    for (const LabelId each : labels) {
      TRY(const auto found, database.number(kLabelOfVersion, each, id, version));
      if (found) label = each;
    }
    if (!label) return not_found();
    Alongside alongside = with;
    TRY_OK(database.run(kAddReceipt, id, version, permit.actor(), permit.org(), with.at));
    if (database.changes() == 0) alongside.ledger.clear();
    return change.record(alongside, *label, id.text());
  });
}

Result<bool> Engine::has_acknowledged(const Reach& reach, const ReleaseId& id, std::uint32_t version) {
  TRY(auto reading, readers_->begin());
  TRY(const auto own, reading.database().number(kOwnReceipt, id, version, reach.person()));
  return own.has_value();
}

Result<std::vector<Receipt>> Engine::receipts(const Reach& reach, const ReleaseId& id) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  const auto labels = where(reach, {Mark::Release, id.uuid()});
  TRY([[maybe_unused]] const Sequence readable, newest_readable(database, labels, kNewestOfRelease, id));
  std::vector<Receipt> receipts;
  TRY(auto query, database.query(kReceipts, id));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return receipts;
    receipts.push_back({id, static_cast<std::uint32_t>(query.integer(0)), query.id<PersonId>(1), query.id<OrgId>(2),
                        query.instant(3)});
  }
}

}  // namespace hinomi::store::sqlite
