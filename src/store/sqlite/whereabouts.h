// Under which labels a thing stands, as fingerprints in memory: a look-up then asks the file about those labels of the
// reach only that know the thing, so that it costs the same however many labels a reader has and whatever stands under
// others. A fingerprint too many costs one query and tells nothing. The writer's thread adds, before each commit;
// loaded from the file at start. Safe on any thread.
#pragma once

#include <cstdint>
#include <set>
#include <shared_mutex>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/reading.h"
#include "store/sqlite/database.h"

namespace hinomi::store::sqlite {

using policy::LabelId;

// What is looked up by label and something else.
enum class Mark : std::uint8_t {
  Report,
  ReportNumber,
  Release,
  ReleaseNumber,
  Review,
  ReviewOfReport,
  Case,
  AnyCaseKey,
  ItemOfCase,
  AnyItem,
  Submission,
  SubmissionOfReport,
  Object
};

struct Fingerprint {
  Fingerprint(Mark mark, const Uuid& id);
  Fingerprint(Mark mark, std::string_view word);
  explicit Fingerprint(Mark mark) : Fingerprint(mark, std::string_view()) {}
  // A threat object in a collection.
  Fingerprint(const Uuid& collection, std::string_view stix_id);
  std::uint64_t value;
};

class Whereabouts {
 public:
  using Standing = std::pair<LabelId, Fingerprint>;
  void add(std::span<const Standing> standings);
  // Those of `labels`, in their order, under which something with this fingerprint may stand: all under which it does
  // in a read transaction that began before.
  [[nodiscard]] std::vector<LabelId> among(std::span<const LabelId> labels, Fingerprint fingerprint) const;

 private:
  mutable std::shared_mutex mutex_;
  std::vector<std::set<std::uint64_t>> by_label_;  // at the label's number, which counts from one
};

Status load_whereabouts(Database& database, Whereabouts& whereabouts);

}  // namespace hinomi::store::sqlite
