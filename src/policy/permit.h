// Proof that an action was allowed to a person on a subject. Made only by permit<Action>(); every write of the store
// takes the permit of its action and reads the subject from it, so that the thing checked is the thing written.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "model/directory_change.h"
#include "model/label.h"
#include "model/relabelling.h"
#include "model/submission.h"
#include "policy/presence.h"
#include "policy/principal.h"
#include "policy/read_trail.h"
#include "policy/unnamed_actions.h"

namespace hinomi::policy {

// Each action names its subject, its rule and the scope a session needs for it. One with a purpose asks the person to
// show in the same request that they are there (policy/presence.h); without that proof its permit does not compile.
// Forbidden tells which right is missing; NotFound where even the existence of the subject is hidden (the caller has
// loaded the subject through a Reach before).
namespace action {

// A reporter or approver for the own organisation; a secretariat analyst for any (代理入力).
struct FileReport {
  static constexpr Scope kScope = Scope::Report;
  struct Subject {
    OrgId for_org;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// A new version of an existing report: the people of FileReport.
struct AmendReport {
  static constexpr Scope kScope = Scope::Report;
  struct Subject {
    ReportId report;
    OrgId owner;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// Say that something exists which this platform must not hold: a reporter or approver for the own organisation, an
// analyst of the secretariat for it. Invalid "pointer.not_yours" where its maker could not read it.
struct MakePointer {
  static constexpr Scope kScope = Scope::Report;
  struct Subject {
    OrgId org;
    Label label;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// End a pointer: the same people of the organisation that made it.
struct EndPointer {
  static constexpr Scope kScope = Scope::Report;
  struct Subject {
    PointerId pointer;
    OrgId owner;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// See of which open pointers of an organisation nobody in it is a reader any more: who administers it (its OrgAdmin; of
// the secretariat, operators of the platform). Never what they say.
struct SeeUnreadPointers {
  static constexpr Scope kScope = Scope::Administer;
  struct Subject {
    OrgId org;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// End such a pointer unread: the same people. NotFound while somebody of the organisation may still read it.
struct EndUnreadPointer {
  static constexpr Scope kScope = Scope::Administer;
  struct Subject {
    std::shared_ptr<const Directory> directory;
    PointerId pointer;
    OrgId owner;
    Label label;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// Record that a form of a report was handed in to an authority: the people of FileReport.
struct RecordSubmission {
  static constexpr Scope kScope = Scope::Report;
  struct Subject {
    ReportId report;
    OrgId owner;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// Record that its addressee has confirmed it: the people of FileReport.
struct ConfirmReceipt {
  static constexpr Scope kScope = Scope::Report;
  struct Subject {
    SubmissionId submission;
    OrgId owner;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// Take over the watch of the own organisation: its reporters, approvers and analysts.
struct TakeOver {
  static constexpr Scope kScope = Scope::Report;
  struct Subject {
    OrgId org;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// Prepare and edit what may be released: secretariat analysts.
struct EditReview {
  static constexpr Scope kScope = Scope::Review;
  struct Subject {
    ReviewId review;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// The originator's word on a release, before it is published and after: an approver of the reporting organisation.
struct ConsentToRelease {
  static constexpr Scope kScope = Scope::Approve;
  struct Subject {
    ReviewId review;
    OrgId owner;
    std::uint32_t revision = 0;  // the text it is about
  };
  static Status rule(const Principal& principal, const Subject& subject);
  static std::string purpose(const Subject& subject);  // "review.consent 5f0c… 3"
};

// One of two approvals: a secretariat analyst who has not approved this revision before.
struct ApproveRelease {
  static constexpr Scope kScope = Scope::Approve;
  struct Subject {
    ReviewId review;
    std::uint32_t revision = 0;
    std::vector<PersonId> approved_by;  // of this revision
  };
  static Status rule(const Principal& principal, const Subject& subject);
  static std::string purpose(const Subject& subject);  // "review.approve 5f0c… 3"
};

// Publish what two different people have approved. The second approver carries it out.
struct PublishRelease {
  static constexpr Scope kScope = Scope::Approve;
  struct Subject {
    ReviewId review;
    std::uint32_t revision = 0;
    std::vector<PersonId> approved_by;
  };
  static Status rule(const Principal& principal, const Subject& subject);
  static std::string purpose(const Subject& subject);  // of the approval that completed it
};

// Withdraw or correct a release, as a review of its own that two different people have approved.
struct AmendRelease {
  static constexpr Scope kScope = Scope::Approve;
  struct Subject {
    ReleaseId release;
    ReviewId review;
    std::uint32_t revision = 0;
    std::vector<PersonId> approved_by;
  };
  static Status rule(const Principal& principal, const Subject& subject);
  static std::string purpose(const Subject& subject);  // of the approval that completed it
};

// Other readers for a release, or an embargo. `consented` is the label that its originator agreed to.
struct LabelMove {
  ReleaseId release;
  Label from;
  Label to;
  Label consented;
  std::string reason;
};

// Bring it forward: an analyst of the secretariat. Conflict "relabelling.no_change"; Forbidden
// "relabelling.beyond_consent" where a part of the label is freer than the originator agreed to; Invalid
// "relabelling.locks_out" where the analyst could not read the release any more.
struct ProposeRelabelling {
  static constexpr Scope kScope = Scope::Approve;
  using Subject = LabelMove;
  static Status rule(const Principal& principal, const Subject& subject);
  // "release.relabel 5f0c… 9a1b…": of the release, and the SHA-256 of this very move with its reason.
  static std::string purpose(const Subject& subject);
};

// Agree to somebody else's proposal, which carries it out: another analyst, under the same rules.
struct AgreeToRelabelling {
  static constexpr Scope kScope = Scope::Approve;
  struct Subject {
    RelabellingId relabelling;
    PersonId proposed_by;
    LabelMove move;
  };
  static Status rule(const Principal& principal, const Subject& subject);
  static std::string purpose(const Subject& subject);  // "release.relabel.agree 5f0c… 9a1b…" of the proposal, as above
};

// Refuse a proposal, or take one's own back: an analyst of the secretariat.
struct RejectRelabelling {
  static constexpr Scope kScope = Scope::Approve;
  struct Subject {
    RelabellingId relabelling;
    ReleaseId release;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// Add to or delete from a TAXII collection whose writers include the person.
struct WriteCollection {
  static constexpr Scope kScope = Scope::Exchange;
  struct Subject {
    CollectionId collection;
    Label writers;  // who may write, as a label
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// Bring collected material in: secretariat analysts and operators of the platform.
struct ImportSources {
  static constexpr Scope kScope = Scope::Exchange;
  struct Subject {};
  static Status rule(const Principal& principal, const Subject& subject);
};

// Say that one's own logs matched: reporters, approvers and machines of any organisation that reads the release.
struct SendSighting {
  static constexpr Scope kScope = Scope::Sighting;
  struct Subject {
    ReleaseId release;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// Confirm receipt of a release one can read: any person.
struct Acknowledge {
  static constexpr Scope kScope = Scope::Read;
  struct Subject {
    ReleaseId release;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// See who was given a thing (the owner and auditors only, never peers). Of a
// report: reporters and approvers of the organisation that filed it, and auditors. Of a release: analysts of the
// secretariat, which owns it, and auditors. The caller has loaded the subject through a Reach before.
struct SeeReaders {
  static constexpr Scope kScope = Scope::Read;
  struct Subject {
    ReadKind kind = ReadKind::Report;  // Report or Release
    Uuid id{};
    OrgId owner;  // of a report
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// Directory, credentials, collections, keys: operators of the platform.
struct Administer {
  static constexpr Scope kScope = Scope::Administer;
  struct Subject {};
  static Status rule(const Principal& principal, const Subject& subject);
};

// A change of the directory, weighed against the directory as it is now (policy/authority.h).
struct WeighedChange {
  std::shared_ptr<const Directory> directory;
  DirectoryChange change;
};

// Bring a change forward, or carry a pure loss out at once: whoever may_change it.
struct ProposeDirectoryChange {
  static constexpr Scope kScope = Scope::Administer;
  using Subject = WeighedChange;
  static Status rule(const Principal& principal, const Subject& subject);
  // "directory.propose 9a1b…": the SHA-256 of what it does and why (change_text), as it has no name before it is there.
  static std::string purpose(const Subject& subject);
};

// Agree to somebody else's open change: people of the secretariat who may_change it themselves.
struct AgreeToDirectoryChange {
  static constexpr Scope kScope = Scope::Administer;
  using Subject = WeighedChange;
  static Status rule(const Principal& principal, const Subject& subject);
  static std::string purpose(const Subject& subject);  // "directory.agree 5f0c… 9a1b…"
};

// Carry it out: a pure loss by whoever may propose it; anything else once two different people of the secretariat, who
// may both still change it, have agreed.
struct CarryOutDirectoryChange {
  static constexpr Scope kScope = Scope::Administer;
  using Subject = WeighedChange;
  static Status rule(const Principal& principal, const Subject& subject);
  static std::string purpose(
      const Subject& subject);  // of proposing a pure loss; else of the agreement that completed it
};

// Refuse an open change: its proposer, or people of the secretariat who may_change it.
struct RejectDirectoryChange {
  static constexpr Scope kScope = Scope::Administer;
  using Subject = WeighedChange;
  static Status rule(const Principal& principal, const Subject& subject);
};

// Record by which other channel somebody proved to be who they say (電話確認), which ends their quarantine: people of
// the secretariat who stand above them.
struct EndQuarantine {
  static constexpr Scope kScope = Scope::Administer;
  struct Subject {
    std::shared_ptr<const Directory> directory;
    PersonId person;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// Keep the clearances of the own people: its 情報保全担当, where the installation keeps a register. Never confirm the
// own one: Forbidden "clearance.own".
struct KeepClearances {
  static constexpr Scope kScope = Scope::Administer;
  struct Subject {
    std::shared_ptr<const Directory> directory;
    OrgId org;
    PersonId confirmed{};  // of whom a clearance is confirmed; nobody where the register is only read, or one ended
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// What the clock brings: delegations that begin and end, proposals, invitations and clearances that expire.
struct CarryOutDue {
  static constexpr Scope kScope = Scope::Administer;
  struct Subject {
    Instant now;
  };
  static Status rule(const Principal& principal, const Subject& subject);  // nobody: the machine's own
};

// One's own sessions, tokens and password.
struct ManageAccount {
  static constexpr Scope kScope = Scope::Administer;
  struct Subject {
    PersonId person;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// End one's own sessions, tokens and certificates: one that is not the asking session, or all. Leaving the asking
// session needs no permit.
struct EndSessions {
  static constexpr Scope kScope = Scope::Administer;
  struct Subject {
    PersonId person;
  };
  static Status rule(const Principal& principal, const Subject& subject);
  static std::string purpose(const Subject& subject);  // "account.sessions"
};

// One's own second factors: one-time codes and passkeys.
struct ChangeFactors {
  static constexpr Scope kScope = Scope::Administer;
  struct Subject {
    PersonId person;
  };
  static Status rule(const Principal& principal, const Subject& subject);
  static std::string purpose(const Subject& subject);  // "account.factors"
};

// A new API token of one's own.
struct IssueToken {
  static constexpr Scope kScope = Scope::Administer;
  struct Subject {
    PersonId person;
  };
  static Status rule(const Principal& principal, const Subject& subject);
  static std::string purpose(const Subject& subject);  // "account.token"
};

}  // namespace action

// Forbidden "permit.scope" when the session was not made for this.
Status check_scope(const Principal& principal, Scope scope);

template <class Action>
class Permit {
 public:
  [[nodiscard]] const PersonId& actor() const { return actor_; }
  [[nodiscard]] const OrgId& org() const { return org_; }
  [[nodiscard]] std::uint64_t epoch() const { return epoch_; }
  [[nodiscard]] const typename Action::Subject& subject() const { return subject_; }

