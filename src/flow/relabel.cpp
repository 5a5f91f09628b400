#include "flow/relabel.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "flow/read_record.h"
#include "policy/permit.h"

namespace hinomi::flow {
namespace {

namespace action = policy::action;

// What its originator agreed to: the readers that its newest text was signed for.
action::LabelMove move_of(const Release& release, const Label& to, const std::string& reason) {
  return {release.id, release.label, to, published_label(release), reason};
}

action::AgreeToRelabelling::Subject agreement(const Release& release, const Relabelling& relabelling) {
  action::LabelMove move = move_of(release, relabelling.to, relabelling.reason);
  move.from = relabelling.from;
  return {relabelling.id, relabelling.proposed_by, std::move(move)};
}

Status check_wish(const RelabelWish& wish, Instant now) {
  if (trimmed(wish.reason).empty() || wish.reason.size() > 1000)
    return invalid("relabelling.reason", "Say why, in 1 to 1,000 bytes; only the desk sees it.", "/reason");
  const bool too_far = wish.embargo_until && *wish.embargo_until > now + kLongestEmbargo;
  if (wish.embargo_until && (*wish.embargo_until <= now || too_far))
    return invalid("relabelling.embargo", "An embargo ends after now and within 366 days.", "/embargo_until");
  return {};
}

Result<Label> wished_label(const Caller& caller, const RelabelWish& wish) {
  TRY(Label label, policy::release_label(*caller.directory, wish.audience, wish.tlp));
  label.embargo_until = wish.embargo_until;
  return label;
}

template <class T>
std::vector<T> those_without(const std::vector<T>& all, const std::vector<T>& others) {
  std::vector<T> rest;
  std::ranges::copy_if(all, std::back_inserter(rest),
                       [&](const T& one) { return std::ranges::find(others, one) == others.end(); });
  return rest;
}

policy::Readers readers_without(const policy::Readers& all, const policy::Readers& others, const Directory& directory) {
  policy::Readers rest;
  rest.people = those_without(all.people, others.people);
  std::set<OrgId> orgs;
  for (const PersonId& person : rest.people) orgs.insert(directory.persons.at(person).org);
  std::ranges::copy_if(all.orgs, std::back_inserter(rest.orgs), [&](const OrgId& org) { return orgs.contains(org); });
  return rest;
}

Result<RelabelEffect> effect(const Platform& platform, const Caller& caller, const Release& release,
                             const action::LabelMove& move) {
  const policy::Readers before = policy::readers_of(*caller.directory, move.from);
  RelabelEffect effect;
  effect.remain = policy::readers_of(*caller.directory, move.to);
  effect.gain = readers_without(effect.remain, before, *caller.directory);
  effect.lose = readers_without(before, effect.remain, *caller.directory);
  effect.marking_stays = move.to.tlp != move.consented.tlp;
  TRY(const auto seen, readers_of_release(platform, caller, release));
  for (const OrgId& org : effect.lose.orgs) {
    if (std::ranges::find(seen, org, &SeenBy::org) != seen.end()) effect.given.push_back(org);
  }
  return effect;
}

std::vector<store::OutboxEntry> to_other_analysts(const Caller& caller, const Release& release) {
  std::vector<store::OutboxEntry> entries;
  for (const auto& [id, person] : caller.directory->persons) {
    const bool secretariat = caller.directory->orgs.at(person.org).kind == OrgKind::Secretariat;
    const bool other = id != caller.principal.person && person.active && person.roles.contains(Role::Analyst);
    if (secretariat && other) entries.push_back({"notice", id, "release.relabelling_proposed", release.id.text()});
  }
  return entries;
}

std::vector<store::OutboxEntry> to_those_who_gain(const RelabelEffect& effect, const Release& release) {
  std::vector<store::OutboxEntry> entries;
  const std::string kind = "release." + std::string(release_state_text(release.state));
  for (const PersonId& person : effect.gain.people) entries.push_back({"notice", person, kind, release.id.text()});
  return entries;
}

void record(const Platform& platform, const Relabelling& relabelling, std::string_view kind, store::Alongside& with) {
  JsonWriter text;
  text.begin_object().member("release", relabelling.release.text());
  text.member("from", canonical_text(relabelling.from)).member("to", canonical_text(relabelling.to));
  text.member("reason", relabelling.reason).end_object();
  with.ledger.push_back(ledger_entry(platform, std::string(kind), relabelling.id.text(), 1, text.take()));
}

}  // namespace

bool may_relabel(const Caller& caller) { return policy::allows<action::RejectRelabelling>(caller.principal, {}).ok(); }

Result<RelabelDraft> draft_relabelling(const Platform& platform, const Caller& caller, const Release& release,
                                       const RelabelWish& wish) {
  TRY_OK(policy::allows<action::RejectRelabelling>(caller.principal, {{}, release.id}));
  if (release.state == ReleaseState::Withdrawn)
    return conflict("release.withdrawn", "This release is withdrawn already.");
  TRY_OK(check_wish(wish, platform.clock.now()));
  TRY(const Label to, wished_label(caller, wish));
  const action::LabelMove move = move_of(release, to, wish.reason);
  TRY_OK(policy::allows<action::ProposeRelabelling>(caller.principal, move));
  TRY(RelabelEffect changed, effect(platform, caller, release, move));
  return RelabelDraft{release.label, to, std::move(changed), action::ProposeRelabelling::purpose(move)};
}

Result<Relabelling> propose_relabelling(const Platform& platform, const Caller& caller, const Release& release,
                                        const RelabelAct& act, const std::optional<RepeatKey>& repeat) {
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) return find_relabelling(platform, caller, release, *earlier);
  TRY(const RelabelDraft draft, draft_relabelling(platform, caller, release, act.wish));
  const action::LabelMove move = move_of(release, draft.to, act.wish.reason);
  TRY(const auto proof, prove_presence_for<action::ProposeRelabelling>(platform, caller, act.step_up, move));
  TRY(const auto permit, policy::permit<action::ProposeRelabelling>(caller.principal, move, proof));
  store::Alongside with = alongside(platform, caller, repeat);
  Relabelling relabelling;
  relabelling.id = RelabellingId::random(platform.random);
  relabelling.release = release.id;
  relabelling.from = draft.from;
  relabelling.to = draft.to;
  relabelling.reason = act.wish.reason;
  relabelling.proposed_by = caller.principal.person;
  relabelling.proposed_at = with.at;
  record(platform, relabelling, "relabelling.proposed", with);
  with.outbox = to_other_analysts(caller, release);
  const Label desk = stricter(policy::secretariat_label(*caller.directory), release.label);
  TRY_OK(platform.store.propose_relabelling(permit, relabelling, desk, with));
  platform.log.info("relabelling_proposed", {{"release", release.id.text()}});
  return relabelling;
}

