#include "flow/clearances.h"

#include <algorithm>

#include "policy/permit.h"

namespace hinomi::flow {
namespace {

namespace action = policy::action;

Result<policy::Permit<action::KeepClearances>> keeper(const Platform& platform, const Caller& caller,
                                                      const PersonId& confirmed = {}) {
  return policy::permit<action::KeepClearances>(caller.principal,
                                                {platform.store.directory(), caller.principal.org, confirmed});
}

bool is_made_of(std::string_view text, std::string_view extra, bool upper) {
  const auto allowed = [&](char c) {
    const bool letter = upper ? (c >= 'A' && c <= 'Z') : (c >= 'a' && c <= 'z');
    return letter || (c >= '0' && c <= '9') || extra.find(c) != std::string_view::npos;
  };
  return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, allowed);
}

Result<Day> day_of(const std::string& text, std::string_view where) {
  auto day = parse_day(text);
  if (!day.ok()) return invalid("clearance.day", "Write a day like 2027-03-31.", std::string(where));
  return *day;
}

Result<store::Clearance> checked(const Platform& platform, const Caller& caller, const ClearanceDraft& draft) {
  store::Clearance clearance;
  const auto person = PersonId::parse(draft.person);
  if (!person.ok()) return not_found();
  clearance.person = *person;
  if (!is_made_of(draft.scope, "-_", false))
    return invalid("clearance.scope", "A scope is a label of a to z, 0 to 9, - and _.", "/scope");
  if (!is_made_of(draft.contract, "-", true))
    return invalid("clearance.contract", "A contract number has A to Z, 0 to 9 and -.", "/contract");
  TRY(clearance.valid_until, day_of(draft.valid_until, "/valid_until"));
  TRY(clearance.consented_on, day_of(draft.consented_on, "/consented_on"));
  const Day today = tokyo_day(platform.clock.now());
  // Article 12: a result counts for ten years.
  if (clearance.valid_until < today || clearance.valid_until > today + std::chrono::days(3653))
    return invalid("clearance.valid_until", "A clearance is valid from today for ten years at most.", "/valid_until");
  if (clearance.consented_on > today)
    return invalid("clearance.consent", "The person's consent comes before the entry.", "/consented_on");
  clearance.id = ClearanceId::random(platform.random);
  clearance.scope = draft.scope;
  clearance.contract = draft.contract;
  clearance.confirmed_by = caller.principal.person;
  return clearance;
}

}  // namespace

Result<store::Clearance> confirm_clearance(const Platform& platform, const Caller& caller,
                                           const ClearanceDraft& draft) {
  TRY_OK(keeper(platform, caller));
  TRY(const store::Clearance clearance, checked(platform, caller, draft));
  TRY(const auto permit, keeper(platform, caller, clearance.person));
  TRY_OK(platform.store.put_clearance(permit, clearance, platform.clock.now()));
  return clearance;
}

Status end_clearance(const Platform& platform, const Caller& caller, std::string_view id) {
  TRY(const auto permit, keeper(platform, caller));
  const auto wanted = ClearanceId::parse(id);
  if (!wanted.ok()) return not_found();
  return platform.store.end_clearance(permit, *wanted, platform.clock.now());
}

Result<ClearanceRegister> read_clearances(const Platform& platform, const Caller& caller) {
  TRY(const auto permit, keeper(platform, caller));
  ClearanceRegister found;
  TRY(found.clearances, platform.store.clearances(permit, platform.clock.now()));
  TRY(found.accesses, platform.store.clearance_accesses(permit));
  return found;
}

}  // namespace hinomi::flow
