// Who saw what. A mark stands for "this person was given this version in this hour"; it is durable before the answer
// leaves. Further reads of the same hour add nothing, so marks grow with readers and things, not with requests.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
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

// What was handed in, on its way to the disk. Safe on any thread.
class Recording {
 public:
  virtual ~Recording() = default;
  // Calls once, when it is durable or refused, on a thread of the store: it may only post. At once when that is past.
  virtual void on_settled(std::function<void()> call) = 0;
  // How long an answer may wait for it.
  [[nodiscard]] virtual std::chrono::milliseconds patience() const = 0;
  // Ok when durable. Unavailable when refused, "read.not_recorded" when not settled yet: the answer must not leave.
  [[nodiscard]] virtual Status outcome() const = 0;
  // outcome(), after waiting for it no longer than the patience.
  [[nodiscard]] virtual Status wait() const = 0;
};

class ReadStore {
 public:
  virtual ~ReadStore() = default;
  // Null when every note is durable already, from an earlier call of the same hour. Unavailable "read.queue_full": the
  // answer must not leave.
  virtual Result<std::shared_ptr<Recording>> hand_in_reads(const ReadRecord& record) = 0;
  // The same, and waits for it.
  Status record_reads(const ReadRecord& record) {
    TRY(const auto recording, hand_in_reads(record));
    return recording ? recording->wait() : Status();
  }
  // Everybody who was given the permit's subject, oldest first: a report or a review of it (version 0), a release or
  // those of its threat objects that the reach covers, in whatever collection.
  virtual Result<std::vector<ReadMark>> reads_of(const policy::Reach& reach,
                                                 const policy::Permit<policy::action::SeeReaders>& permit) = 0;
};

}  // namespace hinomi::store
