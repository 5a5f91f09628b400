// Who saw what. A mark stands for "this person was given this version in this hour"; it is durable before the answer
// leaves. Further reads of the same hour add nothing, so marks grow with readers and things, not with requests.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "policy/permit.h"
#include "policy/reading.h"

namespace hinomi::store {

// One request's notes and whose they are.
struct ReadRecord {
  PersonId person;
  OrgId org;  // of the person, at that time
  Instant at;
  std::span<const policy::ReadNote> notes;
};

struct ReadMark {
  policy::ReadNote note;
  PersonId person;
  OrgId org;
  Instant first_at;  // the first read within its hour
};

class ReadStore {
 public:
  virtual ~ReadStore() = default;
  // Ok when every note is durable, be it from an earlier call of the same hour. Unavailable: the answer must not leave.
  virtual Status record_reads(const ReadRecord& record) = 0;
  // Everybody who was given the permit's subject, oldest first: a report or a review of it (version 0), a release or
  // those of its threat objects that the reach covers, in whatever collection.
  virtual Result<std::vector<ReadMark>> reads_of(const policy::Reach& reach,
                                                 const policy::Permit<policy::action::SeeReaders>& permit) = 0;
};

}  // namespace hinomi::store
