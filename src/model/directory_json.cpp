#include "model/directory_json.h"

#include <type_traits>

namespace hinomi {
namespace {

template <class Values>
void write_list(JsonWriter& out, std::string_view name, const Values& values) {
  out.key(name).begin_array();
  for (const auto& value : values) {
    if constexpr (std::is_integral_v<std::decay_t<decltype(value)>>) {
      out.integer(value);
    } else if constexpr (requires { value.text(); }) {
      out.string(value.text());
    } else {
      out.string(value);
    }
  }
  out.end_array();
}

std::string text_at(JsonView object, std::string_view name) { return std::string(object.string_at(name).value_or("")); }
bool flag_at(JsonView object, std::string_view name) { return object.boolean_at(name).value_or(false); }

std::vector<std::string> texts_at(JsonView object, std::string_view name) {
  std::vector<std::string> texts;
  const auto list = object.find(name);
  if (!list) return texts;
  for (const JsonView value : *list) texts.emplace_back(value.string().value_or(""));
  return texts;
}

std::set<std::string> text_set(JsonView object, std::string_view name) {
  const auto texts = texts_at(object, name);
  return {texts.begin(), texts.end()};
}

template <class IdType>
Result<std::set<IdType>> ids_at(JsonView object, std::string_view name) {
  std::set<IdType> ids;
  for (const std::string& text : texts_at(object, name)) {
    TRY(const IdType id, IdType::parse(text));
    ids.insert(id);
  }
  return ids;
}

void write(JsonWriter& out, const OrgAttributes& attributes) {
  std::vector<std::string_view> licenses;
  for (const License license : attributes.licenses) licenses.push_back(license_text(license));
  out.begin_object();
  write_list(out, "licenses", licenses);
  out.member("ci_operator", attributes.ci_operator).member("keizai", attributes.keizai);
  out.member("special", attributes.special).member("hoan_cert", attributes.hoan_cert);
  out.member("listed", attributes.listed).member("area", attributes.area);
  write_list(out, "prefectures", attributes.prefectures);
  out.member("frequency_hz", attributes.frequency_hz);
  write_list(out, "voltages_kv", attributes.voltages_kv);
  write_list(out, "plants", attributes.plants);
  write_list(out, "products", attributes.products);
  out.member("pii", attributes.personal_data);
  std::vector<std::string_view> regimes;
  for (const AbroadRegime regime : attributes.abroad) regimes.push_back(abroad_regime_text(regime));
  write_list(out, "abroad", regimes);
  out.end_object();
}

void write(JsonWriter& out, const std::vector<Contact>& contacts) {
  out.begin_array();
  for (const Contact& contact : contacts) {
    out.begin_object().member("desk", contact.desk).member("phone", contact.phone).member("mail", contact.mail);
    out.member("duty", contact.duty).end_object();
  }
  out.end_array();
}

void write(JsonWriter& out, const Organisation& org) {
  out.begin_object().member("id", org.id.text()).member("kind", org_kind_text(org.kind)).member("name", org.name);
  out.member("name_en", org.name_en).member("membership", membership_text(org.membership));
  write_list(out, "aliases", org.aliases);
  write(out.key("attributes"), org.attributes);
  write(out.key("contacts"), org.contacts);
  out.end_object();
}

void write(JsonWriter& out, const Person& person) {
  std::vector<std::string_view> roles;
  for (const Role role : person.roles) roles.push_back(role_text(role));
  out.begin_object().member("id", person.id.text()).member("org", person.org.text()).member("name", person.name);
  out.member("name_en", person.name_en).member("login", person.login);
  write_list(out, "roles", roles);
  write_list(out, "compartments", person.compartments);
  out.member("ceiling", tlp_text(person.ceiling)).member("active", person.active);
  out.member("mail", person.mail).member("phone", person.phone).member("duty_desk", person.duty_desk);
  out.member("quarantined", person.quarantined).member("canary", person.canary).end_object();
}

void write(JsonWriter& out, const Group& group) {
  out.begin_object().member("id", group.id.text()).member("name", group.name);
  out.member("ceiling", tlp_text(group.ceiling)).member("kind", group_kind_text(group.kind));
  out.member("visibility", visibility_text(group.visibility));
  write_list(out, "orgs", group.orgs);
  write_list(out, "persons", group.persons);
  out.end_object();
}

void write(JsonWriter& out, const Delegation& delegation) {
  out.begin_object().member("id", delegation.id.text()).member("from", delegation.from.text());
  out.member("to", delegation.to.text()).member("role", role_text(delegation.role));
  out.member("from_at", to_rfc3339(delegation.from_at)).member("until", to_rfc3339(delegation.until));
  out.member("in_force", delegation.in_force).end_object();
}

template <class Records>
void write_records(JsonWriter& out, std::string_view name, const Records& records) {
  out.key(name).begin_array();
  for (const auto& [id, record] : records) write(out, record);
  out.end_array();
}

Result<OrgAttributes> attributes_of(JsonView object) {
  OrgAttributes attributes;
  for (const std::string& text : texts_at(object, "licenses")) {
    TRY(const License license, parse_license(text));
    attributes.licenses.insert(license);
  }
  attributes.ci_operator = flag_at(object, "ci_operator");
  attributes.keizai = flag_at(object, "keizai");
  attributes.special = flag_at(object, "special");
  attributes.hoan_cert = flag_at(object, "hoan_cert");
  attributes.listed = flag_at(object, "listed");
  attributes.area = text_at(object, "area");
  attributes.prefectures = text_set(object, "prefectures");
  attributes.frequency_hz = static_cast<int>(object.integer_at("frequency_hz").value_or(0));
  if (const auto voltages = object.find("voltages_kv")) {
    for (const JsonView value : *voltages) attributes.voltages_kv.insert(static_cast<int>(value.integer().value_or(0)));
  }
  attributes.plants = text_set(object, "plants");
  attributes.products = text_set(object, "products");
  attributes.personal_data = flag_at(object, "pii");
  for (const std::string& text : texts_at(object, "abroad")) {
    TRY(const AbroadRegime regime, parse_abroad_regime(text));
    attributes.abroad.insert(regime);
  }
  return attributes;
}

std::vector<Contact> contacts_of(JsonView list) {
  std::vector<Contact> contacts;
  for (const JsonView contact : list) {
    contacts.push_back(
        {text_at(contact, "desk"), text_at(contact, "phone"), text_at(contact, "mail"), flag_at(contact, "duty")});
  }
  return contacts;
}

Result<Organisation> read_org(JsonView object) {
  Organisation org;
  TRY(org.id, OrgId::parse(text_at(object, "id")));
  TRY(org.kind, parse_org_kind(text_at(object, "kind")));
  org.name = text_at(object, "name");
  org.name_en = text_at(object, "name_en");
  TRY(org.membership, parse_membership(text_at(object, "membership")));
  org.aliases = texts_at(object, "aliases");
  if (const auto attributes = object.find("attributes")) {
    TRY(org.attributes, attributes_of(*attributes));
  }
  if (const auto contacts = object.find("contacts")) org.contacts = contacts_of(*contacts);
  return org;
}

Result<Person> read_person(JsonView object) {
  Person person;
  TRY(person.id, PersonId::parse(text_at(object, "id")));
  TRY(person.org, OrgId::parse(text_at(object, "org")));
  person.name = text_at(object, "name");
  person.name_en = text_at(object, "name_en");
  person.login = text_at(object, "login");
  for (const std::string& text : texts_at(object, "roles")) {
    TRY(const Role role, parse_role(text));
    person.roles.insert(role);
  }
  person.compartments = text_set(object, "compartments");
  TRY(person.ceiling, parse_tlp(text_at(object, "ceiling")));
  person.active = flag_at(object, "active");
  person.mail = text_at(object, "mail");
  person.phone = text_at(object, "phone");
  person.duty_desk = flag_at(object, "duty_desk");
  person.quarantined = flag_at(object, "quarantined");
  person.canary = flag_at(object, "canary");
  return person;
}

Result<Group> read_group(JsonView object) {
  Group group;
  TRY(group.id, GroupId::parse(text_at(object, "id")));
  group.name = text_at(object, "name");
  TRY(group.ceiling, parse_tlp(text_at(object, "ceiling")));
  TRY(group.kind, parse_group_kind(text_at(object, "kind")));
  TRY(group.visibility, parse_visibility(text_at(object, "visibility")));
  TRY(group.orgs, ids_at<OrgId>(object, "orgs"));
  TRY(group.persons, ids_at<PersonId>(object, "persons"));
  return group;
}

Result<Delegation> read_delegation(JsonView object) {
  Delegation delegation;
  TRY(delegation.id, DelegationId::parse(text_at(object, "id")));
  TRY(delegation.from, PersonId::parse(text_at(object, "from")));
  TRY(delegation.to, PersonId::parse(text_at(object, "to")));
  TRY(delegation.role, parse_role(text_at(object, "role")));
  TRY(delegation.from_at, parse_rfc3339(text_at(object, "from_at")));
  TRY(delegation.until, parse_rfc3339(text_at(object, "until")));
  delegation.in_force = flag_at(object, "in_force");
  return delegation;
}

template <class Read, class Records>
Status read_records(JsonView object, std::string_view name, const Read& read, Records& records) {
  const auto list = object.find(name);
  if (!list) return {};
  for (const JsonView value : *list) {
    TRY(auto record, read(value));
    const auto id = record.id;
    records.emplace(id, std::move(record));
  }
  return {};
}

}  // namespace

std::string attributes_text(const OrgAttributes& attributes) {
  JsonWriter out;
  write(out, attributes);
  return out.take();
}

Result<OrgAttributes> parse_attributes(std::string_view json) {
  TRY(const auto document, parse_json(json));
  return attributes_of(document->root());
}

std::string contacts_text(const std::vector<Contact>& contacts) {
  JsonWriter out;
  write(out, contacts);
  return out.take();
}

Result<std::vector<Contact>> parse_contacts(std::string_view json) {
  TRY(const auto document, parse_json(json));
  return contacts_of(document->root());
}

std::string directory_text(const Directory& directory) {
  JsonWriter out;
  out.begin_object();
  write_records(out, "orgs", directory.orgs);
  write_records(out, "persons", directory.persons);
  write_records(out, "groups", directory.groups);
  write_records(out, "delegations", directory.delegations);
  return out.end_object().take();
}

Result<Directory> parse_directory(std::string_view json) {
  TRY(const auto document, parse_json(json));
  Directory directory;
  TRY_OK(read_records(document->root(), "orgs", read_org, directory.orgs));
  TRY_OK(read_records(document->root(), "persons", read_person, directory.persons));
  TRY_OK(read_records(document->root(), "groups", read_group, directory.groups));
  TRY_OK(read_records(document->root(), "delegations", read_delegation, directory.delegations));
  return directory;
}

}  // namespace hinomi
