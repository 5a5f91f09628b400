// 引き継ぎ: the memo for the next shift, which writes itself from what is stored, and taking the watch over. What is
// taken over is what was read: its hash goes with the act, and a memo that has moved on meanwhile is read again first.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flow/own_work.h"
#include "flow/repeat.h"
#include "store/handover_store.h"

namespace hinomi::flow {

// A form of an own report that somebody has to look after.
struct PendingForm {
  HumanNumber number;
  SubmissionStanding standing;
};

struct HandoverMemo {
  OrgId org;
  std::optional<store::Handover> watch;  // who keeps it now
  std::vector<RunningClock> clocks;      // of own reports, nearest first
  bool is_partial = false;               // there are more reports than a memo looks at; older ones are left out
  std::vector<ReportVersion> changed;    // filed since the watch was taken, newest first; all recent ones without one
  std::vector<PendingForm> stale;        // they no longer say what the report says
  std::vector<PendingForm> unconfirmed;  // nobody has said yet that they arrived
  std::vector<store::Review> reviews;    // open, for those who work on them
  std::string digest;                    // SHA-256 of what it names, hex: the same while nothing has happened
};

// Of the caller's own organisation: over the newest two hundred of its reports among the newest two thousand that the
// caller may read; `is_partial` when there are more. Forbidden without the scope of reading.
Result<HandoverMemo> handover_memo(const Platform& platform, const Caller& caller);

// Takes the watch over with the memo of this digest. Conflict "handover.moved_on" when something has happened since it
// was read, "handover.taken" when somebody else was faster. Returns the memo with the new watch.
Result<HandoverMemo> take_over(const Platform& platform, const Caller& caller, const std::string& digest,
                               const std::optional<RepeatKey>& repeat);

}  // namespace hinomi::flow
