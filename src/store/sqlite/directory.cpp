#include "model/directory_json.h"
#include "store/sqlite/directory_rows.h"
#include "store/sqlite/engine.h"
#include "store/sqlite/gains.h"
#include "store/sqlite/labels.h"
#include "store/sqlite/sessions.h"
#include "store/sqlite/words.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kPutOrganisation{
    "put_organisation",
    "INSERT INTO organisation (id, kind, name, name_en, aliases, attributes, membership, contacts) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
    "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, name_en = excluded.name_en, "
    "aliases = excluded.aliases, attributes = excluded.attributes, membership = excluded.membership, "
    "contacts = excluded.contacts"};
constexpr Statement kPutPerson{
    "put_person",
    "INSERT INTO person (id, org_id, name, name_en, login, roles, compartments, ceiling, active, mail, phone, "
    "duty_desk, quarantined, canary) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) "
    "ON CONFLICT (id) DO UPDATE SET org_id = excluded.org_id, name = excluded.name, name_en = excluded.name_en, "
    "login = excluded.login, roles = excluded.roles, compartments = excluded.compartments, "
    "ceiling = excluded.ceiling, active = excluded.active, mail = excluded.mail, phone = excluded.phone, "
    "duty_desk = excluded.duty_desk, quarantined = excluded.quarantined, canary = excluded.canary"};
constexpr Statement kPutGroup{
    "put_group",
    "INSERT INTO people_group (id, name, ceiling, orgs, persons, kind, visibility) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
    "ON CONFLICT (id) DO UPDATE SET name = excluded.name, ceiling = excluded.ceiling, orgs = excluded.orgs, "
    "persons = excluded.persons, kind = excluded.kind, visibility = excluded.visibility"};
constexpr Statement kPutDelegation{
    "put_delegation",
    "INSERT INTO delegation (id, from_id, to_id, role, from_at, until, in_force) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
    "ON CONFLICT (id) DO UPDATE SET from_at = excluded.from_at, until = excluded.until, in_force = excluded.in_force"};
constexpr Statement kRaiseEpoch{"raise_epoch",
                                "UPDATE counter SET value = value + 1 WHERE name = 'epoch' RETURNING value"};
constexpr Statement kEpoch{"epoch", "SELECT value FROM counter WHERE name = 'epoch'"};
constexpr Statement kOrganisations{
    "organisations", "SELECT id, kind, name, name_en, aliases, attributes, membership, contacts FROM organisation"};
constexpr Statement kPersons{
    "persons",
    "SELECT id, org_id, name, name_en, login, roles, compartments, ceiling, active, mail, phone, duty_desk, "
    "quarantined, canary, EXISTS (SELECT 1 FROM clearance c WHERE c.org_id = person.org_id AND "
    "c.person_id = person.id) FROM person"};
constexpr Statement kGroups{"groups", "SELECT id, name, ceiling, orgs, persons, kind, visibility FROM people_group"};
constexpr Statement kDelegations{"delegations",
                                 "SELECT id, from_id, to_id, role, from_at, until, in_force FROM delegation"};
constexpr Statement kRegister{"clearance_register",
                              "SELECT value FROM installation_setting WHERE name = 'clearance_register'"};
constexpr Statement kOverlaps{"overlaps", "SELECT kind, label_id, other_label_id FROM label_overlap"};
constexpr Statement kLastEvent{"last_event", "SELECT max(sequence) FROM event"};
constexpr Statement kLoginOwner{"login_owner", "SELECT id FROM person WHERE login = ?1"};

Status put_organisations(Database& database, const Directory& changes) {
  for (const auto& [id, org] : changes.orgs) {
    TRY_OK(database.run(kPutOrganisation, id, org_kind_text(org.kind), org.name, org.name_en,
                        written_texts(org.aliases), attributes_text(org.attributes), membership_text(org.membership),
                        contacts_text(org.contacts)));
  }
  return {};
}

Status put_persons(Change& change, const Directory& changes) {
  Database& database = change.database();
  for (const auto& [id, person] : changes.persons) {
    TRY(auto owner, database.query(kLoginOwner, person.login));
    TRY(const bool taken, owner.next());
    if (taken && owner.id<PersonId>(0) != id) {
      return conflict("person.login_taken", "Somebody else signs in with this name. Choose another.");
    }
    std::vector<std::string> roles;
    for (const Role role : person.roles) roles.emplace_back(role_text(role));
    const std::vector<std::string> compartments(person.compartments.begin(), person.compartments.end());
    TRY_OK(database.run(kPutPerson, id, person.org, person.name, person.name_en, person.login, written_texts(roles),
                        written_texts(compartments), tlp_text(person.ceiling), person.active, person.mail, person.phone,
                        person.duty_desk, person.quarantined, person.canary));
    // Whoever comes back signs in again.
    if (!person.active) TRY_OK(end_sessions(change, id, Sha256{}, AccountStore::Tokens::End));
  }
  return {};
}

Status put_groups(Database& database, const Directory& changes) {
  for (const auto& [id, group] : changes.groups) {
    TRY_OK(database.run(kPutGroup, id, group.name, tlp_text(group.ceiling), written_ids(group.orgs),
                        written_ids(group.persons), group_kind_text(group.kind), visibility_text(group.visibility)));
  }
  return {};
}

