#include "policy/authority.h"

#include <algorithm>

namespace hinomi::policy {
namespace {

Error above_you() {
  return forbidden("authority.above_you",
                   "This touches yourself, somebody of equal or higher standing, or somebody of another organisation.");
}
Error beyond_you() {
  return forbidden("authority.beyond_you", "This grants more than you have yourself: a role, compartment or ceiling.");
}
Error secretariat_only() {
  return forbidden("authority.secretariat_only", "Organisations and groups are changed by the secretariat.");
}
Error operators_only() {
  return forbidden("authority.operators_only",
                   "The secretariat, authorities and auditors are changed by the operators of the platform.");
}

bool is_guarded(OrgKind kind) {
  return kind == OrgKind::Secretariat || kind == OrgKind::Ministry || kind == OrgKind::Nco || kind == OrgKind::Auditor;
}

template <class Value>
bool includes(const std::set<Value>& whole, const std::set<Value>& part) {
  return std::ranges::includes(whole, part);
}
template <class Value>
std::set<Value> difference(const std::set<Value>& from, const std::set<Value>& taken) {
  std::set<Value> rest;
  std::ranges::set_difference(from, taken, std::inserter(rest, rest.end()));
  return rest;
}

template <class Records>
const typename Records::mapped_type* find(const Records& records, const typename Records::key_type& id) {
  const auto found = records.find(id);
  return found == records.end() ? nullptr : &found->second;
}

std::set<Role> roles_with_lent(const Directory& directory, const Person& person) {
  std::set<Role> roles = person.roles;
  for (const auto& [id, delegation] : directory.delegations) {
    // Also those that have not begun: what will be lent is weighed now.
    if (delegation.to == person.id) roles.insert(delegation.role);
  }
  return roles;
}

// Everything that is asked of one change by one actor.
class Weighing {
 public:
  Weighing(const Directory& now, const Principal& actor, const DirectoryChange& change)
      : now_(now), then_(with_change(now, change)), actor_(actor), change_(change), standing_(standing_of(actor)) {}

  Status weigh() const {
    const Directory& after = change_.after;
    if (after.orgs.empty() && after.persons.empty() && after.groups.empty() && after.delegations.empty())
      return invalid("directory.no_change", "This changes nothing.");
    if (standing_ == Standing::Ordinary)
      return forbidden("authority.none", "This needs an administrator of your organisation or the secretariat.");
    for (const auto& [id, org] : after.orgs) TRY_OK(weigh_org(find(now_.orgs, id), org));
    for (const auto& [id, person] : after.persons) TRY_OK(weigh_person(find(now_.persons, id), person));
    for (const auto& [id, group] : after.groups) TRY_OK(weigh_group(find(now_.groups, id), group));
    for (const auto& [id, delegation] : after.delegations)
      TRY_OK(weigh_delegation(find(now_.delegations, id), delegation));
    return {};
  }

 private:
  [[nodiscard]] bool of_secretariat() const { return standing_ >= Standing::Secretariat; }

  // Above the person as they are and as they would be.
  [[nodiscard]] bool above(const PersonId& id) const {
    const Person* was = find(now_.persons, id);
    const Person* will_be = find(then_.persons, id);
    return (was == nullptr || stands_above(actor_, now_, *was)) &&
           (will_be == nullptr || stands_above(actor_, then_, *will_be));
  }
  [[nodiscard]] bool above_all_of(const OrgId& org) const {
    return std::ranges::all_of(then_.persons, [&](const auto& entry) {
      const Person* was = find(now_.persons, entry.first);
      const bool belongs = entry.second.org == org || (was != nullptr && was->org == org);
      return !belongs || above(entry.first);
    });
  }

