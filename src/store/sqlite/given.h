// Every labelled thing that leaves the store through a Reach passes here and leaves a note in the reach's trail.
#pragma once

#include <optional>
#include <utility>

#include "model/pointer.h"
#include "model/submission.h"
#include "model/unnamed_report.h"
#include "policy/reading.h"
#include "store/records.h"

namespace hinomi::store::sqlite {

inline void note(policy::ReadTrail& trail, const ReportVersion& report) {
  trail.note({policy::ReadKind::Report, report.report.uuid(), report.version, {}});
}
// The form of a version says what the version says.
inline void note(policy::ReadTrail& trail, const Submission& submission) {
  trail.note({policy::ReadKind::Report, submission.report.uuid(), submission.report_version, {}});
}
// A review holds what its report says, so its reader has seen the report too; no version of it.
inline void note(policy::ReadTrail& trail, const Review& review) {
  trail.note({policy::ReadKind::Review, review.id.uuid(), review.revision, {}});
  trail.note({policy::ReadKind::Report, review.report.uuid(), 0, {}});
}
inline void note(policy::ReadTrail& trail, const Release& release) {
  trail.note({policy::ReadKind::Release, release.id.uuid(), release.version, {}});
}
inline void note(policy::ReadTrail& trail, const Pointer& pointer) {
  trail.note({policy::ReadKind::Pointer, pointer.id.uuid(), 0, {}});
}
inline void note(policy::ReadTrail& trail, const UnnamedReport& report) {
  trail.note({policy::ReadKind::Unnamed, report.id.uuid(), 0, {}});
}
inline void note(policy::ReadTrail& trail, const CaseSummary& summary) {
  trail.note({policy::ReadKind::Case, summary.id.uuid(), 0, {}});
}
inline void note(policy::ReadTrail& trail, const StoredItem& item) {
  trail.note({policy::ReadKind::Case, item.case_id.uuid(), 0, {}});
}

template <class T>
Result<T> give(const policy::Reach& reach, Result<T> loaded) {
  if (loaded.ok()) note(reach.trail(), *loaded);
  return loaded;
}
// The same for a row of a list.
template <class T>
std::optional<T> given(const policy::Reach& reach, T loaded) {
  note(reach.trail(), loaded);
  return loaded;
}

}  // namespace hinomi::store::sqlite
