#include "flow/directory.h"

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "flow/account.h"
#include "flow/attempts.h"
#include "flow/entrance.h"
#include "policy/authority.h"
#include "policy/permit.h"

namespace hinomi::flow {
namespace {

namespace action = policy::action;

// Somebody else may have changed the directory between the weighing and the writing; then it is weighed again.
constexpr int kTries = 3;

bool of_secretariat(const policy::Principal& principal) {
  return policy::standing_of(principal) >= policy::Standing::Secretariat;
}

std::vector<store::OutboxEntry> to_secretariat(const Directory& directory, const PersonId& but, std::string_view kind,
                                               const std::string& subject) {
  std::vector<store::OutboxEntry> entries;
  for (const auto& [id, person] : directory.persons) {
    const auto principal = policy::principal_of(directory, id);
    if (id != but && principal.ok() && of_secretariat(*principal))
      entries.push_back({"notice", id, std::string(kind), subject});
  }
  return entries;
}

Result<IssuedInvitation> issue_invitation(const Platform& platform, const Caller& caller, const PersonId& person) {
  TRY(const auto permit, policy::permit<action::EndQuarantine>(caller.principal, {platform.store.directory(), person}));
  NewInvitation made = make_invitation(platform, person);
  TRY_OK(platform.store.put_invitation(permit, made.kept));
  return std::move(made.issued);
}

Result<std::vector<IssuedInvitation>> invite_the_new(const Platform& platform, const Caller& caller,
                                                     const DirectoryChange& change) {
  std::vector<IssuedInvitation> issued;
  for (const auto& [id, person] : change.after.persons) {
    if (change.before.persons.contains(id) || !person.active || person.canary) continue;
    TRY(auto invitation, issue_invitation(platform, caller, id));
    issued.push_back(std::move(invitation));
  }
  return issued;
}

// What somebody who has shown that they are there writes.
struct Act {
  policy::Presence proof;
  store::Alongside with;
};
Result<DecidedChange> carry_out(const Platform& platform, const Caller& caller, const DirectoryChange& change,
                                const Act& act) {
  TRY(const Caller now, renewed(platform, caller));
  TRY(const auto permit,
      policy::permit<action::CarryOutDirectoryChange>(now.principal, {now.directory, change}, act.proof));
  TRY_OK(platform.store.carry_out_change(permit, act.with));
  platform.log.info("directory_changed", {{"change", change.id.text()}, {"by", caller.principal.person.text()}});
  TRY(auto invitations, invite_the_new(platform, caller, change));
  TRY(auto decided, platform.store.directory_change(change.id));
  return DecidedChange{std::move(decided), std::move(invitations)};
}

template <class Work>
auto with_tries(const Work& work) {
  auto result = work();
  for (int i = 1; i < kTries && !result.ok() && result.error().code == "directory.moved_on"; ++i) result = work();
  return result;
}

DirectoryChange completed(const Platform& platform, const Caller& caller, const DirectoryDraft& draft,
                          const std::string& note) {
  DirectoryChange change = draft.change;
  change.note = note;
  change.proposed_by = caller.principal.person;
  change.proposed_at = platform.clock.now();
  change.expires_at = change.proposed_at + kProposalStands;
  if (of_secretariat(caller.principal)) change.agreed = {{caller.principal.person, change.proposed_at}};
  return change;
}

std::size_t people_in(const Directory& directory, const Group& group) {
  return static_cast<std::size_t>(std::ranges::count_if(directory.persons, [&](const auto& entry) {
    return entry.second.active && (group.persons.contains(entry.first) || group.orgs.contains(entry.second.org));
  }));
}

std::string bucket_of(std::size_t count) {
  if (count < 5) return "";
  if (count < 10) return "5-9";
  return count < 20 ? "10-19" : "20+";
}

void warn_of_canary(const Platform& platform, const Caller& caller) {
  platform.log.warn("canary_looked_up", {{"by", caller.principal.person.text()}});
  const auto entries =
      to_secretariat(*caller.directory, caller.principal.person, "directory.canary", caller.principal.person.text());
  const Status told = platform.store.tell(entries, platform.clock.now());
  if (!told.ok()) platform.log.error("canary_not_told", {{"code", told.error().code}});
}

constexpr std::int64_t kUnlimited = std::numeric_limits<std::int64_t>::max();

// At most `limit` uses of one thing by one account, or from one network, however many come at once.
Result<bool> may_use(const Platform& platform, const store::Attempt& use, const store::AttemptLimit& limit) {
  const store::AttemptLimit none{kUnlimited, limit.window};
  return platform.store.admit_attempt(use, {limit, none, none}, platform.clock.now());
}

store::Attempt use_by(const Caller& caller, std::string_view what) {
  return {sha256(caller.principal.person.text()), "", std::string(what)};
}

Status check_invitation_limits(const Platform& platform, const std::string& source) {
  store::Attempt attempt = attempt_on("invitation", source, SignInMethod::Password);
  attempt.method = "invitation";
  TRY(const bool admitted, may_use(platform, attempt, {20, std::chrono::minutes(15)}));
  if (admitted) return {};
  return unavailable("signin.too_many", "There were too many attempts. Wait 15 minutes, or call the secretariat.");
}

// What two people agreed to and could not be carried out then is carried out by either of them.
bool completes(const Caller& caller, const DirectoryChange& change) {
  return change.agreed.size() >= 2 && std::ranges::any_of(change.agreed, [&](const Agreement& agreement) {
           return agreement.person == caller.principal.person;
         });
}

Status check_agreeing(const Caller& caller, const DirectoryChange& change) {
  if (change.state == ChangeState::Proposed) {
    TRY_OK(check_still_stands(*caller.directory, change));
    if (completes(caller, change)) return {};
  }
  return policy::allows<action::AgreeToDirectoryChange>(caller.principal, {caller.directory, change});
}

Result<DecidedChange> agree_once(const Platform& platform, const Caller& caller, const DirectoryChangeId& id,
                                 const policy::Presence& proof) {
  TRY(const Caller now, renewed(platform, caller));
  TRY(DirectoryChange change, find_directory_change(platform, now, id.text()));
  TRY_OK(check_agreeing(now, change));
  if (!completes(now, change)) {
    TRY(const auto permit,
        policy::permit<action::AgreeToDirectoryChange>(now.principal, {now.directory, change}, proof));
    TRY(change, platform.store.agree_to_change(permit, platform.clock.now()));
  }
  if (change.agreed.size() < 2) return DecidedChange{change, {}};
  return carry_out(platform, now, change, {proof, alongside(platform, now, std::nullopt)});
}

Status check_proposal(const DirectoryProposal& proposal) {
  if (proposal.note.size() > 2000) return too_large("directory.note", "The note has at most 2,000 bytes.", "/note");
  if (!proposal.draft.problems.empty())
    return invalid("directory.problems", "Some rows cannot be taken. Correct them, then propose again.");
  return {};
}

Result<DecidedChange> bring_forward(const Platform& platform, const Caller& caller, const DirectoryChange& change,
                                    Act act) {
  act.with.outbox = to_secretariat(*caller.directory, caller.principal.person, "directory.proposed", change.id.text());
  const Status proposed = with_tries([&]() -> Status {
    TRY(const Caller now, renewed(platform, caller));
    TRY_OK(check_still_stands(*now.directory, change));
    TRY(const auto permit,
        policy::permit<action::ProposeDirectoryChange>(now.principal, {now.directory, change}, act.proof));
    return platform.store.propose_change(permit, act.with);
  });
  if (!proposed.ok()) return proposed.error();
  return DecidedChange{change, {}};
}

}  // namespace

bool sees_changes(const Caller& caller) {
  return policy::standing_of(caller.principal) >= policy::Standing::OrgAdministrator;
}

Status check_may_propose(const Caller& caller) {
  TRY_OK(policy::check_scope(caller.principal, policy::Scope::Administer));
  if (!sees_changes(caller))
    return forbidden("authority.none", "This needs an administrator of your organisation or the secretariat.");
  return {};
}

Result<DirectoryDraft> draft_directory_change(const Platform& platform, const Caller& caller,
                                              const std::vector<DirectoryRow>& rows, Completeness completeness) {
  TRY_OK(check_may_propose(caller));
  DirectoryDraft draft = draft_change(*caller.directory, caller.principal, rows, completeness, platform.random);
  const Status may = policy::may_change(*caller.directory, caller.principal, draft.change);
  if (!may.ok() && may.error().code != "directory.no_change" && draft.problems.empty()) return may.error();
  return draft;
}

Result<DecidedChange> propose_directory_change(const Platform& platform, const Caller& caller,
                                               const DirectoryProposal& proposal,
                                               const std::optional<RepeatKey>& repeat) {
  TRY_OK(check_proposal(proposal));
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) {
    TRY(auto change, find_directory_change(platform, caller, *earlier));
    return DecidedChange{std::move(change), {}};
  }
  const DirectoryChange change = completed(platform, caller, proposal.draft, proposal.note);
  const action::WeighedChange weighed{caller.directory, change};
  TRY_OK(policy::allows<action::ProposeDirectoryChange>(caller.principal, weighed));
  TRY(const auto proof,
      prove_presence_for<action::ProposeDirectoryChange>(platform, caller, proposal.step_up, weighed));
  const Act act{proof, alongside(platform, caller, repeat)};
  if (policy::is_pure_loss(change)) return with_tries([&] { return carry_out(platform, caller, change, act); });
  return bring_forward(platform, caller, change, act);
}

