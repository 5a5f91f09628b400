#include "policy/permit.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/json.h"
#include "policy/authority.h"
#include "policy/readers.h"
#include "policy/reading.h"

namespace hinomi::policy {
namespace {

Error lacks(std::string_view code, std::string_view who) {
  return forbidden(std::string(code),
                   "This needs " + std::string(who) + ". Ask your administrator or the secretariat.");
}

bool is_analyst(const Principal& principal) {
  return principal.org_kind == OrgKind::Secretariat && principal.has(Role::Analyst);
}

bool is_platform_operator(const Principal& principal) {
  return principal.org_kind == OrgKind::Secretariat && principal.has(Role::Operator);
}

bool may_speak_for(const Principal& principal, const OrgId& org) {
  const bool own = principal.org == org && (principal.has(Role::Reporter) || principal.has(Role::Approver));
  return own || is_analyst(principal);
}

// Of their own organisation, which for an analyst is the secretariat.
Status speaks_for_own(const Principal& principal, const OrgId& org) {
  if (principal.org == org && may_speak_for(principal, org)) return {};
  return lacks("permit.pointer", "a reporter or approver of the organisation that it is of");
}

Status check_move(const Principal& principal, const action::LabelMove& move) {
  if (move.to == move.from) return conflict("relabelling.no_change", "The release stands under this label already.");
  Label bound = move.consented;
  bound.embargo_until = move.to.embargo_until;  // an instant adds a condition; without one the rest decides
  if (stricter(bound, move.to) != move.to) {
    return forbidden("relabelling.beyond_consent",
                     "The organisation that reported agreed to fewer readers. Ask it in a new review first.");
  }
  if (admits(principal, move.from) && admits(principal, move.to)) return {};
  return invalid("relabelling.locks_out", "You could not read the release any more, so nobody could undo it.");
}

Status analyst_only(const Principal& principal) {
  if (!is_analyst(principal)) return lacks("permit.analyst", "an analyst of the secretariat");
  return {};
}

Status own_account(const Principal& principal, const PersonId& person) {
  if (principal.person != person) return lacks("permit.own_account", "to be the person whose account it is");
  return {};
}

bool contains(const std::vector<PersonId>& people, const PersonId& person) {
  return std::ranges::find(people, person) != people.end();
}

std::size_t distinct(std::vector<PersonId> people) {
  std::ranges::sort(people);
  return static_cast<std::size_t>(std::ranges::unique(people).begin() - people.begin());
}

Status secretariat_only(const Principal& principal) {
  if (standing_of(principal) < Standing::Secretariat)
    return lacks("permit.secretariat", "an analyst of the secretariat or an operator of the platform");
  return {};
}

Status still_open(const DirectoryChange& change) {
  if (change.state == ChangeState::Proposed) return {};
  return conflict("directory.closed", "This change was decided before. Propose a new one.");
}

// The people of the secretariat who agreed and may still make this change themselves.
std::size_t standing_agreements(const action::WeighedChange& subject) {
  std::vector<PersonId> people;
  for (const Agreement& agreement : subject.change.agreed) {
    const auto who = principal_of(*subject.directory, agreement.person);
    if (!who.ok() || !secretariat_only(*who).ok()) continue;
    if (may_change(*subject.directory, *who, subject.change).ok()) people.push_back(agreement.person);
  }
  return distinct(std::move(people));
}

// Fixed ids, so that the audit trail names the same machine principal on every installation.
PersonId machine_person(std::uint8_t number) {
  Uuid uuid{};
  uuid[6] = 0x40;
  uuid[8] = 0x80;
  uuid[15] = number;
  return PersonId(uuid);
}

std::string purpose_about(std::string_view act, const ReviewId& review, std::uint32_t revision) {
  return std::string(act) + " " + review.text() + " " + std::to_string(revision);
}

std::string purpose_of_approval(const ReviewId& review, std::uint32_t revision) {
  return purpose_about("review.approve", review, revision);
}

std::string digest_of(const action::LabelMove& move) {
  JsonWriter text;
  text.begin_object().member("release", move.release.text()).member("from", canonical_text(move.from));
  text.member("to", canonical_text(move.to)).member("consented", canonical_text(move.consented));
  return to_hex(sha256(text.member("reason", move.reason).end_object().take()));
}

std::string digest_of(const DirectoryChange& change) { return to_hex(sha256(change_text(change))); }

Status administers(const Principal& principal, const OrgId& org) {
  const bool administrator = principal.has(Role::OrgAdmin) || is_platform_operator(principal);
  if (principal.org == org && administrator && !principal.quarantined) return {};
  return lacks("permit.org_administrator", "an administrator of your organisation");
}

}  // namespace

namespace action {

std::string ConsentToRelease::purpose(const Subject& subject) {
  return purpose_about("review.consent", subject.review, subject.revision);
}
std::string ApproveRelease::purpose(const Subject& subject) {
  return purpose_of_approval(subject.review, subject.revision);
}
std::string PublishRelease::purpose(const Subject& subject) {
  return purpose_of_approval(subject.review, subject.revision);
}
std::string AmendRelease::purpose(const Subject& subject) {
  return purpose_of_approval(subject.review, subject.revision);
}

Status FileReport::rule(const Principal& principal, const Subject& subject) {
  if (!may_speak_for(principal, subject.for_org))
    return lacks("permit.reporter", "the right to report for this organisation");
  return {};
}

Status AmendReport::rule(const Principal& principal, const Subject& subject) {
  if (!may_speak_for(principal, subject.owner))
    return lacks("permit.reporter", "the right to report for this organisation");
  return {};
}

Status MakePointer::rule(const Principal& principal, const Subject& subject) {
  TRY_OK(speaks_for_own(principal, subject.org));
  if (admits(principal, subject.label)) return {};
  return invalid("pointer.not_yours",
                 "You could not read this pointer yourself, so nobody could end it. Choose others.");
}

Status EndPointer::rule(const Principal& principal, const Subject& subject) {
  return speaks_for_own(principal, subject.owner);
}

Status SeeUnreadPointers::rule(const Principal& principal, const Subject& subject) {
  return administers(principal, subject.org);
}

Status EndUnreadPointer::rule(const Principal& principal, const Subject& subject) {
  TRY_OK(administers(principal, subject.owner));
  const auto orgs = readers_of(*subject.directory, subject.label).orgs;
  if (std::ranges::find(orgs, subject.owner) != orgs.end()) return not_found();
  return {};
}

Status RecordSubmission::rule(const Principal& principal, const Subject& subject) {
  if (!may_speak_for(principal, subject.owner))
    return lacks("permit.reporter", "the right to report for this organisation");
  return {};
}

Status ConfirmReceipt::rule(const Principal& principal, const Subject& subject) {
  if (!may_speak_for(principal, subject.owner))
    return lacks("permit.reporter", "the right to report for this organisation");
  return {};
}

Status TakeOver::rule(const Principal& principal, const Subject& subject) {
  if (principal.org != subject.org || !may_speak_for(principal, subject.org))
    return lacks("permit.watch", "the right to keep the watch of this organisation");
  return {};
}

Status EditReview::rule(const Principal& principal, const Subject&) { return analyst_only(principal); }

Status ConsentToRelease::rule(const Principal& principal, const Subject& subject) {
  if (principal.org != subject.owner || !principal.has(Role::Approver)) {
    return lacks("permit.consent", "an approver of the organisation that reported");
  }
  return {};
}

Status ApproveRelease::rule(const Principal& principal, const Subject& subject) {
  TRY_OK(analyst_only(principal));
  if (contains(subject.approved_by, principal.person)) {
    return forbidden("permit.second_person",
                     "You have approved this text already; the second approval is another person's.");
  }
  return {};
}

Status PublishRelease::rule(const Principal& principal, const Subject& subject) {
  TRY_OK(analyst_only(principal));
  if (distinct(subject.approved_by) < 2) return lacks("permit.two_people", "the approval of two different people");
  return {};
}

Status AmendRelease::rule(const Principal& principal, const Subject& subject) {
  TRY_OK(analyst_only(principal));
  if (distinct(subject.approved_by) < 2) return lacks("permit.two_people", "the approval of two different people");
  return {};
}

Status ProposeRelabelling::rule(const Principal& principal, const Subject& subject) {
  TRY_OK(analyst_only(principal));
  return check_move(principal, subject);
}

std::string ProposeRelabelling::purpose(const Subject& subject) {
  return "release.relabel " + subject.release.text() + " " + digest_of(subject);
}

Status AgreeToRelabelling::rule(const Principal& principal, const Subject& subject) {
  TRY_OK(analyst_only(principal));
  if (subject.proposed_by == principal.person)
    return forbidden("permit.other_person", "The second person is somebody else than who proposed or agreed before.");
  return check_move(principal, subject.move);
}

std::string AgreeToRelabelling::purpose(const Subject& subject) {
  return "release.relabel.agree " + subject.relabelling.text() + " " + digest_of(subject.move);
}

Status RejectRelabelling::rule(const Principal& principal, const Subject&) { return analyst_only(principal); }

Status KeepUnnamedDoor::rule(const Principal&, const Subject&) { return lacks("permit.machine", "the program itself"); }

Status ReadUnnamed::rule(const Principal& principal, const Subject&) { return analyst_only(principal); }

Status AnswerUnnamed::rule(const Principal& principal, const Subject&) { return analyst_only(principal); }

namespace {

// Whose telephone call was not made yet may be somebody else.
Status known_analyst(const Principal& principal) {
  TRY_OK(analyst_only(principal));
  if (principal.quarantined) return lacks("permit.analyst", "an analyst whose account was confirmed by telephone");
  return {};
}

}  // namespace

Status ProposeIdentity::rule(const Principal& principal, const Subject&) { return known_analyst(principal); }

std::string ProposeIdentity::purpose(const Subject& subject) { return "unnamed.identity " + subject.unnamed.text(); }

Status AgreeToIdentity::rule(const Principal& principal, const Subject& subject) {
  TRY_OK(known_analyst(principal));
  if (subject.proposed_by == principal.person)
    return forbidden("permit.other_person", "The second person is somebody else than who proposed or agreed before.");
  return {};
}

std::string AgreeToIdentity::purpose(const Subject& subject) {
  return "unnamed.identity.agree " + subject.opening.text();
}

Status RejectIdentity::rule(const Principal& principal, const Subject&) { return analyst_only(principal); }

Status WriteCollection::rule(const Principal& principal, const Subject& subject) {
  if (!admits(principal, subject.writers)) return lacks("permit.collection", "the right to write to this collection");
  return {};
}

Status ImportSources::rule(const Principal& principal, const Subject&) {
  if (!is_analyst(principal) && !is_platform_operator(principal))
    return lacks("permit.import", "an analyst of the secretariat");
  return {};
}

Status SendSighting::rule(const Principal& principal, const Subject&) {
  if (!principal.has(Role::Reporter) && !principal.has(Role::Approver) && !principal.has(Role::Machine)) {
    return lacks("permit.sighting", "the right to report for your organisation");
  }
  return {};
}

Status Acknowledge::rule(const Principal&, const Subject&) { return {}; }

Status SeeReaders::rule(const Principal& principal, const Subject& subject) {
  if (principal.org_kind == OrgKind::Auditor && principal.has(Role::Auditor)) return {};
  if (subject.kind == ReadKind::Release) return analyst_only(principal);
  const bool owns = principal.org == subject.owner && (principal.has(Role::Reporter) || principal.has(Role::Approver));
  if (subject.kind != ReadKind::Report || !owns)
    return lacks("permit.see_readers", "the organisation whose report this is, or an auditor");
  return {};
}

Status Administer::rule(const Principal& principal, const Subject&) {
  if (!is_platform_operator(principal)) return lacks("permit.operator", "an operator of the platform");
  return {};
}

Status ProposeDirectoryChange::rule(const Principal& principal, const Subject& subject) {
  return may_change(*subject.directory, principal, subject.change);
}

std::string ProposeDirectoryChange::purpose(const Subject& subject) {
  return "directory.propose " + digest_of(subject.change);
}

Status AgreeToDirectoryChange::rule(const Principal& principal, const Subject& subject) {
  TRY_OK(secretariat_only(principal));
  TRY_OK(still_open(subject.change));
  const auto by_actor = [&](const Agreement& agreement) { return agreement.person == principal.person; };
  if (subject.change.proposed_by == principal.person || std::ranges::any_of(subject.change.agreed, by_actor))
    return forbidden("permit.other_person", "The second person is somebody else than who proposed or agreed before.");
  return may_change(*subject.directory, principal, subject.change);
}

std::string AgreeToDirectoryChange::purpose(const Subject& subject) {
  return "directory.agree " + subject.change.id.text() + " " + digest_of(subject.change);
}

Status CarryOutDirectoryChange::rule(const Principal& principal, const Subject& subject) {
  TRY_OK(still_open(subject.change));
  TRY_OK(may_change(*subject.directory, principal, subject.change));
  if (is_pure_loss(subject.change) || standing_agreements(subject) >= 2) return {};
  return lacks("permit.two_people", "the agreement of two different people of the secretariat");
}

std::string CarryOutDirectoryChange::purpose(const Subject& subject) {
  return is_pure_loss(subject.change) ? ProposeDirectoryChange::purpose(subject)
                                      : AgreeToDirectoryChange::purpose(subject);
}

Status RejectDirectoryChange::rule(const Principal& principal, const Subject& subject) {
  TRY_OK(still_open(subject.change));
  if (subject.change.proposed_by == principal.person) return {};
  TRY_OK(secretariat_only(principal));
  return may_change(*subject.directory, principal, subject.change);
}

Status EndQuarantine::rule(const Principal& principal, const Subject& subject) {
  TRY_OK(secretariat_only(principal));
  const auto person = subject.directory->persons.find(subject.person);
  if (person == subject.directory->persons.end()) return not_found();
  if (!stands_above(principal, *subject.directory, person->second))
    return lacks("permit.above", "somebody who stands above this person");
  return {};
}

Status KeepClearances::rule(const Principal& principal, const Subject& subject) {
  if (!subject.directory->clearance_register) return not_found();
  if (principal.org != subject.org || !principal.has(Role::SecurityOfficer) || principal.quarantined)
    return lacks("permit.security_officer", "the security officer of the own organisation");
  if (subject.confirmed == principal.person)
    return forbidden("clearance.own", "Nobody confirms their own clearance. Ask another security officer.");
  return {};
}

Status CarryOutDue::rule(const Principal&, const Subject&) { return lacks("permit.machine", "the program itself"); }

Status ManageAccount::rule(const Principal& principal, const Subject& subject) {
  return own_account(principal, subject.person);
}

Status EndSessions::rule(const Principal& principal, const Subject& subject) {
  return own_account(principal, subject.person);
}

std::string EndSessions::purpose(const Subject&) { return "account.sessions"; }

Status ChangeFactors::rule(const Principal& principal, const Subject& subject) {
  return own_account(principal, subject.person);
}

std::string ChangeFactors::purpose(const Subject&) { return "account.factors"; }

Status IssueToken::rule(const Principal& principal, const Subject& subject) {
  return own_account(principal, subject.person);
}

std::string IssueToken::purpose(const Subject&) { return "account.token"; }

}  // namespace action

Status check_scope(const Principal& principal, Scope scope) {
  if (principal.scopes.contains(scope)) return {};
  return forbidden("permit.scope", "This token was issued without the scope \"" + std::string(scope_text(scope)) +
                                       "\". Use one that has it, or sign in with a browser.");
}

Permit<action::Administer> MachineRoom::local_operator() { return {machine_person(1), OrgId(), 0, {}}; }
Permit<action::EndQuarantine> MachineRoom::local_inviter(PersonId person) {
  return {machine_person(1), OrgId(), 0, {nullptr, person}};
}
Permit<action::ImportSources> MachineRoom::collector() { return {machine_person(2), OrgId(), 0, {}}; }
Permit<action::CarryOutDue> MachineRoom::scheduler(Instant now) { return {machine_person(3), OrgId(), 0, {now}}; }
Permit<action::KeepUnnamedDoor> MachineRoom::unnamed_door() { return {machine_person(4), OrgId(), 0, {}}; }

}  // namespace hinomi::policy
