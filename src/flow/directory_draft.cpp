#include "flow/directory_draft.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "policy/authority.h"

namespace hinomi::flow {
namespace {

constexpr std::size_t kLongestField = 2000;

Error row_error(std::string_view field, std::string code, std::string detail) {
  return invalid(std::move(code), std::move(detail), std::string(field));
}

bool is_separator(std::string_view text, std::size_t at, std::size_t& width) {
  for (const std::string_view separator : {";", "\n", "；", "、"}) {
    if (text.substr(at).starts_with(separator)) {
      width = separator.size();
      return true;
    }
  }
  return false;
}

std::vector<std::string> list_of(std::string_view text) {
  std::vector<std::string> parts;
  std::string part;
  const auto finish = [&] {
    if (const auto word = trimmed(part); !word.empty()) parts.emplace_back(word);
    part.clear();
  };
  for (std::size_t i = 0; i < text.size();) {
    std::size_t width = 1;
    if (is_separator(text, i, width)) {
      finish();
    } else {
      part += text[i];
    }
    i += width;
  }
  finish();
  return parts;
}

// One row's fields, read by name.
class Fields {
 public:
  explicit Fields(const DirectoryRow& row) : row_(row) {}

  // Nothing where the field is to stay as it is.
  [[nodiscard]] std::optional<std::string> text(std::string_view name) const {
    const auto found = row_.fields.find(name);
    if (found == row_.fields.end()) return std::nullopt;
    const std::string value(trimmed(found->second));
    if (value.empty()) return std::nullopt;
    return value == "-" ? "" : value;
  }
  [[nodiscard]] std::optional<std::vector<std::string>> list(std::string_view name) const {
    const auto value = text(name);
    return value ? std::optional(list_of(*value)) : std::nullopt;
  }
  [[nodiscard]] Result<std::string> required(std::string_view name) const {
    const auto value = text(name);
    if (!value || value->empty()) return row_error(name, "directory.field_missing", "This field is needed.");
    return *value;
  }
  Status put(std::string_view name, std::string& into) const {
    if (const auto value = text(name)) into = *value;
    return {};
  }
  Status put(std::string_view name, bool& into) const {
    const auto value = text(name);
    if (!value) return {};
    const std::string word = folded(*value);
    for (const std::string_view yes : {"yes", "true", "1", "はい", "○", "有", "在籍"}) {
      if (word == folded(yes)) return into = true, Status();
    }
    for (const std::string_view no : {"", "no", "false", "0", "いいえ", "×", "無", "退職", "異動"}) {
      if (word == folded(no)) return into = false, Status();
    }
    return row_error(name, "directory.yes_or_no", "Write yes or no.");
  }
  template <class Value, class Parse>
  Status put(std::string_view name, Value& into, Parse parse) const {
    const auto value = text(name);
    if (!value) return {};
    auto parsed = parse(*value);
    if (!parsed.ok()) return row_error(name, parsed.error().code, parsed.error().detail);
    into = *parsed;
    return {};
  }
  template <class Value, class Parse>
  Status put_all(std::string_view name, std::set<Value>& into, Parse parse) const {
    const auto values = list(name);
    if (!values) return {};
    std::set<Value> all;
    for (const std::string& value : *values) {
      auto parsed = parse(value);
      if (!parsed.ok()) return row_error(name, parsed.error().code, parsed.error().detail);
      all.insert(*parsed);
    }
    into = std::move(all);
    return {};
  }

