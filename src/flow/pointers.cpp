#include "flow/pointers.h"

#include <algorithm>
#include <map>
#include <set>

#include "flow/directory.h"
#include "policy/permit.h"
#include "policy/readers.h"

namespace hinomi::flow {
namespace {

namespace action = policy::action;

bool is_of_the_state(OrgKind kind) {
  return kind == OrgKind::Secretariat || kind == OrgKind::Ministry || kind == OrgKind::Nco ||
         kind == OrgKind::SafetyBureau;
}

std::set<OrgId> orgs_in_open_groups(const Caller& caller) {
  std::set<OrgId> orgs{caller.principal.org};
  for (const SeenGroup& seen : seen_groups(caller)) {
    if (seen.shows_members) orgs.insert(seen.group.orgs.begin(), seen.group.orgs.end());
  }
  return orgs;
}

void record(const Platform& platform, const Pointer& pointer, std::string_view kind, store::Alongside& with) {
  with.ledger.push_back(ledger_entry(platform, std::string(kind), pointer.id.text(), 1, pointer_text(pointer)));
}

action::EndUnreadPointer::Subject weighed(const Caller& caller, const store::StandingPointer& pointer) {
  return {caller.directory, pointer.id, caller.principal.org, pointer.label};
}

}  // namespace

bool may_make_pointer(const Caller& caller) {
  const Label own = policy::org_label(caller.principal.org, Tlp::Clear);
  return policy::allows<action::MakePointer>(caller.principal, {caller.principal.org, own}).ok();
}

Result<Pointer> drafted_pointer(const Platform& platform, const Caller& caller, const PointerDraft& draft) {
  Pointer pointer;
  pointer.org = caller.principal.org;
  pointer.made_by = caller.principal.person;
  pointer.made_at = platform.clock.now();
  TRY(pointer.label, policy::pointer_label(*caller.directory, pointer.org, draft.audience));
  pointer.label.needs_clearance = draft.needs_clearance;
  pointer.holder = draft.holder;
  pointer.system = draft.system;
  pointer.level = draft.level;
  pointer.reference = draft.reference;
  pointer.contact = draft.contact;
  pointer.dated = draft.dated;
  pointer.expires = draft.expires;
  TRY_OK(policy::allows<action::MakePointer>(caller.principal, {pointer.org, pointer.label}));
  TRY_OK(check_pointer(pointer));
  return pointer;
}

Result<Pointer> make_pointer(const Platform& platform, const Caller& caller, const PointerDraft& draft,
                             const std::optional<RepeatKey>& repeat) {
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) return find_pointer(platform, caller, *earlier);
  TRY(Pointer pointer, drafted_pointer(platform, caller, draft));
  pointer.id = PointerId::random(platform.random);
  TRY(const auto permit, policy::permit<action::MakePointer>(caller.principal, {pointer.org, pointer.label}));
  store::Alongside with = alongside(platform, caller, repeat);
  record(platform, pointer, "pointer.made", with);
  TRY_OK(platform.store.add_pointer(permit, caller.reach, pointer, with));
  platform.log.info("pointer_made", {{"pointer", pointer.id.text()}});
  return pointer;
}

bool may_end_pointer(const Caller& caller, const Pointer& pointer) {
  return !pointer.ended_at && policy::allows<action::EndPointer>(caller.principal, {pointer.id, pointer.org}).ok();
}

Result<Pointer> end_pointer(const Platform& platform, const Caller& caller, std::string_view id,
                            const std::optional<RepeatKey>& repeat) {
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) return find_pointer(platform, caller, *earlier);
  TRY(Pointer pointer, find_pointer(platform, caller, id));
  TRY(const auto permit, policy::permit<action::EndPointer>(caller.principal, {pointer.id, pointer.org}));
  store::Alongside with = alongside(platform, caller, repeat);
  record(platform, pointer, "pointer.ended", with);
  TRY_OK(platform.store.end_pointer(permit, with));
  pointer.ended_at = with.at;
  platform.log.info("pointer_ended", {{"pointer", pointer.id.text()}});
  return pointer;
}

Result<Pointer> find_pointer(const Platform& platform, const Caller& caller, std::string_view id) {
  const auto wanted = PointerId::parse(id);
  if (!wanted.ok()) return not_found();
  return platform.store.pointer(caller.reach, *wanted);
}

bool may_end_unread_pointers(const Caller& caller) {
  return policy::allows<action::SeeUnreadPointers>(caller.principal, {caller.principal.org}).ok();
}

Result<std::vector<UnreadPointer>> unread_pointers(const Platform& platform, const Caller& caller) {
  TRY(const auto permit, policy::permit<action::SeeUnreadPointers>(caller.principal, {caller.principal.org}));
  TRY(const auto standing, platform.store.standing_pointers(permit));
  std::map<std::string, bool> is_unread;  // by label: there are few
  std::vector<UnreadPointer> unread;
  for (const store::StandingPointer& pointer : standing) {
    const auto [label, is_new] = is_unread.try_emplace(canonical_text(pointer.label), false);
    if (is_new)
      label->second = policy::allows<action::EndUnreadPointer>(caller.principal, weighed(caller, pointer)).ok();
    if (label->second) unread.push_back({pointer.id, pointer.made_at});
  }
  return unread;
}

Status end_unread_pointer(const Platform& platform, const Caller& caller, std::string_view id) {
  TRY(const auto see, policy::permit<action::SeeUnreadPointers>(caller.principal, {caller.principal.org}));
  TRY(const auto standing, platform.store.standing_pointers(see));
  const auto found =
      std::ranges::find_if(standing, [&](const store::StandingPointer& pointer) { return pointer.id.text() == id; });
  if (found == standing.end()) return not_found();
  TRY(const auto permit, policy::permit<action::EndUnreadPointer>(caller.principal, weighed(caller, *found)));
  store::Alongside with = alongside(platform, caller, std::nullopt);
  with.ledger.push_back(ledger_entry(platform, "pointer.ended", found->id.text(), 1, R"({"unread":true})"));
  TRY_OK(platform.store.end_unread_pointer(permit, with));
  platform.log.info("pointer_ended", {{"pointer", found->id.text()}, {"unread", "true"}});
  return {};
}

KnownReaders readers_known_to(const Caller& caller, Label label) {
  // Who is cleared is known to their own security officer alone: of a label that needs it, those are shown among whom
  // the cleared ones are.
  label.needs_clearance = false;
  const policy::Readers readers = policy::readers_of(*caller.directory, label);
  const bool knows_all = caller.principal.org_kind == OrgKind::Secretariat;
  const std::set<OrgId> known = knows_all ? std::set<OrgId>() : orgs_in_open_groups(caller);
  KnownReaders shown;
  shown.people = readers.people.size();
  for (const OrgId& org : readers.orgs) {
    const bool named = knows_all || known.contains(org) || is_of_the_state(caller.directory->orgs.at(org).kind);
    if (named) {
      shown.orgs.push_back(org);
    } else {
      ++shown.other_orgs;
    }
  }
  return shown;
}

}  // namespace hinomi::flow
