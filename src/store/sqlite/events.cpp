#include "store/sqlite/engine.h"
#include "store/sqlite/reading.h"
#include "store/sqlite/words.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kEvents{
    "events_of_label",
    "SELECT sequence, kind, subject, at FROM event WHERE label_id = ?1 AND sequence > ?2 AND sequence <= ?3 "
    "ORDER BY sequence LIMIT ?4"};
constexpr Statement kEarlierWrite{"earlier_write",
                                  "SELECT body_hash, subject FROM idempotency WHERE person_id = ?1 AND key = ?2"};

struct EventRow {
  Sequence key = 0;
  Event event;
};

}  // namespace

Result<std::vector<Event>> Engine::events_after(const Reach& reach, Position after, std::size_t limit) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  TRY(const Gains gains, gains_of(database, reach.person()));
  TRY(const Sequence end, horizon(database, snapshots_, reach, gains));
  const auto fetch = [&](LabelId label, std::int64_t from, std::size_t count) -> Result<std::vector<EventRow>> {
    std::vector<EventRow> rows;
    TRY(auto query, database.query(kEvents, label, from, end, count));
    for (;;) {
      TRY(const bool row, query.next());
      if (!row) return rows;
      TRY(const EventKind kind, kEventKinds.parse(query.text(1)));
      rows.push_back({query.integer(0), {query.integer(0), label, kind, query.text(2), query.instant(3), {}}});
    }
  };
  const std::size_t wanted = std::clamp<std::size_t>(limit, 1, kMaxPage);
  const auto lanes = lanes_of({reach.labels(), gains, &Gain::at, place_of(after), end});
  LabelMerge<EventRow> merge(lanes, Order::Ascending, wanted, fetch);
  std::vector<Event> events;
  while (events.size() < wanted) {
    TRY(auto found, merge.next());
    if (!found) break;
    events.push_back(std::move(found->row.event));
    events.back().position = {found->place.at, found->place.row};
  }
  return events;
}

Result<std::optional<EarlierWrite>> Engine::earlier_write(const PersonId& person, std::string_view key) {
  TRY(auto reading, readers_->begin());
  TRY(auto query, reading.database().query(kEarlierWrite, person, key));
  TRY(const bool row, query.next());
  if (!row) return std::optional<EarlierWrite>();
  return std::optional<EarlierWrite>(EarlierWrite{query.fixed<32>(0), query.text(1)});
}

}  // namespace hinomi::store::sqlite