 private:
  const DirectoryRow& row_;
};

Result<std::string> as_text(const std::string& text) { return text; }

// A word of ours, as compartments and areas are: it shows in labels and files.
Result<std::string> as_word(const std::string& text) {
  const bool fine = !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  if (!fine) return invalid("directory.word", "Use a to z, 0 to 9, - and _, at most 40 characters.");
  return text;
}

Result<int> as_number(const std::string& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0)
    return invalid("directory.number", "Write a whole number.");
  return value;
}

Result<std::string> as_address(const std::string& text) {
  const std::string address = folded(text);
  const bool bad = address.size() > 254 ||
                   std::ranges::any_of(address, [](unsigned char c) { return c <= 0x20 || c == 0x7F; }) ||
                   (!address.empty() && address.find('@') == std::string::npos);
  if (bad) return invalid("directory.address", "This is no mail address.");
  return address;
}

Result<Instant> as_instant(const std::string& text) {
  if (const auto day = parse_day(text); day.ok()) return tokyo_midnight(*day);
  return parse_rfc3339(text);
}

class Drafting {
 public:
  Drafting(const Directory& directory, const policy::Principal& actor, Random& random)
      : now_(directory), then_(directory), actor_(actor), random_(random) {}

  void take(const DirectoryRow& row) {
    const Status taken = take_row(row);
    if (!taken.ok())
      draft_.problems.push_back({row.number, taken.error().where, taken.error().code, taken.error().detail, row.list});
  }

  void note_who_left() {
    for (const auto& [id, person] : now_.persons) {
      if (!listed_orgs_.contains(person.org) || listed_.contains(id) || !person.active || person.canary) continue;
      if (!policy::stands_above(actor_, now_, person)) {
        draft_.problems.push_back({0, "login", "directory.left_above_you", person.name});
        continue;
      }
      then_.persons.at(id).active = false;
      touched_persons_.insert(id);
      draft_.left.push_back(id);
    }
  }

  DirectoryDraft finish() {
    DirectoryChange& change = draft_.change;
    change.id = DirectoryChangeId::random(random_);
    change.base_epoch = now_.epoch;
    change.proposed_by = actor_.person;
    keep(now_.orgs, then_.orgs, touched_orgs_, change.before.orgs, change.after.orgs);
    keep(now_.persons, then_.persons, touched_persons_, change.before.persons, change.after.persons);
    keep(now_.groups, then_.groups, touched_groups_, change.before.groups, change.after.groups);
    keep(now_.delegations, then_.delegations, touched_delegations_, change.before.delegations,
         change.after.delegations);
    return std::move(draft_);
  }

 private:
  [[nodiscard]] bool sees_all() const { return policy::standing_of(actor_) >= policy::Standing::Secretariat; }
  [[nodiscard]] bool sees(const OrgId& org) const { return sees_all() || org == actor_.org; }

  Status take_row(const DirectoryRow& row) {
    for (const auto& [name, value] : row.fields) {
      if (value.size() > kLongestField) return row_error(name, "directory.field_long", "This field is too long.");
    }
    const Fields fields(row);
    switch (row.sheet) {
      case Sheet::Organisations: return take_org(fields);
      case Sheet::People: return take_person(fields);
      case Sheet::Licences: return take_licence(fields);
      case Sheet::DutyDesks: return take_desk(fields);
      case Sheet::Groups: return take_group(fields);
      case Sheet::Delegations: return take_delegation(fields);
    }
    return {};
  }

  // By id or by one of its names; nothing when there is none that the actor may know.
  [[nodiscard]] Organisation* find_org(const std::string& name) {
    const std::string wanted = folded(name);
    for (auto& [id, org] : then_.orgs) {
      const bool named = id.text() == name || folded(org.name) == wanted || folded(org.name_en) == wanted ||
                         std::ranges::any_of(org.aliases, [&](const auto& alias) { return folded(alias) == wanted; });
      if (named && sees(id)) return &org;
    }
    return nullptr;
  }
  Result<Organisation*> known_org(const Fields& fields, std::string_view field) {
    TRY(const std::string name, fields.required(field));
    Organisation* org = find_org(name);
    if (org == nullptr) return row_error(field, "directory.no_such_org", "There is no such organisation: " + name);
    return org;
  }
  [[nodiscard]] Person* find_person(const std::string& login_or_id) {
    const std::string wanted = folded(login_or_id);
    for (auto& [id, person] : then_.persons) {
      if ((id.text() == login_or_id || person.login == wanted) && sees(person.org)) return &person;
    }
    return nullptr;
  }
  Result<PersonId> known_person(const std::string& login_or_id, std::string_view field) {
    const Person* person = find_person(login_or_id);
    if (person == nullptr)
      return row_error(field, "directory.no_such_person", "There is no such person: " + login_or_id);
    return person->id;
  }