bool may_agree(const Caller& caller, const DirectoryChange& change) { return check_agreeing(caller, change).ok(); }

Result<DecidedChange> agree_to_directory_change(const Platform& platform, const Caller& caller,
                                                const DirectoryChangeId& id, const StepUpAnswer& step_up) {
  TRY(const DirectoryChange seen, find_directory_change(platform, caller, id.text()));
  TRY_OK(check_agreeing(caller, seen));
  TRY(const auto proof,
      prove_presence_for<action::AgreeToDirectoryChange>(platform, caller, step_up, {caller.directory, seen}));
  return with_tries([&] { return agree_once(platform, caller, id, proof); });
}

Result<DirectoryChange> reject_directory_change(const Platform& platform, const Caller& caller,
                                                const DirectoryChangeId& id) {
  const Status rejected = with_tries([&]() -> Status {
    TRY(const Caller now, renewed(platform, caller));
    TRY(const DirectoryChange change, find_directory_change(platform, now, id.text()));
    TRY(const auto permit, policy::permit<action::RejectDirectoryChange>(now.principal, {now.directory, change}));
    return platform.store.reject_change(permit, platform.clock.now());
  });
  if (!rejected.ok()) return rejected.error();
  return platform.store.directory_change(id);
}

Result<DirectoryChange> find_directory_change(const Platform& platform, const Caller& caller, std::string_view id) {
  TRY_OK(policy::check_scope(caller.principal, policy::Scope::Read));
  const auto wanted = DirectoryChangeId::parse(id);
  if (!wanted.ok() || !sees_changes(caller)) return not_found();
  TRY(DirectoryChange change, platform.store.directory_change(*wanted));
  if (!of_secretariat(caller.principal) && change.proposed_by != caller.principal.person) return not_found();
  return change;
}

