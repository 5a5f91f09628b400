#include "app/demo_sector.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "flow/collect.h"
#include "flow/founding.h"
#include "flow/session.h"
#include "policy/labelling.h"
#include "policy/permit.h"

namespace hinomi::app {
namespace {

struct OrgRow {
  std::string_view key;
  OrgKind kind;
  std::string_view name;
  std::string_view name_en;
  std::string_view alias;
  std::set<License> licenses;
  std::string_view area;
  std::set<std::string> prefectures;
  int frequency_hz;
  std::set<int> voltages_kv;
  std::set<std::string> plants;
  std::set<std::string> products;
};

// Twelve operators across the country: enough for k = 5 once an area is left out, too few while it is named.
const std::vector<OrgRow>& org_rows() {
  // A table reads by its lines.
  // clang-format off
  static const std::vector<OrgRow> rows{
      {"secretariat", OrgKind::Secretariat, "火の見電力ISAC事務局", "Hinomi Power ISAC Secretariat", "", {}, "", {}, 0, {}, {}, {}},
      {"member_a", OrgKind::Operator, "みなと電力ネットワーク", "Minato Power Networks", "みなと電NW", {License::Gtd}, "tohoku", {"miyagi", "iwate"}, 50, {500, 275, 154, 66}, {"hydro"}, {"Kagari SCADA 4"}},
      {"member_b", OrgKind::Operator, "はるか送配電", "Haruka Transmission", "はるか送配", {License::Gtd}, "kansai", {"hyogo", "osaka"}, 60, {500, 275, 154, 77}, {}, {"Kagari SCADA 4"}},
      {"member_c", OrgKind::Operator, "あおば発電", "Aoba Generation", "", {License::GenMajor}, "tokyo", {"chiba"}, 50, {275}, {"thermal"}, {"Tomoshibi DCS"}},
      {"member_d", OrgKind::Operator, "しおさい電力送配電", "Shiosai Grid", "", {License::Gtd}, "kyushu", {"fukuoka", "saga"}, 60, {500, 220, 110, 66}, {}, {"Kagari SCADA 4"}},
      {"member_e", OrgKind::Operator, "こもれび電力ネットワーク", "Komorebi Networks", "", {License::Gtd}, "hokkaido", {"hokkaido"}, 50, {275, 187, 110, 66}, {"hydro"}, {"Mamori RTU"}},
      {"member_f", OrgKind::Operator, "つばさ電力送配電", "Tsubasa Grid", "", {License::Gtd}, "chubu", {"aichi", "gifu"}, 60, {500, 275, 154, 77}, {}, {"Kagari SCADA 4"}},
      {"member_g", OrgKind::Operator, "いずみ電力ネットワーク", "Izumi Networks", "", {License::Gtd}, "chugoku", {"hiroshima"}, 60, {500, 220, 110}, {}, {"Mamori RTU"}},
      {"member_h", OrgKind::Operator, "ひなた発電", "Hinata Generation", "", {License::GenMajor}, "kyushu", {"oita"}, 60, {220}, {"thermal", "geothermal"}, {"Tomoshibi DCS"}},
      {"member_i", OrgKind::Operator, "かすみ小売電気", "Kasumi Retail", "", {License::Retail}, "tokyo", {"tokyo"}, 50, {}, {}, {}},
      {"member_j", OrgKind::Operator, "やまびこ水力", "Yamabiko Hydro", "", {License::GenMinor}, "chubu", {"nagano"}, 60, {77}, {"hydro"}, {"Mamori RTU"}},
      {"member_k", OrgKind::Operator, "ゆうなぎ送電", "Yunagi Transmission", "", {License::Tx}, "shikoku", {"ehime"}, 60, {500, 187}, {}, {"Kagari SCADA 4"}},
      {"member_l", OrgKind::Operator, "ほしぞら電力ネットワーク", "Hoshizora Networks", "", {License::Gtd}, "hokuriku", {"ishikawa", "toyama"}, 60, {500, 275, 154}, {}, {"Kagari SCADA 4"}},
      {"vendor", OrgKind::Technical, "かがり制御システムズ", "Kagari Control Systems", "", {}, "", {}, 0, {}, {}, {"Kagari SCADA 4"}},
      {"ministry", OrgKind::Ministry, "所管省庁(デモ)", "Competent Ministry (demo)", "", {}, "", {}, 0, {}, {}, {}},
      {"nco", OrgKind::Nco, "統括室(デモ)", "National Cybersecurity Office (demo)", "", {}, "", {}, 0, {}, {}, {}},
      {"safety_bureau", OrgKind::SafetyBureau, "産業保安監督部(デモ)", "Regional Safety Bureau (demo)", "", {}, "", {}, 0, {}, {}, {}},
      {"partner", OrgKind::Partner, "となり分野ISAC", "Neighbour Sector ISAC", "", {}, "", {}, 0, {}, {}, {}},
      {"supplier", OrgKind::Supplier, "ちいさな電設工業", "Chiisana Electrical Works", "", {}, "", {}, 0, {}, {}, {}},
      {"auditor", OrgKind::Auditor, "あかり監査法人", "Akari Auditors", "", {}, "", {}, 0, {}, {}, {}},
  };
  // clang-format on
  return rows;
}

struct PersonRow {
  std::string_view key;
  std::string_view org;
  std::string_view name;
  std::string_view name_en;
  std::set<Role> roles;
  bool one_time_code;
};

const std::vector<PersonRow>& person_rows() {
  static const std::vector<PersonRow> rows{
      {"operator", "secretariat", "運用 一郎", "Ichiro Unyo", {Role::Operator}, true},
      {"analyst1", "secretariat", "鈴木 あかり", "Akari Suzuki", {Role::Analyst}, false},
      {"analyst2", "secretariat", "高橋 まこと", "Makoto Takahashi", {Role::Analyst}, false},
      {"member_a_soc", "member_a", "佐藤 ひかる", "Hikaru Sato", {Role::Reporter}, false},
      {"member_a_lead", "member_a", "伊藤 のぞみ", "Nozomi Ito", {Role::Approver, Role::OrgAdmin}, false},
      {"member_b_soc", "member_b", "山本 つばさ", "Tsubasa Yamamoto", {Role::Reporter}, false},
      {"member_c_soc", "member_c", "中村 みのり", "Minori Nakamura", {Role::Reporter}, false},
      {"vendor_psirt", "vendor", "小林 すすむ", "Susumu Kobayashi", {Role::Reporter}, false},
      {"ministry", "ministry", "官野 まもる", "Mamoru Kanno", {Role::Viewer}, false},
      {"nco", "nco", "統場 みちる", "Michiru Toba", {Role::Viewer}, false},
      {"partner_isac", "partner", "隣田 けい", "Kei Tonarida", {Role::Machine}, false},
      {"safety_bureau", "safety_bureau", "保安 ただし", "Tadashi Hoan", {Role::Viewer}, false},
      {"sme", "supplier", "電設 はじめ", "Hajime Densetsu", {Role::Reporter}, false},
      {"auditor", "auditor", "監物 あきら", "Akira Kenmotsu", {Role::Auditor}, false},
  };
  return rows;
}

Organisation organisation_of(const OrgRow& row, Random& seeded) {
  Organisation org;
  org.id = OrgId::random(seeded);
  org.kind = row.kind;
  org.name = row.name;
  org.name_en = row.name_en;
  if (!row.alias.empty()) org.aliases.emplace_back(row.alias);
  OrgAttributes& attributes = org.attributes;
  attributes.licenses = row.licenses;
  attributes.ci_operator = row.kind == OrgKind::Operator && !row.licenses.contains(License::Retail);
  attributes.special = row.licenses.contains(License::Gtd) || row.licenses.contains(License::GenMajor);
  attributes.keizai = attributes.special;
  attributes.area = row.area;
  attributes.prefectures = row.prefectures;
  attributes.frequency_hz = row.frequency_hz;
  attributes.voltages_kv = row.voltages_kv;
  attributes.plants = row.plants;
  attributes.products = row.products;
  return org;
}

using OrgIds = std::map<std::string_view, OrgId>;

Group group_of(std::string_view name, std::set<OrgId> orgs, Random& seeded) {
  Group group;
  group.id = GroupId::random(seeded);
  group.name = name;
  group.ceiling = Tlp::AmberStrict;
  group.orgs = std::move(orgs);
  return group;
}

Person person_of(const PersonRow& row, const OrgIds& orgs, Random& seeded) {
  Person person;
  person.id = PersonId::random(seeded);
  person.org = orgs.at(row.org);
  person.name = row.name;
  person.name_en = row.name_en;
  person.login = row.key;
  person.roles = row.roles;
  person.ceiling = row.org == "supplier" ? Tlp::Green : Tlp::Red;
  return person;
}

Directory directory_of(Random& seeded, OrgIds& orgs) {
  Directory directory;
  std::set<OrgId> members;
  for (const OrgRow& row : org_rows()) {
    const Organisation org = organisation_of(row, seeded);
    orgs[row.key] = org.id;
    if (org.kind == OrgKind::Operator) members.insert(org.id);
    directory.orgs.emplace(org.id, org);
  }
  for (const Group& group : {group_of(policy::kMembersGroup, members, seeded),
                             group_of(policy::kTechnicalGroup, {orgs.at("vendor")}, seeded),
                             group_of(policy::kPartnersGroup, {orgs.at("partner")}, seeded)}) {
    directory.groups.emplace(group.id, group);
  }
  for (const PersonRow& row : person_rows()) {
    const Person person = person_of(row, orgs, seeded);
    directory.persons.emplace(person.id, person);
  }
  return directory;
}

const PersonRow& row_of(const Person& person) {
  return *std::ranges::find(person_rows(), person.login, [](const PersonRow& row) { return std::string(row.key); });
}

Result<DemoAccount> open_account(const Installation& installation, const Directory& directory, const Person& person,
                                 Random& seeded) {
  DemoAccount account;
  account.key = person.login;
  account.org = directory.orgs.at(person.org).name;
  account.name = person.name;
  account.login = person.login;
  account.password =
      seeded.speakable(4) + "-" + seeded.speakable(4) + "-" + seeded.speakable(4) + "-" + seeded.speakable(4);
  store::Credential credential;
  credential.person = person.id;
  TRY(credential.password_hash, installation.platform().entrance.passwords.hash(SecretText(account.password)));
  if (row_of(person).one_time_code) {
    Bytes secret(20);
    seeded.fill(secret);
    account.totp_secret = to_base32(secret);
    credential.totp_secret = Secret(std::move(secret));
  }
  TRY_OK(installation.store().put_credential(policy::MachineRoom::local_operator(), credential));
  TRY(const flow::IssuedToken token, flow::make_token(installation.platform(), person.id, {.name = "demo"}));
  account.api_token = token.secret.expose();
  return account;
}

store::Collection collection_of(std::string_view alias, std::string_view title, const Label& readers,
                                const Label& writers, Random& seeded) {
  store::Collection collection;
  collection.id = CollectionId::random(seeded);
  collection.alias = alias;
  collection.title = title;
  collection.readers = readers;
  collection.writers = writers;
  return collection;
}

// The four collections of a black-box TAXII probe, as the partner sees them.
std::vector<store::Collection> probe_collections(const Directory& directory, const OrgIds& orgs, Random& seeded) {
  const Label partner = policy::org_label(orgs.at("partner"), Tlp::Amber);
  const Label own = policy::secretariat_label(directory);
  return {collection_of("partner-ro", "提携 ISAC への提供", partner, own, seeded),
          collection_of("partner-wo", "提携 ISAC からの受入", own, partner, seeded),
          collection_of("partner-rw", "提携 ISAC との共有", partner, partner, seeded),
          collection_of("partner-none", "事務局の作業用", own, own, seeded)};
}

}  // namespace

Result<DemoSector> make_demo_sector(const Installation& installation, Random& seeded) {
  store::Store& store = installation.store();
  if (!store.directory()->persons.empty())
    return conflict("demo.not_empty", "This data directory has people in it already.");
  const auto permit = policy::MachineRoom::local_operator();
  OrgIds orgs;
  const Directory directory = directory_of(seeded, orgs);
  TRY([[maybe_unused]] const auto epoch, store.put_directory(permit, directory));
  DemoSector sector;
  for (const PersonRow& row : person_rows()) {
    for (const auto& [id, person] : directory.persons) {
      if (person.login != row.key) continue;
      TRY(DemoAccount account, open_account(installation, directory, person, seeded));
      sector.accounts.push_back(std::move(account));
    }
  }
  TRY_OK(flow::make_releases_collection(installation.platform()));
  TRY_OK(flow::make_collected_collection(store, permit));
  for (const store::Collection& collection : probe_collections(directory, orgs, seeded)) {
    TRY_OK(store.put_collection(permit, collection));
    sector.probe_collections[collection.alias.substr(8)] = collection.id.text();
  }
  return sector;
}

std::string demo_credentials_json(const DemoSector& sector, const std::string& base_url) {
  JsonWriter out;
  out.begin_object().member("base_url", base_url).key("accounts").begin_object();
  for (const DemoAccount& account : sector.accounts) {
    out.key(account.key)
        .begin_object()
        .member("org", account.org)
        .member("name", account.name)
        .member("login", account.login);
    out.member("password", account.password).key("totp_secret");
    account.totp_secret.empty() ? out.null() : out.string(account.totp_secret);
    out.member("api_token", account.api_token).end_object();
  }
  out.end_object().key("taxii_probe").begin_object().member("root", "/taxii2/api/");
  for (const auto& [key, id] : sector.probe_collections) out.member(key, id);
  return out.end_object().end_object().take();
}

Result<DemoSector> read_demo_credentials(std::string_view json) {
  TRY(const auto document, parse_json(json));
  const auto accounts = document->root().find("accounts");
  if (!accounts) return invalid("demo.credentials", "The file has no accounts.", "/accounts");
  DemoSector sector;
  for (const JsonView account : *accounts) {
    const auto text = [&](std::string_view name) { return std::string(account.string_at(name).value_or("")); };
    sector.accounts.push_back({std::string(account.key()), text("org"), text("name"), text("login"), text("password"),
                               text("totp_secret"), text("api_token")});
  }
  if (const auto probe = document->root().find("taxii_probe")) {
    for (const JsonView id : *probe) {
      if (id.key() != "root") sector.probe_collections.emplace(id.key(), id.string().value_or(""));
    }
  }
  return sector;
}

}  // namespace hinomi::app