  Status take_org(const Fields& fields) {
    TRY(const std::string name, fields.required("organisation"));
    Organisation* org = find_org(name);
    if (org == nullptr) {
      Organisation added;
      added.id = OrgId::random(random_);
      added.name = name;
      added.name_en = name;
      org = &(then_.orgs[added.id] = added);
    }
    Organisation edited = *org;
    TRY_OK(fields.put("name", edited.name));
    TRY_OK(fields.put("name_en", edited.name_en));
    TRY_OK(fields.put("kind", edited.kind, parse_org_kind));
    TRY_OK(fields.put("membership", edited.membership, parse_membership));
    if (const auto aliases = fields.list("aliases")) edited.aliases = *aliases;
    TRY_OK(read_attributes(fields, edited.attributes));
    *org = edited;
    touched_orgs_.insert(edited.id);
    return {};
  }
  static Status read_attributes(const Fields& fields, OrgAttributes& attributes) {
    TRY_OK(fields.put_all("licences", attributes.licenses, parse_license));
    TRY_OK(fields.put("ci_operator", attributes.ci_operator));
    TRY_OK(fields.put("keizai", attributes.keizai));
    TRY_OK(fields.put("special", attributes.special));
    TRY_OK(fields.put("hoan_cert", attributes.hoan_cert));
    TRY_OK(fields.put("listed", attributes.listed));
    TRY_OK(fields.put("area", attributes.area));
    TRY_OK(fields.put_all("prefectures", attributes.prefectures, as_word));
    TRY_OK(fields.put("frequency_hz", attributes.frequency_hz, as_number));
    TRY_OK(fields.put_all("voltages_kv", attributes.voltages_kv, as_number));
    TRY_OK(fields.put_all("plants", attributes.plants, as_word));
    TRY_OK(fields.put_all("products", attributes.products, as_text));
    TRY_OK(fields.put("pii", attributes.personal_data));
    return fields.put_all("abroad", attributes.abroad, parse_abroad_regime);
  }

  Status take_person(const Fields& fields) {
    TRY(const std::string login, login_of(fields));
    Person* known = find_person(fields.text("id").value_or(login));
    Person person;
    if (known != nullptr) {
      person = *known;
    } else {
      TRY(person, new_person(fields, login));
    }
    TRY_OK(edit_person(fields, person));
    if (known == nullptr && login_is_taken(person)) {
      return row_error("login", "person.login_taken", "Somebody else signs in with this name.");
    }
    if (known != nullptr && known->org != person.org) leave_groups(person.id);
    then_.persons[person.id] = person;
    touched_persons_.insert(person.id);
    listed_.insert(person.id);
    listed_orgs_.insert(person.org);
    return {};
  }
  static Result<std::string> login_of(const Fields& fields) {
    if (fields.text("id") && !fields.text("login")) return std::string();
    TRY(const std::string login, fields.required("login"));
    auto checked = canonical_login(login);
    if (!checked.ok()) return checked.error().inside("login");
    return *checked;
  }
  Result<Person> new_person(const Fields& fields, const std::string& login) {
    if (login.empty()) return row_error("id", "directory.no_such_person", "There is no such person.");
    Person person;
    person.id = PersonId::random(random_);
    person.login = login;
    person.quarantined = true;
    person.ceiling = std::min(Tlp::AmberStrict, actor_.ceiling);
    TRY(person.name, fields.required("name"));
    person.name_en = person.name;
    TRY(const Organisation* org, known_org(fields, "organisation"));
    person.org = org->id;
    return person;
  }
  Status edit_person(const Fields& fields, Person& person) {
    if (fields.text("organisation")) {
      TRY(const Organisation* org, known_org(fields, "organisation"));
      // What somebody had in one organisation does not go with them to the next.
      if (org->id != person.org) {
        person.roles.clear();
        person.compartments.clear();
      }
      person.org = org->id;
    }
    TRY_OK(fields.put("login", person.login, canonical_login));
    TRY_OK(fields.put("name", person.name));
    TRY_OK(fields.put("name_en", person.name_en));
    TRY_OK(fields.put_all("roles", person.roles, parse_role));
    TRY_OK(fields.put_all("compartments", person.compartments, as_word));
    TRY_OK(fields.put("ceiling", person.ceiling, parse_tlp));
    TRY_OK(fields.put("active", person.active));
    TRY_OK(fields.put("mail", person.mail, as_address));
    TRY_OK(fields.put("phone", person.phone));
    TRY_OK(fields.put("duty_desk", person.duty_desk));
    return fields.put("canary", person.canary);
  }
  // Among those the actor may know of; the others are found by whoever agrees.
  [[nodiscard]] bool login_is_taken(const Person& person) const {
    return std::ranges::any_of(then_.persons, [&](const auto& entry) {
      return entry.first != person.id && entry.second.login == person.login && sees(entry.second.org);
    });
  }
  void leave_groups(const PersonId& id) {
    for (auto& [group_id, group] : then_.groups) {
      if (group.persons.erase(id) != 0) touched_groups_.insert(group_id);
    }
  }

