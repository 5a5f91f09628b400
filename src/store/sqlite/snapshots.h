// What readers know without a query: labels, the directory, collections, sessions, under which labels things stand, and
// the last event. The writer's thread replaces them; they are loaded from the file at start.
#pragma once

#include <atomic>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "model/organisation.h"
#include "store/records.h"
#include "store/sqlite/database.h"
#include "store/sqlite/published.h"
#include "store/sqlite/session_book.h"
#include "store/sqlite/whereabouts.h"

namespace hinomi::store::sqlite {

// Kind of thing, label, other label: some thing of the kind has versions under both. Kept in both directions.
using Overlaps = std::set<std::tuple<std::string, LabelId, LabelId>, std::less<>>;

struct Snapshots {
  Published<std::vector<LabelEntry>> labels{std::vector<LabelEntry>()};
  Published<Directory> directory{Directory()};
  Published<std::vector<Collection>> collections{std::vector<Collection>()};
  // Replaced before the commit that needs it, so that it always covers what a read transaction can see.
  Published<Overlaps> overlaps{Overlaps()};
  Whereabouts whereabouts;                    // likewise
  std::atomic<std::int64_t> newest_label{0};  // likewise
  SessionBook sessions;
  // Since the start: who had read before a restart is not answered any more.
  Published<std::vector<Narrowing>> narrowings{std::vector<Narrowing>()};
  std::atomic<Sequence> last_event{0};
};

Status load_snapshots(Database& database, Snapshots& snapshots);
// The directory as this connection sees it now.
Result<Directory> load_directory(Database& database);
Result<std::vector<Collection>> load_collections(Database& database);
Status load_sessions(Database& database, SessionBook& sessions);

}  // namespace hinomi::store::sqlite
