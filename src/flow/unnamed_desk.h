// The secretariat's side of reports without a name: read them, answer, close, make a report of one, and, two people
// together, see who the reporter is. Whoever may not read them is told nothing of them: NotFound.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flow/caller.h"
#include "flow/repeat.h"
#include "flow/step_up.h"
#include "model/report.h"
#include "model/unnamed_report.h"

namespace hinomi::flow {

// An entry whose content nobody can find out by trying what it may have been: of some reports there are a hundred
// possible texts, and the ledger outlives them.
store::LedgerEntry blind_entry(const Platform& platform, std::string_view kind, const UnnamedId& id,
                               std::string_view text);

bool may_read_unnamed(const Caller& caller);
// Newest first, without talk. Forbidden "permit.analyst".
Result<store::Listed<UnnamedReport>> unnamed_reports(const Platform& platform, const Caller& caller,
                                                     const store::Page& page);
Result<UnnamedReport> find_unnamed(const Platform& platform, const Caller& caller, std::string_view id);

// Both give it as it is then. Invalid "unnamed.text"; Conflict "unnamed.closed"; TooLarge "unnamed.talk_full".
Result<UnnamedReport> answer_unnamed(const Platform& platform, const Caller& caller, const UnnamedReport& report,
                                     const std::string& text, const std::optional<RepeatKey>& repeat);
Result<UnnamedReport> close_unnamed(const Platform& platform, const Caller& caller, const UnnamedReport& report);

// Files it as a report of the secretariat itself, marked with the fact src.unnamed and linked to its origin in the same
// transaction. Errors of check_report and file_report; Conflict "unnamed.filed" when one was made of it before.
Result<ReportVersion> file_unnamed(const Platform& platform, const Caller& caller, const UnnamedReport& report,
                                   ReportDraft draft, const std::optional<RepeatKey>& repeat);

// --- who the reporter is

// Whether they left it; nothing for whoever may not propose to open it.
std::optional<bool> identity_left(const Caller& caller, const UnnamedReport& report);

struct IdentityWish {
  std::string reason;  // 1 to 1,000 bytes, for the desk
  StepUpAnswer step_up;
};
// Asks for presence last, as agreeing does. Invalid "unnamed.reason"; Conflict "unnamed.no_identity" when none was
// left.
Result<UnnamedReport> propose_identity(const Platform& platform, const Caller& caller, const UnnamedReport& report,
                                       const IdentityWish& wish);
// The second person's consent. Conflict "unnamed.opening_closed"; NotFound when there is no such request.
Result<UnnamedReport> open_identity(const Platform& platform, const Caller& caller, const UnnamedReport& report,
                                    std::string_view opening, const StepUpAnswer& step_up);
Result<UnnamedReport> reject_identity(const Platform& platform, const Caller& caller, const UnnamedReport& report,
                                      std::string_view opening);
// Nothing unless the caller is one of two who opened it; a read of its own in the record of reads.
Result<std::optional<UnnamedIdentity>> opened_identity(const Platform& platform, const Caller& caller,
                                                       const UnnamedReport& report);

struct UnnamedAbilities {
  bool answer = false;
  bool close = false;
  bool file = false;
  bool propose_identity = false;
};
UnnamedAbilities unnamed_abilities(const Caller& caller, const UnnamedReport& report);
struct OpeningAbilities {
  bool agree = false;
  bool reject = false;
};
OpeningAbilities opening_abilities(const Caller& caller, const UnnamedReport& report, const IdentityOpening& opening);

// To every analyst of the secretariat, but not to `but`.
std::vector<store::OutboxEntry> notices_to_analysts(const Directory& directory, std::string_view kind,
                                                    const UnnamedId& id,
                                                    const std::optional<PersonId>& but = std::nullopt);

}  // namespace hinomi::flow
