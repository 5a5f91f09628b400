// Changes of the directory that two people agree to, invitations, and the clearance register. Part of the storage
// interface (store/store.h says what all of it promises).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/directory_change.h"
#include "policy/permit.h"
#include "policy/reading.h"
#include "store/records.h"

namespace hinomi::store {

using policy::Permit;
using policy::Reach;
namespace action = policy::action;

// How much stands under some labels, counted to at most kCountedAtMost of each.
struct LabelCounts {
  std::size_t labels = 0;
  std::size_t reports = 0;
  std::size_t releases = 0;
  std::size_t cases = 0;
  std::size_t objects = 0;  // threat objects
  bool operator==(const LabelCounts&) const = default;
};
inline constexpr std::size_t kCountedAtMost = 1000;

// One use within its time lets a new person set a password.
struct Invitation {
  PersonId person;
  Sha256 code_hash{};
  Instant expires_at;
};

// The beginning of an installation: its first organisation, people and groups, and how those people come in.
struct Foundation {
  Directory directory;
  std::vector<Invitation> invitations;
  Label label;  // of the ledger entry: who may open what it commits to
};

// DOMAIN-JAPAN §3.4: nothing else is kept, and that there is none is the only way to say no.
struct Clearance {
  ClearanceId id;
  PersonId person;
  std::string scope;     // a label, no text
  std::string contract;  // number of the organisation's contract
  Day valid_until;       // Asia/Tokyo
  Day consented_on;      // the person's consent to being in this register
  PersonId confirmed_by;
};
struct ClearanceAccess {
  PersonId by;
  std::string what;  // "listed", "confirmed", "ended"
  Instant at;
};

class DirectoryStore {
 public:
  virtual ~DirectoryStore() = default;
  // All of it or nothing. Conflict "founding.not_empty" once anybody or any organisation is in the directory.
  virtual Status found(const Permit<action::Administer>& permit, const Foundation& foundation,
                       const Alongside& with) = 0;
  // Keeps the permit's change as proposed. All four: Conflict "directory.moved_on" when the directory is no longer the
  // one it was weighed against, "directory.closed" when the change was decided meanwhile.
  virtual Status propose_change(const Permit<action::ProposeDirectoryChange>& permit, const Alongside& with) = 0;
  // Adds the actor's agreement and returns the change with it.
  virtual Result<DirectoryChange> agree_to_change(const Permit<action::AgreeToDirectoryChange>& permit, Instant at) = 0;
  // Writes the change's records, ends the sessions of those who are no longer active, raises the epoch and appends a
  // gain for every label that somebody may read now. A change not proposed before is kept as carried out. New epoch.
  virtual Result<std::uint64_t> carry_out_change(const Permit<action::CarryOutDirectoryChange>& permit,
                                                 const Alongside& with) = 0;
  virtual Status reject_change(const Permit<action::RejectDirectoryChange>& permit, Instant at) = 0;
  virtual Result<DirectoryChange> directory_change(const DirectoryChangeId& id) = 0;
  virtual Result<Listed<DirectoryChange>> directory_changes(const Page& page) = 0;  // newest first
  virtual Result<Listed<DirectoryChange>> directory_changes_by(const PersonId& proposer, const Page& page) = 0;
  // Over those of `labels` that the reach covers.
  virtual Result<LabelCounts> label_counts(const Reach& reach, std::span<const LabelId> labels) = 0;
  // Delegations that begin or end, proposals and invitations and clearances that expired, embargoes that lift by the
  // permit's time. True when rights changed.
  virtual Result<bool> carry_out_due(const Permit<action::CarryOutDue>& permit) = 0;

  // Of the permit's person; replaces an earlier one. Conflict "invitation.not_new" for somebody who can sign in
  // already: an invitation is no way to replace a password.
  virtual Status put_invitation(const Permit<action::EndQuarantine>& permit, const Invitation& invitation) = 0;
  // Once: sets the password and forgets the invitation. NotFound when unknown, used or expired.
  virtual Result<PersonId> use_invitation(const Sha256& code_hash, const std::string& password_hash, Instant now) = 0;
  // Puts these on their way, alongside nothing else.
  virtual Status tell(std::span<const OutboxEntry> entries, Instant at) = 0;
  virtual Status end_quarantine(const Permit<action::EndQuarantine>& permit, std::string_view channel, Instant at) = 0;

  virtual Status keep_clearance_register(const Permit<action::Administer>& permit, bool on) = 0;
  // Of people of the permit's organisation only; each call leaves a row in the log of accesses.
  virtual Status put_clearance(const Permit<action::KeepClearances>& permit, const Clearance& clearance,
                               Instant at) = 0;
  virtual Status end_clearance(const Permit<action::KeepClearances>& permit, const ClearanceId& id, Instant at) = 0;
  virtual Result<std::vector<Clearance>> clearances(const Permit<action::KeepClearances>& permit, Instant at) = 0;
  virtual Result<std::vector<ClearanceAccess>> clearance_accesses(
      const Permit<action::KeepClearances>& permit) = 0;  // newest first
};

}  // namespace hinomi::store