Result<std::vector<Relabelling>> relabellings_of(const Platform& platform, const Caller& caller,
                                                 const Release& release) {
  TRY_OK(policy::allows<action::RejectRelabelling>(caller.principal, {{}, release.id}));
  return platform.store.relabellings_of(caller.reach, release.id);
}

Result<Relabelling> find_relabelling(const Platform& platform, const Caller& caller, const Release& release,
                                     std::string_view id) {
  if (!may_relabel(caller)) return not_found();  // of a proposal nobody else knows
  TRY(const auto all, relabellings_of(platform, caller, release));
  const auto found = std::ranges::find_if(all, [&](const Relabelling& one) { return one.id.text() == id; });
  if (found == all.end()) return not_found();
  return *found;
}

Result<RelabelEffect> effect_of(const Platform& platform, const Caller& caller, const Release& release,
                                const Relabelling& relabelling) {
  return effect(platform, caller, release, agreement(release, relabelling).move);
}

Result<Relabelling> agree_to_relabelling(const Platform& platform, const Caller& caller, const Relabelling& relabelling,
                                         const StepUpAnswer& step_up) {
  TRY(const Release release, platform.store.release(caller.reach, relabelling.release));
  const auto subject = agreement(release, relabelling);
  TRY_OK(policy::allows<action::AgreeToRelabelling>(caller.principal, subject));
  if (relabelling.state != RelabellingState::Proposed)
    return conflict("relabelling.closed", "This proposal was decided before. Propose a new one.");
  TRY_OK(
      check_wish({.embargo_until = relabelling.to.embargo_until, .reason = relabelling.reason}, platform.clock.now()));
  TRY(const auto proof, prove_presence_for<action::AgreeToRelabelling>(platform, caller, step_up, subject));
  TRY(const auto permit, policy::permit<action::AgreeToRelabelling>(caller.principal, subject, proof));
  TRY(const RelabelEffect changed, effect(platform, caller, release, subject.move));
  store::Alongside with = alongside(platform, caller, std::nullopt);
  record(platform, relabelling, "relabelling.carried_out", with);
  with.outbox = to_those_who_gain(changed, release);
  TRY(const store::Sequence at, platform.store.carry_out_relabelling(permit, with));
  caller.reach.trail().note_own_narrowing(at);
  platform.log.info("release_relabelled", {{"release", release.id.text()}});
  Relabelling decided = relabelling;
  decided.state = RelabellingState::CarriedOut;
  decided.decided_by = caller.principal.person;
  decided.decided_at = with.at;
  return decided;
}

Result<Relabelling> reject_relabelling(const Platform& platform, const Caller& caller, const Relabelling& relabelling) {
  TRY(const auto permit,
      policy::permit<action::RejectRelabelling>(caller.principal, {relabelling.id, relabelling.release}));
  store::Alongside with = alongside(platform, caller, std::nullopt);
  record(platform, relabelling, "relabelling.rejected", with);
  TRY_OK(platform.store.reject_relabelling(permit, with));
  Relabelling decided = relabelling;
  decided.state = RelabellingState::Rejected;
  decided.decided_by = caller.principal.person;
  decided.decided_at = with.at;
  return decided;
}

std::string purpose_of_agreeing(const Release& release, const Relabelling& relabelling) {
  return action::AgreeToRelabelling::purpose(agreement(release, relabelling));
}

RelabelAbilities relabel_abilities(const Caller& caller, const Release& release, const Relabelling& relabelling) {
  if (relabelling.state != RelabellingState::Proposed) return {};
  const auto subject = agreement(release, relabelling);
  const bool stands = release.label == relabelling.from && release.state != ReleaseState::Withdrawn;
  return {stands && policy::allows<action::AgreeToRelabelling>(caller.principal, subject).ok(), may_relabel(caller)};
}

}  // namespace hinomi::flow