Status put_delegations(Database& database, const Directory& changes) {
  for (const auto& [id, delegation] : changes.delegations) {
    TRY_OK(database.run(kPutDelegation, id, delegation.from, delegation.to, role_text(delegation.role),
                        delegation.from_at, delegation.until, delegation.in_force));
  }
  return {};
}

Result<Organisation> read_organisation(const Query& row) {
  Organisation org;
  org.id = row.id<OrgId>(0);
  TRY(org.kind, parse_org_kind(row.text(1)));
  org.name = row.text(2);
  org.name_en = row.text(3);
  TRY(org.aliases, read_texts(row.text(4)));
  TRY(org.attributes, parse_attributes(row.text(5)));
  TRY(org.membership, parse_membership(row.text(6)));
  TRY(org.contacts, parse_contacts(row.text(7)));
  return org;
}

Result<Person> read_person(const Query& row) {
  Person person;
  person.id = row.id<PersonId>(0);
  person.org = row.id<OrgId>(1);
  person.name = row.text(2);
  person.name_en = row.text(3);
  person.login = row.text(4);
  TRY(const auto roles, read_texts(row.text(5)));
  for (const std::string& text : roles) {
    TRY(const Role role, parse_role(text));
    person.roles.insert(role);
  }
  TRY(const auto compartments, read_texts(row.text(6)));
  person.compartments.insert(compartments.begin(), compartments.end());
  TRY(person.ceiling, parse_tlp(row.text(7)));
  person.active = row.flag(8);
  person.mail = row.text(9);
  person.phone = row.text(10);
  person.duty_desk = row.flag(11);
  person.quarantined = row.flag(12);
  person.canary = row.flag(13);
  person.cleared = row.flag(14);
  return person;
}

Result<Group> read_group(const Query& row) {
  Group group;
  group.id = row.id<GroupId>(0);
  group.name = row.text(1);
  TRY(group.ceiling, parse_tlp(row.text(2)));
  TRY(group.orgs, read_ids<OrgId>(row.text(3)));
  TRY(group.persons, read_ids<PersonId>(row.text(4)));
  TRY(group.kind, parse_group_kind(row.text(5)));
  TRY(group.visibility, parse_visibility(row.text(6)));
  return group;
}

Result<Delegation> read_delegation(const Query& row) {
  TRY(const Role role, parse_role(row.text(3)));
  return Delegation{row.id<DelegationId>(0), row.id<PersonId>(1), row.id<PersonId>(2), role,
                    row.instant(4),          row.instant(5),      row.flag(6)};
}

template <class Read, class Map>
Status load_all(Database& database, const Statement& statement, const Read& read, Map& into) {
  TRY(auto query, database.query(statement));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return {};
    TRY(auto value, read(query));
    const auto id = value.id;
    into.emplace(id, std::move(value));
  }
}

Result<Overlaps> load_overlaps(Database& database) {
  Overlaps overlaps;
  TRY(auto query, database.query(kOverlaps));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return overlaps;
    overlaps.emplace(query.text(0), query.label(1), query.label(2));
  }
}

}  // namespace

Result<Directory> load_directory(Database& database) {
  Directory directory;
  TRY(const auto epoch, database.number(kEpoch));
  directory.epoch = static_cast<std::uint64_t>(epoch.value_or(0));
  TRY_OK(load_all(database, kOrganisations, read_organisation, directory.orgs));
  TRY_OK(load_all(database, kPersons, read_person, directory.persons));
  TRY_OK(load_all(database, kGroups, read_group, directory.groups));
  TRY_OK(load_all(database, kDelegations, read_delegation, directory.delegations));
  TRY(const auto kept, database.number(kRegister));
  directory.clearance_register = kept.value_or(0) != 0;
  return directory;
}

Status load_snapshots(Database& database, Snapshots& snapshots) {
  TRY(auto labels, load_labels(database));
  snapshots.newest_label = labels.empty() ? 0 : labels.back().id.value;
  TRY_OK(load_whereabouts(database, snapshots.whereabouts));
  TRY_OK(load_sessions(database, snapshots.sessions));
  snapshots.labels.set(std::move(labels));
  TRY(auto overlaps, load_overlaps(database));
  snapshots.overlaps.set(std::move(overlaps));
  TRY(auto directory, load_directory(database));
  snapshots.directory.set(std::move(directory));
  TRY(auto collections, load_collections(database));
  snapshots.collections.set(std::move(collections));
  TRY(const auto last, database.number(kLastEvent));
  snapshots.last_event = last.value_or(0);
  return {};
}

Result<std::uint64_t> change_rights(Change& change, Instant at, const std::function<Status()>& write) {
  Database& database = change.database();
  TRY(const Directory before, load_directory(database));
  TRY_OK(write());
  TRY(const auto epoch, database.number(kRaiseEpoch));
  TRY(const Directory after, load_directory(database));
  TRY_OK(note_gains(change, before, after, at));
  change.directory_changed();
  return static_cast<std::uint64_t>(epoch.value_or(0));
}

Status put_records(Change& change, const Directory& records) {
  Database& database = change.database();
  TRY_OK(put_organisations(database, records));
  TRY_OK(put_persons(change, records));
  TRY_OK(put_groups(database, records));
  return put_delegations(database, records);
}

Result<std::uint64_t> Engine::put_directory(const Permit<action::Administer>&, const Directory& changes) {
  return writer_->run_for<std::uint64_t>(
      [&](Change& change) { return change_rights(change, Instant(), [&] { return put_records(change, changes); }); });
}

}  // namespace hinomi::store::sqlite
