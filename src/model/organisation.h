// Organisations and people: who they are, not what they may do (that is policy).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/label.h"

namespace hinomi {

// Kind of an organisation: decides its place in the community, not its rights.
enum class OrgKind { Secretariat, Operator, Technical, Ministry, Nco, SafetyBureau, Partner, Supplier, Auditor };
std::string_view org_kind_text(OrgKind kind);  // "operator", …
Result<OrgKind> parse_org_kind(std::string_view text);

// Electricity Business Act licences (DOMAIN-JAPAN §2.2 op.license).
enum class License { Gtd, Tx, Dist, Sptd, GenMajor, GenMinor, Retail, Agg, Private, Nuclear };
std::string_view license_text(License license);
Result<License> parse_license(std::string_view text);

// Regimes of other countries that an organisation or one of its units abroad says it falls under (op.abroad,
// DOMAIN-JAPAN §2.4). Its own word: nothing here is computed.
enum class AbroadRegime { EuNis2, EuNccs, EuCra, UsNerc, UsDoe, UsCircia, UsSec };
std::string_view abroad_regime_text(AbroadRegime regime);  // "eu_nis2", …
Result<AbroadRegime> parse_abroad_regime(std::string_view text);

// What the registry knows about an organisation: inputs of duties (rules) and of the anonymity count (anonymity).
struct OrgAttributes {
  std::set<License> licenses;
  bool ci_operator = false;  // op.ci 重要インフラ事業者等
  bool keizai = false;       // op.keizai 特定社会基盤事業者
  bool special = false;      // op.special 特別社会基盤事業者
  bool hoan_cert = false;    // op.hoan_cert 認定高度保安実施設置者
  bool listed = false;       // op.listed
  std::string area;          // "tohoku" …; empty where none
  std::set<std::string> prefectures;
  int frequency_hz = 0;  // 50, 60 or 0
  std::set<int> voltages_kv;
  std::set<std::string> plants;    // "thermal", "hydro", "nuclear", "wind", …
  std::set<std::string> products;  // vendor product lines in use, as the member declared
  bool personal_data = false;      // op.pii 個人情報取扱事業者
  std::set<AbroadRegime> abroad;   // op.abroad
  bool operator==(const OrgAttributes&) const = default;
};

// A member takes part; an audience (a maker, a participant of a council) reads what is addressed to it and is never
// among "the members": groups that are no audience do not count for its people (policy/principal.h).
enum class Membership { Member, Audience };
std::string_view membership_text(Membership membership);
Result<Membership> parse_membership(std::string_view text);

// Where an organisation is reached: a duty desk (宿直, SOC) or an office.
struct Contact {
  std::string desk;  // "当直", "SOC"
  std::string phone{};
  std::string mail{};
  bool duty = false;  // answers day and night
  bool operator==(const Contact&) const = default;
};

struct Organisation {
  OrgId id;
  OrgKind kind = OrgKind::Operator;
  std::string name;  // Japanese
  std::string name_en;
  std::vector<std::string> aliases;
  OrgAttributes attributes;
  Membership membership = Membership::Member;
  std::vector<Contact> contacts{};
  bool operator==(const Organisation&) const = default;
};

// Roles are additive; a role never widens what a person may read by itself except as policy/reading.h says.
// OrgAdmin proposes changes for the people of the own organisation; SecurityOfficer (情報保全担当) keeps its
// clearances.
enum class Role { Reporter, Approver, Analyst, Operator, Auditor, Viewer, Machine, OrgAdmin, SecurityOfficer };
std::string_view role_text(Role role);
Result<Role> parse_role(std::string_view text);

struct Person {
  PersonId id;
  OrgId org;
  std::string name;
  std::string name_en;
  std::string login;  // canonical: folded
  std::set<Role> roles;
  std::set<std::string> compartments;
  Tlp ceiling = Tlp::Red;  // the strictest TLP this person may read
  bool cleared = false;    // from the clearance register; counts only while the installation keeps one
  bool active = true;
  std::string mail{};        // folded, like the login
  std::string phone{};       // where the secretariat calls to prove who this is
  bool duty_desk = false;    // a desk with changing people, not one person
  bool quarantined = false;  // new: nobody has confirmed by another channel yet that this is who it says
  bool canary = false;       // belongs to nobody; whoever looks it up was looking where they should not
  bool operator==(const Person&) const = default;
};

// A working group meets, a sharing group exchanges, an audience is addressed.
enum class GroupKind { WorkingGroup, SharingGroup, Audience };
std::string_view group_kind_text(GroupKind kind);
Result<GroupKind> parse_group_kind(std::string_view text);
// Whether those in a group see each other.
enum class Visibility { Open, Blind };
std::string_view visibility_text(Visibility visibility);
Result<Visibility> parse_visibility(std::string_view text);

struct Group {
  GroupId id;
  std::string name;
  Tlp ceiling = Tlp::Amber;  // nothing stricter is read through this group
  std::set<OrgId> orgs;
  std::set<PersonId> persons;
  GroupKind kind = GroupKind::SharingGroup;
  Visibility visibility = Visibility::Open;
  bool operator==(const Group&) const = default;
};

// One person lends a role to a colleague for a time. `in_force` is turned by a scheduled step, never by a query.
struct Delegation {
  DelegationId id;
  PersonId from;
  PersonId to;
  Role role = Role::Viewer;
  Instant from_at;
  Instant until;
  bool in_force = false;
  bool operator==(const Delegation&) const = default;
};

// The whole directory at one policy epoch; published as shared_ptr<const Directory>.
struct Directory {
  std::uint64_t epoch = 0;
  std::map<OrgId, Organisation> orgs;
  std::map<PersonId, Person> persons;
  std::map<GroupId, Group> groups;
  std::map<DelegationId, Delegation> delegations{};
  bool clearance_register = false;  // the installation keeps one; off unless somebody turned it on
};

}  // namespace hinomi