  // One row for each licence; together they replace what stood.
  Status take_licence(const Fields& fields) {
    TRY(Organisation * org, known_org(fields, "organisation"));
    TRY(const std::string word, fields.required("licence"));
    const auto licence = parse_license(word);
    if (!licence.ok()) return row_error("licence", licence.error().code, licence.error().detail);
    if (licensed_.insert(org->id).second) org->attributes.licenses.clear();
    org->attributes.licenses.insert(*licence);
    touched_orgs_.insert(org->id);
    return {};
  }

  Status take_desk(const Fields& fields) {
    TRY(Organisation * org, known_org(fields, "organisation"));
    Contact contact;
    TRY(contact.desk, fields.required("desk"));
    TRY_OK(fields.put("phone", contact.phone));
    TRY_OK(fields.put("mail", contact.mail, as_address));
    TRY_OK(fields.put("duty", contact.duty));
    if (contact.phone.empty() && contact.mail.empty())
      return row_error("phone", "directory.unreachable", "A desk needs a telephone number or a mail address.");
    if (with_desks_.insert(org->id).second) org->contacts.clear();
    org->contacts.push_back(contact);
    touched_orgs_.insert(org->id);
    return {};
  }

  Status take_group(const Fields& fields) {
    TRY(const std::string name, fields.required("group"));
    Group* group = find_group(name);
    if (group == nullptr && !sees_all())
      return row_error("group", "directory.no_such_group", "There is no such group.");
    Group edited;
    if (group != nullptr) {
      edited = *group;
    } else {
      edited.id = GroupId::random(random_);
      edited.name = name;
    }
    TRY_OK(fields.put("name", edited.name));
    TRY_OK(fields.put("kind", edited.kind, parse_group_kind));
    TRY_OK(fields.put("visibility", edited.visibility, parse_visibility));
    TRY_OK(fields.put("ceiling", edited.ceiling, parse_tlp));
    TRY_OK(edit_members(fields, edited));
    then_.groups[edited.id] = edited;
    touched_groups_.insert(edited.id);
    return {};
  }
  [[nodiscard]] Group* find_group(const std::string& name) {
    for (auto& [id, group] : then_.groups) {
      const bool known = sees_all() || actor_.groups.contains(id);
      if (known && (id.text() == name || folded(group.name) == folded(name))) return &group;
    }
    return nullptr;
  }
  // `orgs` and `persons` are whole lists; join and leave name one or a few.
  Status edit_members(const Fields& fields, Group& group) {
    const auto org_id = [&](const std::string& name) -> Result<OrgId> {
      const Organisation* org = find_org(name);
      if (org == nullptr) return invalid("directory.no_such_org", "There is no such organisation: " + name);
      return org->id;
    };
    const auto person_id = [&](const std::string& login) { return known_person(login, "persons"); };
    if (sees_all()) {
      TRY_OK(fields.put_all("orgs", group.orgs, org_id));
      TRY_OK(fields.put_all("persons", group.persons, person_id));
    }
    std::set<OrgId> orgs;
    TRY_OK(fields.put_all("join_orgs", orgs, org_id));
    group.orgs.insert(orgs.begin(), orgs.end());
    orgs.clear();
    TRY_OK(fields.put_all("leave_orgs", orgs, org_id));
    for (const OrgId& id : orgs) group.orgs.erase(id);
    std::set<PersonId> persons;
    TRY_OK(fields.put_all("join_persons", persons, person_id));
    group.persons.insert(persons.begin(), persons.end());
    persons.clear();
    TRY_OK(fields.put_all("leave_persons", persons, person_id));
    for (const PersonId& id : persons) group.persons.erase(id);
    return {};
  }