  Status weigh_org(const Organisation* was, const Organisation& org) const {
    if (!of_secretariat()) {
      Organisation same = org;
      if (was != nullptr) same.contacts = was->contacts;
      if (was == nullptr || org.id != actor_.org || same != *was) return secretariat_only();
      return {};
    }
    const bool guarded = is_guarded(org.kind) || (was != nullptr && is_guarded(was->kind));
    if (guarded && standing_ != Standing::PlatformOperator) return operators_only();
    const bool rights_move = was != nullptr && (was->kind != org.kind || was->membership != org.membership);
    if (rights_move && !above_all_of(org.id)) return above_you();
    return {};
  }

  Status weigh_person(const Person* was, const Person& person) const {
    if (!then_.orgs.contains(person.org)) return invalid("directory.no_org", "A person's organisation is not there.");
    if (!above(person.id)) return above_you();
    const bool quarantined_before = was == nullptr || was->quarantined;
    if (person.quarantined != quarantined_before)
      return invalid("directory.quarantine", "Whoever is new begins in quarantine; a recorded proof ends it.");
    const Person nobody;
    const Person& before = was == nullptr ? nobody : *was;
    if (!includes(actor_.compartments, difference(person.compartments, before.compartments))) return beyond_you();
    const bool raised = was == nullptr || person.ceiling > before.ceiling;
    if (raised && person.ceiling > actor_.ceiling) return beyond_you();
    if (of_secretariat()) return {};
    if (!includes(actor_.roles, difference(person.roles, before.roles))) return beyond_you();
    if (person.canary != before.canary) return beyond_you();
    return {};
  }

  Status weigh_group(const Group* was, const Group& group) const {
    const Group empty;
    const Group& before = was == nullptr ? empty : *was;
    if (!of_secretariat()) {
      Group same = group;
      same.persons = before.persons;
      if (was == nullptr || same != before || !actor_.groups.contains(group.id)) return secretariat_only();
      if (group.ceiling > actor_.ceiling) return beyond_you();
    }
    TRY_OK(weigh_audiences(group));
    const bool raised = was == nullptr || group.ceiling > before.ceiling;
    if (raised && group.ceiling > actor_.ceiling) return beyond_you();
    // What the group opens changes for all who are in it; otherwise only for those who come and go.
    const bool for_all = was == nullptr || group.ceiling != before.ceiling || group.kind != before.kind;
    return for_all ? weigh_members(before, group, empty) : weigh_members(before, group, group);
  }

  Status weigh_members(const Group& before, const Group& after, const Group& settled) const {
    std::set<PersonId> persons = before.persons;
    persons.insert(after.persons.begin(), after.persons.end());
    std::set<OrgId> orgs = before.orgs;
    orgs.insert(after.orgs.begin(), after.orgs.end());
    for (const PersonId& id : persons) {
      const bool stays = settled.persons.contains(id) && before.persons.contains(id);
      if (!stays && !above(id)) return above_you();
    }
    for (const OrgId& id : orgs) {
      const bool stays = settled.orgs.contains(id) && before.orgs.contains(id);
      if (!stays && !above_all_of(id)) return above_you();
    }
    return {};
  }

  Status weigh_audiences(const Group& group) const {
    if (group.kind == GroupKind::Audience) return {};
    const auto is_audience = [&](const OrgId& id) {
      const Organisation* org = find(then_.orgs, id);
      return org != nullptr && org->membership == Membership::Audience;
    };
    const bool person_of_one = std::ranges::any_of(group.persons, [&](const PersonId& id) {
      const Person* person = find(then_.persons, id);
      return person != nullptr && is_audience(person->org);
    });
    if (!person_of_one && std::ranges::none_of(group.orgs, is_audience)) return {};
    return invalid("directory.audience_in_group",
                   "An organisation that is no member may be in groups of the kind audience only.");
  }