Result<store::Listed<DirectoryChange>> directory_changes(const Platform& platform, const Caller& caller,
                                                         const store::Page& page) {
  TRY_OK(policy::check_scope(caller.principal, policy::Scope::Read));
  if (!sees_changes(caller))
    return forbidden("authority.none", "This needs an administrator of your organisation or the secretariat.");
  if (of_secretariat(caller.principal)) return platform.store.directory_changes(page);
  return platform.store.directory_changes_by(caller.principal.person, page);
}

Result<IssuedInvitation> invite_again(const Platform& platform, const Caller& caller, std::string_view person) {
  const auto id = PersonId::parse(person);
  if (!id.ok() || !caller.directory->persons.contains(*id)) return not_found();
  return issue_invitation(platform, caller, *id);
}

Status accept_invitation(const Platform& platform, const Acceptance& acceptance) {
  TRY_OK(check_invitation_limits(platform, acceptance.source));
  const Error unknown = forbidden("invitation.unknown", "This code is not known, was used before, or has expired.");
  const std::string code = canonical_code(acceptance.code);
  if (code.empty()) return unknown;
  TRY_OK(check_new_password(acceptance.password, code));
  TRY(const std::string hash, platform.entrance.passwords.hash(acceptance.password));
  const auto person = platform.store.use_invitation(sha256(code), hash, platform.clock.now());
  if (!person.ok() && person.error().kind != ErrorKind::NotFound) return person.error();
  if (!person.ok()) return unknown;
  platform.log.info("invitation_accepted", {{"person", person->text()}});
  return platform.store.end_all_sessions(*person);
}