 private:
  template <class A>
  friend Result<Permit<A>> permit(const Principal& principal, typename A::Subject subject);
  template <class A>
  friend Result<Permit<A>> permit(const Principal& principal, typename A::Subject subject, const Presence& proof);
  friend class MachineRoom;
  Permit(PersonId actor, OrgId org, std::uint64_t epoch, typename Action::Subject subject)
      : actor_(actor), org_(org), epoch_(epoch), subject_(std::move(subject)) {}
  PersonId actor_;
  OrgId org_;
  std::uint64_t epoch_;
  typename Action::Subject subject_;
};

template <class A>
concept NeedsPresence = requires(const typename A::Subject& subject) { A::purpose(subject); };

// Whether the person may do it at all, presence apart: for what an interface offers.
template <class A>
Status allows(const Principal& principal, const typename A::Subject& subject) {
  TRY_OK(check_scope(principal, A::kScope));
  return A::rule(principal, subject);
}

template <class A>
Result<Permit<A>> permit(const Principal& principal, typename A::Subject subject) {
  static_assert(!NeedsPresence<A>, "this act needs proof that the person is there: flow/step_up.h");
  TRY_OK(allows<A>(principal, subject));
  return Permit<A>(principal.person, principal.org, principal.epoch, std::move(subject));
}

// Forbidden "step_up.other" when the proof is of another person or for another purpose.
template <class A>
Result<Permit<A>> permit(const Principal& principal, typename A::Subject subject, const Presence& proof) {
  TRY_OK(allows<A>(principal, subject));
  TRY_OK(proof.covers(principal.person, A::purpose(subject)));
  return Permit<A>(principal.person, principal.org, principal.epoch, std::move(subject));
}

// What the program does by itself, before or beside any person: each is a named principal that shows in the audit
// trail.
class MachineRoom {
 public:
  // `hinomi admin` and `hinomi demo` on the machine that holds the data directory: whoever can write it is its
  // operator.
  static Permit<action::Administer> local_operator();
  // The same operator, for the invitation of one person who has not signed in yet.
  static Permit<action::EndQuarantine> local_inviter(PersonId person);
  // The scheduled collector.
  static Permit<action::ImportSources> collector();
  // The scheduled step.
  static Permit<action::CarryOutDue> scheduler(Instant now);
  // Whoever tells something without a name, signed in or not: never a person.
  static Permit<action::KeepUnnamedDoor> unnamed_door();
};

}  // namespace hinomi::policy