  Status weigh_delegation(const Delegation* was, const Delegation& delegation) const {
    const Person* from = find(then_.persons, delegation.from);
    const Person* to = find(then_.persons, delegation.to);
    if (from == nullptr || to == nullptr || from->org != to->org || from->id == to->id)
      return invalid("directory.delegation", "A role is lent between two people of one organisation.");
    const bool began = was != nullptr && was->in_force;
    if (delegation.in_force != began)
      return invalid("directory.delegation", "A delegation begins and ends at its times.");
    if (was == nullptr && !from->roles.contains(delegation.role))
      return invalid("directory.delegation", "Only a role that the person has can be lent.");
    if (delegation.until <= delegation.from_at || delegation.until - delegation.from_at > std::chrono::hours(24 * 366))
      return invalid("directory.delegation", "A role is lent for a time of at most one year.");
    if (!above(from->id) || !above(to->id)) return above_you();
    if (!of_secretariat() && !actor_.roles.contains(delegation.role)) return beyond_you();
    return {};
  }

  const Directory& now_;
  const Directory then_;
  const Principal& actor_;
  const DirectoryChange& change_;
  Standing standing_;
};

bool only_loses(const Person& before, const Person& after) {
  if (!includes(before.roles, after.roles) || !includes(before.compartments, after.compartments)) return false;
  if (after.ceiling > before.ceiling || (after.active && !before.active)) return false;
  Person rest = after;
  rest.roles = before.roles;
  rest.compartments = before.compartments;
  rest.ceiling = before.ceiling;
  rest.active = before.active;
  rest.cleared = before.cleared;
  return rest == before;
}

bool only_loses(const Group& before, const Group& after) {
  if (!includes(before.orgs, after.orgs) || !includes(before.persons, after.persons)) return false;
  if (after.ceiling > before.ceiling) return false;
  Group rest = after;
  rest.orgs = before.orgs;
  rest.persons = before.persons;
  rest.ceiling = before.ceiling;
  return rest == before;
}

bool only_loses(const Delegation& before, const Delegation& after) {
  Delegation rest = after;
  rest.until = before.until;
  return after.until <= before.until && rest == before;
}

template <class Records>
bool all_only_lose(const Records& before, const Records& after) {
  return std::ranges::all_of(after, [&](const auto& entry) {
    const auto* was = find(before, entry.first);
    return was != nullptr && only_loses(*was, entry.second);
  });
}

}  // namespace

Standing standing_of(const Principal& actor) {
  if (actor.quarantined) return Standing::Ordinary;
  if (actor.org_kind == OrgKind::Secretariat) {
    if (actor.has(Role::Operator)) return Standing::PlatformOperator;
    return actor.has(Role::Analyst) ? Standing::Secretariat : Standing::Ordinary;
  }
  return actor.has(Role::OrgAdmin) ? Standing::OrgAdministrator : Standing::Ordinary;
}

Standing standing_of(const Directory& directory, const Person& target) {
  const std::set<Role> roles = roles_with_lent(directory, target);
  const Organisation* org = find(directory.orgs, target.org);
  if (org != nullptr && org->kind == OrgKind::Secretariat)
    return roles.contains(Role::Operator) ? Standing::PlatformOperator : Standing::Secretariat;
  if (roles.contains(Role::Auditor)) return Standing::Secretariat;
  return roles.contains(Role::OrgAdmin) ? Standing::OrgAdministrator : Standing::Ordinary;
}

bool stands_above(const Principal& actor, const Directory& directory, const Person& target) {
  const Standing standing = standing_of(actor);
  if (actor.person == target.id || standing <= standing_of(directory, target)) return false;
  return standing >= Standing::Secretariat || actor.org == target.org;
}

Status may_change(const Directory& directory, const Principal& actor, const DirectoryChange& change) {
  return Weighing(directory, actor, change).weigh();
}

bool is_pure_loss(const DirectoryChange& change) {
  return change.after.orgs.empty() && all_only_lose(change.before.persons, change.after.persons) &&
         all_only_lose(change.before.groups, change.after.groups) &&
         all_only_lose(change.before.delegations, change.after.delegations);
}

bool same_rights(const Principal& a, const Principal& b) {
  Principal aligned = b;
  aligned.epoch = a.epoch;
  return a == aligned;
}

}  // namespace hinomi::policy