Status record_proof(const Platform& platform, const Caller& caller, std::string_view person,
                    const std::string& channel) {
  // What is no id is nobody's: the right is asked first, so that it answers like an id that never was.
  const auto parsed = PersonId::parse(person);
  const PersonId id = parsed.ok() ? *parsed : PersonId();
  TRY(const auto permit, policy::permit<action::EndQuarantine>(caller.principal, {platform.store.directory(), id}));
  if (trimmed(channel).empty() || channel.size() > 200)
    return invalid("proof.channel", "Say by which channel the person was reached, in at most 200 bytes.", "/channel");
  TRY_OK(platform.store.end_quarantine(permit, channel, platform.clock.now()));
  platform.log.info("identity_proved", {{"person", id.text()}, {"to", caller.principal.person.text()}});
  return {};
}

Status slow_down_the_new(const Platform& platform, const Caller& caller) {
  if (!caller.principal.quarantined) return {};
  TRY(const bool admitted, may_use(platform, use_by(caller, "quarantine"), {60, std::chrono::minutes(10)}));
  if (admitted) return {};
  return unavailable("quarantine.too_many", "New accounts are slow until the secretariat has called them. Wait.");
}

Result<Person> look_up(const Platform& platform, const Caller& caller, std::string_view address) {
  TRY_OK(policy::check_scope(caller.principal, policy::Scope::Read));
  if (caller.principal.quarantined)
    return forbidden("directory.quarantined", "New accounts look nobody up until the secretariat has called them.");
  TRY(const bool admitted, may_use(platform, use_by(caller, "lookup"), {kLookUpsPerDay, std::chrono::hours(24)}));
  if (!admitted)
    return unavailable("directory.too_many_lookups", "You have looked up 30 addresses today. Ask the secretariat.");
  const std::string wanted = folded(trimmed(address));
  if (wanted.empty() || wanted.size() > 254) return not_found();
  for (const auto& [id, person] : caller.directory->persons) {
    if (!person.active || (person.login != wanted && person.mail != wanted)) continue;
    if (person.canary) warn_of_canary(platform, caller);
    return person;
  }
  return not_found();
}

Result<std::vector<Person>> people_of(const Caller& caller, std::optional<std::string_view> org) {
  TRY_OK(policy::check_scope(caller.principal, policy::Scope::Read));
  OrgId wanted = caller.principal.org;
  if (org) {
    const auto id = OrgId::parse(*org);
    if (!id.ok() || (*id != wanted && !of_secretariat(caller.principal))) return not_found();
    if (!caller.directory->orgs.contains(*id)) return not_found();
    wanted = *id;
  }
  if (caller.principal.quarantined)
    return forbidden("directory.quarantined", "New accounts look nobody up until the secretariat has called them.");
  std::vector<Person> people;
  for (const auto& [id, person] : caller.directory->persons) {
    if (person.org == wanted) people.push_back(person);
  }
  return people;
}

std::vector<SeenGroup> seen_groups(const Caller& caller) {
  std::vector<SeenGroup> seen;
  if (!policy::check_scope(caller.principal, policy::Scope::Read).ok()) return seen;
  const bool sees_all = of_secretariat(caller.principal);
  for (const auto& [id, group] : caller.directory->groups) {
    if (!sees_all && !caller.principal.groups.contains(id)) continue;
    const bool open = group.visibility == Visibility::Open && !caller.principal.quarantined;
    SeenGroup shown{group, sees_all || open, ""};
    if (!shown.shows_members) {
      shown.count_bucket = bucket_of(people_in(*caller.directory, group));
      shown.group.orgs.clear();
      shown.group.persons.clear();
    }
    seen.push_back(std::move(shown));
  }
  return seen;
}

Status carry_out_due(const Platform& platform) {
  TRY(const bool changed, platform.store.carry_out_due(policy::MachineRoom::scheduler(platform.clock.now())));
  if (changed) platform.log.info("rights_changed_by_time", {});
  return {};
}

}  // namespace hinomi::flow
