#include "base/json.h"
#include "store/sqlite/engine.h"
#include "store/sqlite/words.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kPutOrganisation{
    "put_organisation",
    "INSERT INTO organisation (id, kind, name, name_en, aliases, attributes) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
    "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, name_en = excluded.name_en, "
    "aliases = excluded.aliases, attributes = excluded.attributes"};
constexpr Statement kPutPerson{
    "put_person",
    "INSERT INTO person (id, org_id, name, name_en, login, roles, compartments, ceiling, cleared, active) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
    "ON CONFLICT (id) DO UPDATE SET org_id = excluded.org_id, name = excluded.name, name_en = excluded.name_en, "
    "login = excluded.login, roles = excluded.roles, compartments = excluded.compartments, "
    "ceiling = excluded.ceiling, cleared = excluded.cleared, active = excluded.active"};
constexpr Statement kPutGroup{
    "put_group",
    "INSERT INTO people_group (id, name, ceiling, orgs, persons) VALUES (?1, ?2, ?3, ?4, ?5) "
    "ON CONFLICT (id) DO UPDATE SET name = excluded.name, ceiling = excluded.ceiling, orgs = excluded.orgs, "
    "persons = excluded.persons"};
constexpr Statement kRaiseEpoch{"raise_epoch",
                                "UPDATE counter SET value = value + 1 WHERE name = 'epoch' RETURNING value"};
constexpr Statement kEpoch{"epoch", "SELECT value FROM counter WHERE name = 'epoch'"};
constexpr Statement kOrganisations{"organisations",
                                   "SELECT id, kind, name, name_en, aliases, attributes FROM organisation"};
constexpr Statement kPersons{
    "persons", "SELECT id, org_id, name, name_en, login, roles, compartments, ceiling, cleared, active FROM person"};
constexpr Statement kGroups{"groups", "SELECT id, name, ceiling, orgs, persons FROM people_group"};
constexpr Statement kLabels{"labels", "SELECT id, canonical_text FROM label ORDER BY id"};
constexpr Statement kOverlaps{"overlaps", "SELECT kind, label_id, other_label_id FROM label_overlap"};
constexpr Statement kLastEvent{"last_event", "SELECT max(sequence) FROM event"};
constexpr Statement kLoginOwner{"login_owner", "SELECT id FROM person WHERE login = ?1"};

template <class Values>
void write_list(JsonWriter& writer, std::string_view name, const Values& values) {
  writer.key(name).begin_array();
  for (const auto& value : values) {
    if constexpr (std::is_integral_v<std::decay_t<decltype(value)>>) {
      writer.integer(value);
    } else {
      writer.string(value);
    }
  }
  writer.end_array();
}

std::string written(const OrgAttributes& attributes) {
  std::vector<std::string> licenses;
  for (const License license : attributes.licenses) licenses.emplace_back(license_text(license));
  JsonWriter writer;
  writer.begin_object();
  write_list(writer, "licenses", licenses);
  writer.member("ci_operator", attributes.ci_operator).member("keizai", attributes.keizai);
  writer.member("special", attributes.special).member("hoan_cert", attributes.hoan_cert);
  writer.member("listed", attributes.listed).member("area", attributes.area);
  write_list(writer, "prefectures", attributes.prefectures);
  writer.member("frequency_hz", attributes.frequency_hz);
  write_list(writer, "voltages_kv", attributes.voltages_kv);
  write_list(writer, "plants", attributes.plants);
  write_list(writer, "products", attributes.products);
  writer.end_object();
  return writer.take();
}

std::set<std::string> text_set(JsonView object, std::string_view name) {
  std::set<std::string> texts;
  const auto list = object.find(name);
  if (!list) return texts;
  for (const JsonView value : *list) texts.emplace(value.string().value_or(""));
  return texts;
}

Result<OrgAttributes> read_attributes(std::string_view json) {
  TRY(const auto document, parse_json(json));
  const JsonView object = document->root();
  OrgAttributes attributes;
  for (const std::string& text : text_set(object, "licenses")) {
    TRY(const License license, parse_license(text));
    attributes.licenses.insert(license);
  }
  attributes.ci_operator = object.boolean_at("ci_operator").value_or(false);
  attributes.keizai = object.boolean_at("keizai").value_or(false);
  attributes.special = object.boolean_at("special").value_or(false);
  attributes.hoan_cert = object.boolean_at("hoan_cert").value_or(false);
  attributes.listed = object.boolean_at("listed").value_or(false);
  attributes.area = object.string_at("area").value_or("");
  attributes.prefectures = text_set(object, "prefectures");
  attributes.frequency_hz = static_cast<int>(object.integer_at("frequency_hz").value_or(0));
  if (const auto voltages = object.find("voltages_kv")) {
    for (const JsonView value : *voltages) attributes.voltages_kv.insert(static_cast<int>(value.integer().value_or(0)));
  }
  attributes.plants = text_set(object, "plants");
  attributes.products = text_set(object, "products");
  return attributes;
}

Status put_organisations(Database& database, const Directory& changes) {
  for (const auto& [id, org] : changes.orgs) {
    TRY_OK(database.run(kPutOrganisation, id, org_kind_text(org.kind), org.name, org.name_en,
                        written_texts(org.aliases), written(org.attributes)));
  }
  return {};
}

Status put_persons(Database& database, const Directory& changes) {
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
                        written_texts(compartments), tlp_text(person.ceiling), person.cleared, person.active));
  }
  return {};
}

Status put_groups(Database& database, const Directory& changes) {
  for (const auto& [id, group] : changes.groups) {
    TRY_OK(database.run(kPutGroup, id, group.name, tlp_text(group.ceiling), written_ids(group.orgs),
                        written_ids(group.persons)));
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
  TRY(org.attributes, read_attributes(row.text(5)));
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
  person.cleared = row.flag(8);
  person.active = row.flag(9);
  return person;
}

Result<Group> read_group(const Query& row) {
  Group group;
  group.id = row.id<GroupId>(0);
  group.name = row.text(1);
  TRY(group.ceiling, parse_tlp(row.text(2)));
  TRY(group.orgs, read_ids<OrgId>(row.text(3)));
  TRY(group.persons, read_ids<PersonId>(row.text(4)));
  return group;
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

Result<std::vector<LabelEntry>> load_labels(Database& database) {
  std::vector<LabelEntry> labels;
  TRY(auto query, database.query(kLabels));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return labels;
    TRY(Label label, parse_label(query.text(1)));
    labels.push_back({query.label(0), std::move(label)});
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
  return directory;
}

Status load_snapshots(Database& database, Snapshots& snapshots) {
  TRY(auto labels, load_labels(database));
  snapshots.labels.set(std::move(labels));
  TRY(auto overlaps, load_overlaps(database));
  snapshots.overlaps.set(std::move(overlaps));
  TRY(auto directory, load_directory(database));
  snapshots.directory.set(std::move(directory));
  TRY(const auto last, database.number(kLastEvent));
  snapshots.last_event = last.value_or(0);
  return {};
}

Result<std::uint64_t> Engine::put_directory(const Permit<action::Administer>&, const Directory& changes) {
  return writer_->run_for<std::uint64_t>([&](Change& change) -> Result<std::uint64_t> {
    Database& database = change.database();
    TRY_OK(put_organisations(database, changes));
    TRY_OK(put_persons(database, changes));
    TRY_OK(put_groups(database, changes));
    TRY(const auto epoch, database.number(kRaiseEpoch));
    change.directory_changed();
    return static_cast<std::uint64_t>(epoch.value_or(0));
  });
}

}  // namespace hinomi::store::sqlite
