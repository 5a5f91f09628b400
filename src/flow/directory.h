// Administration of people and rights: propose, agree, refuse; invite and prove; look somebody up. What nobody may know
// of is NotFound. Every function takes the caller as made for this request; rights are weighed against the directory of
// that moment again when something is written.
#pragma once

#include <string>
#include <vector>

#include "flow/caller.h"
#include "flow/directory_draft.h"
#include "flow/invitation.h"
#include "flow/repeat.h"
#include "flow/step_up.h"

namespace hinomi::flow {

inline constexpr std::chrono::hours kProposalStands{24 * 14};
inline constexpr int kLookUpsPerDay = 30;

// Whether the caller sees changes of the directory at all: the secretariat all, an administrator the own.
bool sees_changes(const Caller& caller);

// Whether the caller may bring any change forward. Forbidden "authority.…".
Status check_may_propose(const Caller& caller);
// From rows to a change, with the caller's note. Forbidden "authority.…" where the caller may not bring it forward,
// unless there are problems to be told first.
Result<DirectoryDraft> draft_directory_change(const Platform& platform, const Caller& caller,
                                              const std::vector<DirectoryRow>& rows, Completeness completeness);

struct DecidedChange {
  DirectoryChange change;
  std::vector<IssuedInvitation> invitations;  // of a change just carried out: shown once, to whoever calls the people
};
// What somebody proposes, and how they show that they are there.
struct DirectoryProposal {
  DirectoryDraft draft;
  std::string note;
  StepUpAnswer step_up;
};
// A pure loss is carried out at once, anything else waits for the second person; both ask for proof that the person is
// there, last, as agreeing does. Invalid "directory.problems" while the draft has any. A repeat with the same key gives
// the change that it made before.
Result<DecidedChange> propose_directory_change(const Platform& platform, const Caller& caller,
                                               const DirectoryProposal& proposal,
                                               const std::optional<RepeatKey>& repeat);
// Agrees, with proof that the person is there, and carries out when enough people of the secretariat have. The proof is
// asked for last, so that a code is not used up for what could not be agreed to anyway.
Result<DecidedChange> agree_to_directory_change(const Platform& platform, const Caller& caller,
                                                const DirectoryChangeId& id, const StepUpAnswer& step_up);
// Whether the caller could agree, or carry out what two people agreed to: for what an interface offers.
bool may_agree(const Caller& caller, const DirectoryChange& change);
Result<DirectoryChange> reject_directory_change(const Platform& platform, const Caller& caller,
                                                const DirectoryChangeId& id);
Result<DirectoryChange> find_directory_change(const Platform& platform, const Caller& caller, std::string_view id);
// Newest first; `next` continues.
Result<store::Listed<DirectoryChange>> directory_changes(const Platform& platform, const Caller& caller,
                                                         const store::Page& page);

// A new code for somebody who has not signed in yet; the one before is void.
Result<IssuedInvitation> invite_again(const Platform& platform, const Caller& caller, std::string_view person);
// Sets the password of the person invited, who then signs in. Forbidden "invitation.unknown" for every reason alike;
// Unavailable "signin.too_many" above the limits; Invalid as check_new_password (flow/account.h).
struct Acceptance {
  std::string code;
  SecretText password;
  std::string source;  // network address
};
Status accept_invitation(const Platform& platform, const Acceptance& acceptance);
// The secretariat's record of how somebody proved who they are ("電話確認: 会員名簿の番号"); ends the quarantine.
Status record_proof(const Platform& platform, const Caller& caller, std::string_view person,
                    const std::string& channel);

// One person by the exact login or mail address. NotFound when there is none; Unavailable "directory.too_many_lookups"
// after kLookUpsPerDay in a day; Forbidden "directory.quarantined". An address that belongs to nobody's real person
// answers like any other and tells the operators.
Result<Person> look_up(const Platform& platform, const Caller& caller, std::string_view address);
// The people of an organisation: the own, or for the secretariat any.
Result<std::vector<Person>> people_of(const Caller& caller, std::optional<std::string_view> org);

// New accounts are slow until somebody has called them: Unavailable "quarantine.too_many" over 60 requests in 10
// minutes.
Status slow_down_the_new(const Platform& platform, const Caller& caller);

// A group as the caller may see it: those of a blind group only by the secretariat, otherwise a rough count from five
// on.
struct SeenGroup {
  Group group;
  bool shows_members = false;
  std::string count_bucket;  // "5-9", "10-19", "20+"; empty below five and where members are shown
};
// The caller's own; for the secretariat all.
std::vector<SeenGroup> seen_groups(const Caller& caller);

// What the clock brings; called about every second by the server's workers.
Status carry_out_due(const Platform& platform);

}  // namespace hinomi::flow
