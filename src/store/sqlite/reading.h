// How everything labelled is read: one keyset query per readable label, merged. No query touches a row outside the
// reach, so neither order nor cost depends on what is hidden.
#pragma once

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/reading.h"
#include "store/records.h"
#include "store/sqlite/database.h"
#include "store/sqlite/gains.h"
#include "store/sqlite/snapshots.h"

namespace hinomi::store::sqlite {

using policy::Reach;

// Runs `statement` (?1 is the label, then `values`) for each of these labels, which are of a reach, and shows each row
// to `visit`.
template <class Visit, class... Values>
Status for_each_readable(Database& database, std::span<const LabelId> labels, const Statement& statement,
                         const Visit& visit, const Values&... values) {
  for (const LabelId label : labels) {
    TRY(auto query, database.query(statement, label, values...));
    for (;;) {
      TRY(const bool row, query.next());
      if (!row) break;
      TRY_OK(visit(query, label));
    }
  }
  return {};
}

// The same for every label of the reach.
template <class Visit, class... Values>
Status for_each_readable(Database& database, const Reach& reach, const Statement& statement, const Visit& visit,
                         const Values&... values) {
  return for_each_readable(database, std::span<const LabelId>(reach.labels()), statement, visit, values...);
}

// Those of these labels, which are of a reach, under which `statement` finds anything.
template <class... Values>
Result<std::vector<LabelId>> labels_with_rows(Database& database, std::span<const LabelId> labels,
                                              const Statement& statement, const Values&... values) {
  std::vector<LabelId> present;
  const auto note = [&](const Query&, LabelId label) -> Status {
    present.push_back(label);
    return {};
  };
  TRY_OK(for_each_readable(database, labels, statement, note, values...));
  return present;
}

// A reach knows the labels and the rights there were when it was made. Something filed under a later label, or gained
// under a later epoch, may stand between rows that it covers; a cursor that passed them would miss it. So what ascends
// stops here until the reader brings a new reach.
Result<Sequence> horizon(Database& database, const Snapshots& snapshots, const Reach& reach, const Gains& gains);

// Other readable labels under which things of `kind` with versions under `label` stand too.
std::vector<LabelId> overlapping(const Overlaps& overlaps, const Reach& reach, std::string_view kind, LabelId label);

enum class Order { Ascending, Descending };

// Rows (with a `key`) of several lanes in one order. `fetch` gives up to `count` rows of one label strictly beyond
// `from`. Lifted lanes go with Order::Ascending only.
template <class Row>
class LabelMerge {
 public:
  using Fetch = std::function<Result<std::vector<Row>>(LabelId label, std::int64_t from, std::size_t count)>;
  LabelMerge(std::span<const Lane> lanes, Order order, std::size_t wanted, Fetch fetch)
      : order_(order), chunk_(lanes.empty() ? 1 : 2 * wanted / lanes.size() + 2), fetch_(std::move(fetch)) {
    for (const Lane& lane : lanes) streams_.push_back({lane, {}, 0});
  }

  struct Found {
    LabelId label;
    Place place;
    Row row;
  };
  // The next row of all; nothing at the end.
  Result<std::optional<Found>> next() {
    if (!started_) TRY_OK(start());
    if (heap_.empty()) return std::optional<Found>();
    const std::size_t index = heap_.top().second;
    heap_.pop();
    Stream& stream = streams_[index];
    Row& row = stream.rows[stream.position++];
    Found found{stream.lane.label, place(stream.lane, row), std::move(row)};
    TRY_OK(offer(index));
    return std::optional<Found>(std::move(found));
  }

 private:
  struct Stream {
    Lane lane;
    std::vector<Row> rows;
    std::size_t position;
    bool ended = false;
  };

  Status start() {
    started_ = true;
    for (std::size_t i = 0; i < streams_.size(); ++i) TRY_OK(offer(i));
    return {};
  }
  Status refill(Stream& stream) {
    TRY(stream.rows, fetch_(stream.lane.label, stream.lane.from, chunk_));
    stream.position = 0;
    stream.ended = stream.rows.size() < chunk_;
    const auto beyond = std::ranges::find_if(stream.rows, [&](const Row& row) { return row.key > stream.lane.until; });
    if (beyond != stream.rows.end()) {
      stream.rows.erase(beyond, stream.rows.end());
      stream.ended = true;
    }
    if (!stream.rows.empty()) stream.lane.from = stream.rows.back().key;
    return {};
  }
  static Place place(const Lane& lane, const Row& row) { return {lane.lifted_to.value_or(row.key), row.key}; }
  Status offer(std::size_t index) {
    Stream& stream = streams_[index];
    if (stream.position == stream.rows.size() && !stream.ended) TRY_OK(refill(stream));
    if (stream.position == stream.rows.size()) return {};
    const Place next = place(stream.lane, stream.rows[stream.position]);
    heap_.emplace(order_ == Order::Ascending ? Place{-next.at, -next.row} : next, index);
    return {};
  }

  Order order_;
  std::size_t chunk_;
  Fetch fetch_;
  std::vector<Stream> streams_;
  std::priority_queue<std::pair<Place, std::size_t>> heap_;
  bool started_ = false;
};

constexpr std::size_t kMaxPage = 1000;
constexpr std::size_t kMaxObjectPage = 20'000;

struct SequenceRow {
  Sequence key = 0;
};

// One page, newest first. `statement`: (label, before, count) → sequence, descending. `load` reads the row, or gives
// nothing where another row stands for it.
template <class T>
Result<Listed<T>> list_newest(Database& database, const Reach& reach, const Page& page, const Statement& statement,
                              const std::function<Result<std::optional<T>>(Sequence, LabelId)>& load) {
  const std::size_t limit = std::clamp<std::size_t>(page.limit, 1, kMaxPage);
  const auto fetch = [&](LabelId label, std::int64_t from, std::size_t count) -> Result<std::vector<SequenceRow>> {
    std::vector<SequenceRow> rows;
    TRY(auto query, database.query(statement, label, from, count));
    for (;;) {
      TRY(const bool row, query.next());
      if (!row) return rows;
      rows.push_back({query.integer(0)});
    }
  };
  std::vector<Lane> lanes;
  const Sequence before = page.before.value_or(std::numeric_limits<Sequence>::max());
  for (const LabelId label : reach.labels()) lanes.push_back({label, before});
  LabelMerge<SequenceRow> merge(lanes, Order::Descending, limit + 1, fetch);
  Listed<T> listed;
  Sequence last = 0;
  for (;;) {
    TRY(const auto found, merge.next());
    if (!found) return listed;
    TRY(auto loaded, load(found->row.key, found->label));
    if (!loaded) continue;
    if (listed.rows.size() == limit) {
      listed.next = last;
      return listed;
    }
    last = found->row.key;
    listed.rows.push_back(std::move(*loaded));
  }
}

}  // namespace hinomi::store::sqlite
