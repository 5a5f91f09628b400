// The clearance register (DOMAIN-JAPAN §3.4): off unless the machine's operator turned it on, least data, kept by each
// organisation's own 情報保全担当. Everything here is NotFound while it is off. Content that needs a clearance is never
// held by this platform; the register serves the yes or no of the reading rule.
#pragma once

#include <string>
#include <vector>

#include "flow/caller.h"

namespace hinomi::flow {

// What is confirmed about one person. Nothing else can be said.
struct ClearanceDraft {
  std::string person;        // opaque id
  std::string scope;         // a to z, 0 to 9, - and _; at most 40
  std::string contract;      // A to Z, 0 to 9 and -; at most 40: the number of the organisation's contract
  std::string valid_until;   // day in Asia/Tokyo, at most ten years from now
  std::string consented_on;  // day of the person's consent, not later than today
};
// NotFound for a person of another organisation; Forbidden "clearance.own" for oneself. Invalid "clearance.…" names the
// field.
Result<store::Clearance> confirm_clearance(const Platform& platform, const Caller& caller, const ClearanceDraft& draft);
// Withdrawn, expired early or wrong: the row goes, and nothing says why.
Status end_clearance(const Platform& platform, const Caller& caller, std::string_view id);

struct ClearanceRegister {
  std::vector<store::Clearance> clearances;
  std::vector<store::ClearanceAccess> accesses;  // newest first, this one too
};
// The reading is in the log before the answer is here.
Result<ClearanceRegister> read_clearances(const Platform& platform, const Caller& caller);

}  // namespace hinomi::flow