  Status take_delegation(const Fields& fields) {
    Delegation delegation;
    delegation.id = DelegationId::random(random_);
    TRY(const std::string from, fields.required("from"));
    TRY(const std::string to, fields.required("to"));
    TRY(delegation.from, known_person(from, "from"));
    TRY(delegation.to, known_person(to, "to"));
    TRY([[maybe_unused]] const std::string role, fields.required("role"));
    TRY([[maybe_unused]] const std::string begin, fields.required("from_at"));
    TRY([[maybe_unused]] const std::string end, fields.required("until"));
    TRY_OK(fields.put("role", delegation.role, parse_role));
    TRY_OK(fields.put("from_at", delegation.from_at, as_instant));
    TRY_OK(fields.put("until", delegation.until, as_instant));
    then_.delegations[delegation.id] = delegation;
    touched_delegations_.insert(delegation.id);
    return {};
  }

  // Of what was touched, only what differs.
  template <class Records, class Ids>
  void keep(const Records& now, const Records& then, const Ids& touched, Records& before, Records& after) {
    for (const auto& id : touched) {
      const auto stood = now.find(id);
      const auto& wanted = then.at(id);
      if (stood != now.end() && stood->second == wanted) {
        ++draft_.unchanged;
        continue;
      }
      if (stood != now.end()) before.emplace(id, stood->second);
      after.emplace(id, wanted);
    }
  }

  const Directory& now_;
  Directory then_;
  const policy::Principal& actor_;
  Random& random_;
  DirectoryDraft draft_;
  std::set<OrgId> touched_orgs_, licensed_, with_desks_, listed_orgs_;
  std::set<PersonId> touched_persons_, listed_;
  std::set<GroupId> touched_groups_;
  std::set<DelegationId> touched_delegations_;
};

}  // namespace

Result<std::string> canonical_login(const std::string& text) {
  const std::string login = folded(text);
  const bool bad = login.empty() || login.size() > 100 ||
                   std::ranges::any_of(login, [](unsigned char c) { return c <= 0x20 || c == 0x7F; });
  if (bad) return invalid("directory.login", "A login has 1 to 100 characters and no spaces.");
  return login;
}

DirectoryDraft draft_change(const Directory& directory, const policy::Principal& actor,
                            const std::vector<DirectoryRow>& rows, Completeness completeness, Random& random) {
  Drafting drafting(directory, actor, random);
  // Whoever is named must be there: organisations first, then people, then what joins them.
  for (const Sheet sheet :
       {Sheet::Organisations, Sheet::Licences, Sheet::DutyDesks, Sheet::People, Sheet::Groups, Sheet::Delegations}) {
    for (const DirectoryRow& row : rows) {
      if (row.sheet == sheet) drafting.take(row);
    }
  }
  if (completeness == Completeness::Whole) drafting.note_who_left();
  return drafting.finish();
}

}  // namespace hinomi::flow
