#include "flow/directory_view.h"

#include <algorithm>

#include "policy/authority.h"

namespace hinomi::flow {
namespace {

template <class Records>
const typename Records::mapped_type* find(const Records& records, const typename Records::key_type& id) {
  const auto found = records.find(id);
  return found == records.end() ? nullptr : &found->second;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}
template <class Values, class Text>
std::string joined(const Values& values, Text text) {
  std::vector<std::string> texts;
  for (const auto& value : values) texts.emplace_back(text(value));
  return joined(texts);
}
std::string plain(const std::string& text) { return text; }
std::string yes_or_no(bool value) { return value ? "yes" : "no"; }

// Names as they will stand: a person may join an organisation that the same change makes.
class Names {
 public:
  explicit Names(const Directory& then) : then_(then) {}
  [[nodiscard]] std::string org(const OrgId& id) const {
    const Organisation* org = find(then_.orgs, id);
    return org == nullptr ? id.text() : org->name;
  }
  [[nodiscard]] std::string person(const PersonId& id) const {
    const Person* person = find(then_.persons, id);
    return person == nullptr ? id.text() : person->name + " (" + person->login + ")";
  }

 private:
  const Directory& then_;
};

using Fields = std::vector<FieldDifference>;

void note(Fields& fields, std::string_view name, std::string before, std::string after) {
  if (before != after) fields.push_back({std::string(name), std::move(before), std::move(after)});
}

Fields fields_of(const Organisation& before, const Organisation& after) {
  Fields fields;
  const auto both = [&](std::string_view name, auto text) { note(fields, name, text(before), text(after)); };
  both("name", [](const Organisation& org) { return org.name; });
  both("name_en", [](const Organisation& org) { return org.name_en; });
  both("kind", [](const Organisation& org) { return std::string(org_kind_text(org.kind)); });
  both("membership", [](const Organisation& org) { return std::string(membership_text(org.membership)); });
  both("aliases", [](const Organisation& org) { return joined(org.aliases); });
  both("licences", [](const Organisation& org) { return joined(org.attributes.licenses, license_text); });
  both("ci_operator", [](const Organisation& org) { return yes_or_no(org.attributes.ci_operator); });
  both("keizai", [](const Organisation& org) { return yes_or_no(org.attributes.keizai); });
  both("special", [](const Organisation& org) { return yes_or_no(org.attributes.special); });
  both("hoan_cert", [](const Organisation& org) { return yes_or_no(org.attributes.hoan_cert); });
  both("listed", [](const Organisation& org) { return yes_or_no(org.attributes.listed); });
  both("area", [](const Organisation& org) { return org.attributes.area; });
  both("prefectures", [](const Organisation& org) { return joined(org.attributes.prefectures, plain); });
  both("frequency_hz", [](const Organisation& org) { return std::to_string(org.attributes.frequency_hz); });
  both("voltages_kv", [](const Organisation& org) {
    return joined(org.attributes.voltages_kv, [](int kv) { return std::to_string(kv); });
  });
  both("plants", [](const Organisation& org) { return joined(org.attributes.plants, plain); });
  both("products", [](const Organisation& org) { return joined(org.attributes.products, plain); });
  both("pii", [](const Organisation& org) { return yes_or_no(org.attributes.personal_data); });
  both("abroad", [](const Organisation& org) { return joined(org.attributes.abroad, abroad_regime_text); });
  both("duty_desks", [](const Organisation& org) {
    return joined(org.contacts, [](const Contact& contact) {
      return contact.desk + " " + contact.phone + " " + contact.mail + (contact.duty ? " (24h)" : "");
    });
  });
  return fields;
}

Fields fields_of(const Names& names, const Person& before, const Person& after) {
  Fields fields;
  const auto both = [&](std::string_view name, auto text) { note(fields, name, text(before), text(after)); };
  both("organisation", [&](const Person& person) { return person.org.is_nil() ? "" : names.org(person.org); });
  both("login", [](const Person& person) { return person.login; });
  both("name", [](const Person& person) { return person.name; });
  both("name_en", [](const Person& person) { return person.name_en; });
  both("roles", [](const Person& person) { return joined(person.roles, role_text); });
  both("compartments", [](const Person& person) { return joined(person.compartments, plain); });
  both("ceiling",
       [](const Person& person) { return person.org.is_nil() ? "" : std::string(tlp_text(person.ceiling)); });
  both("active", [](const Person& person) { return yes_or_no(person.active); });
  both("mail", [](const Person& person) { return person.mail; });
  both("phone", [](const Person& person) { return person.phone; });
  both("duty_desk", [](const Person& person) { return yes_or_no(person.duty_desk); });
  both("canary", [](const Person& person) { return yes_or_no(person.canary); });
  return fields;
}

template <class Id, class Name>
std::string coming_or_going(const std::set<Id>& from, const std::set<Id>& to, Name name) {
  std::vector<std::string> texts;
  for (const Id& id : to) {
    if (!from.contains(id)) texts.push_back(name(id));
  }
  return joined(texts);
}

Fields fields_of(const Names& names, const Group& before, const Group& after, bool added) {
  Fields fields;
  const auto org = [&](const OrgId& id) { return names.org(id); };
  const auto person = [&](const PersonId& id) { return names.person(id); };
  const auto was = [&](std::string_view text) { return added ? std::string() : std::string(text); };
  note(fields, "name", before.name, after.name);
  note(fields, "kind", was(group_kind_text(before.kind)), std::string(group_kind_text(after.kind)));
  note(fields, "visibility", was(visibility_text(before.visibility)), std::string(visibility_text(after.visibility)));
  note(fields, "ceiling", was(tlp_text(before.ceiling)), std::string(tlp_text(after.ceiling)));
  note(fields, "join_orgs", "", coming_or_going(before.orgs, after.orgs, org));
  note(fields, "leave_orgs", "", coming_or_going(after.orgs, before.orgs, org));
  note(fields, "join_persons", "", coming_or_going(before.persons, after.persons, person));
  note(fields, "leave_persons", "", coming_or_going(after.persons, before.persons, person));
  return fields;
}

Fields fields_of(const Names& names, const Delegation* before, const Delegation& after) {
  Fields fields;
  note(fields, "from", before == nullptr ? "" : names.person(before->from), names.person(after.from));
  note(fields, "to", before == nullptr ? "" : names.person(before->to), names.person(after.to));
  note(fields, "role", before == nullptr ? "" : std::string(role_text(before->role)),
       std::string(role_text(after.role)));
  note(fields, "from_at", before == nullptr ? "" : tokyo_text(before->from_at), tokyo_text(after.from_at));
  note(fields, "until", before == nullptr ? "" : tokyo_text(before->until), tokyo_text(after.until));
  return fields;
}

std::vector<PersonId> whose_rights_change(const Directory& now, const Directory& then, const Caller& viewer) {
  const bool sees_all = policy::standing_of(viewer.principal) >= policy::Standing::Secretariat;
  std::vector<PersonId> people;
  for (const auto& [id, person] : then.persons) {
    if (!sees_all && person.org != viewer.principal.org) continue;
    const auto before = policy::principal_of(now, id);
    const auto after = policy::principal_of(then, id);
    if (before.ok() != after.ok() || (before.ok() && !policy::same_rights(*before, *after))) people.push_back(id);
    if (people.size() == kShownPeople) break;
  }
  return people;
}

std::vector<policy::LabelId> readable(const Directory& directory, const PersonId& person,
                                      std::span<const store::LabelEntry> labels) {
  const auto principal = policy::principal_of(directory, person);
  if (!principal.ok()) return {};
  return policy::reach_of(*principal, labels).labels();
}

std::vector<policy::LabelId> without(const std::vector<policy::LabelId>& all,
                                     const std::vector<policy::LabelId>& taken) {
  std::vector<policy::LabelId> rest;
  std::ranges::set_difference(all, taken, std::back_inserter(rest));
  return rest;
}

}  // namespace

std::vector<RecordDifference> differences(const Directory& directory, const DirectoryChange& change) {
  const Directory then = with_change(directory, change);
  const Names names(then);
  std::vector<RecordDifference> all;
  const auto add = [&](RecordKind kind, bool added, const std::string& id,
                       const std::string& name) -> RecordDifference& {
    return all.emplace_back(
        RecordDifference{kind, added ? RecordState::Added : RecordState::Changed, id, name, name, {}});
  };
  for (const auto& [id, org] : change.after.orgs) {
    const Organisation* was = find(change.before.orgs, id);
    RecordDifference& record = add(RecordKind::Organisation, was == nullptr, id.text(), org.name);
    record.name_en = org.name_en;
    record.fields = fields_of(was == nullptr ? Organisation() : *was, org);
  }
  for (const auto& [id, person] : change.after.persons) {
    const Person* was = find(change.before.persons, id);
    RecordDifference& record = add(RecordKind::Person, was == nullptr, id.text(), person.name);
    record.name_en = person.name_en;
    if (was != nullptr && was->active && !person.active) record.state = RecordState::Left;
    record.fields = fields_of(names, was == nullptr ? Person() : *was, person);
  }
  for (const auto& [id, group] : change.after.groups) {
    const Group* was = find(change.before.groups, id);
    add(RecordKind::Group, was == nullptr, id.text(), group.name).fields =
        fields_of(names, was == nullptr ? Group() : *was, group, was == nullptr);
  }
  for (const auto& [id, delegation] : change.after.delegations) {
    const Delegation* was = find(change.before.delegations, id);
    add(RecordKind::Delegation, was == nullptr, id.text(), std::string(role_text(delegation.role))).fields =
        fields_of(names, was, delegation);
  }
  return all;
}

Result<std::vector<VisibilityChange>> what_becomes_visible(const Platform& platform, const Caller& viewer,
                                                           const DirectoryChange& change) {
  const Directory& now = *viewer.directory;
  const Directory then = with_change(now, change);
  const auto labels = platform.store.labels();
  std::vector<VisibilityChange> changes;
  for (const PersonId& person : whose_rights_change(now, then, viewer)) {
    const auto before = readable(now, person, *labels);
    const auto after = readable(then, person, *labels);
    const auto gained = without(after, before);
    const auto lost = without(before, after);
    VisibilityChange visible;
    visible.person = person;
    TRY(visible.gained, platform.store.label_counts(viewer.reach, gained));
    TRY(visible.lost, platform.store.label_counts(viewer.reach, lost));
    changes.push_back(visible);
  }
  return changes;
}

}  // namespace hinomi::flow
