// Versions of threat objects: how two compare, and which of them a filter selects (TAXII 2.1 §3.4.1), over readable
// rows only. An object's versions may stand under several labels; then each readable label is asked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/records.h"
#include "store/sqlite/database.h"
#include "store/sqlite/reading.h"

namespace hinomi::store::sqlite {

inline constexpr std::string_view kObjectKind = "object";

// The version's instant in UTC with nine fraction digits: sorts as text, and equal instants are equal texts however
// many digits were written. Empty for the empty version. Invalid (object.version) when it is no RFC 3339 instant.
Result<std::string> version_key(std::string_view version);

struct ObjectRow {
  std::int64_t key = 0;  // added, in microseconds
  Sequence sequence = 0;
  std::string id;
  std::string type;
  std::string spec_version;
  std::string version_key;
};

// True for the filter that clients use nearly always: the newest version of each object, in its newest specification.
bool asks_for_newest_only(const ObjectFilter& filter);

// Decides row by row within one read transaction.
class VersionSelection {
 public:
  struct Scope {
    Database& database;
    const Reach& reach;
    const Whereabouts& whereabouts;
    const Overlaps& overlaps;
    CollectionId collection;
  };
  VersionSelection(Scope scope, const ObjectFilter& filter)
      : scope_(scope), filter_(filter), newest_only_(asks_for_newest_only(filter)) {}
  // Whether the filter's types, specification and version parts select this readable row. Where the filter asks for the
  // newest only, the row must be the newest under its own label.
  Result<bool> selects(LabelId label, const ObjectRow& row);

 private:
  enum class Side { Older, Newer };
  [[nodiscard]] bool allows_spec(std::string_view spec_version) const;
  [[nodiscard]] bool wants(VersionKeyword keyword) const;
  [[nodiscard]] bool wants_exactly(const ObjectRow& row) const;
  // The labels that may hold other versions of an object standing under `label`, that label included.
  const std::vector<LabelId>& labels_beside(LabelId label);
  std::vector<LabelId> labels_of_versions(LabelId label, const ObjectRow& row);
  Result<bool> is_newest_of_all(LabelId label, const ObjectRow& row);
  Result<bool> stands_for_its_version(LabelId label, const ObjectRow& row);
  Result<bool> has_version_beyond(LabelId label, const ObjectRow& row, Side side);

  Scope scope_;
  const ObjectFilter& filter_;
  bool newest_only_;
  std::map<LabelId, std::vector<LabelId>> beside_;
};

}  // namespace hinomi::store::sqlite
