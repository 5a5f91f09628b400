// Organisations and people: who they are, not what they may do (that is policy).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

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
};

struct Organisation {
  OrgId id;
  OrgKind kind = OrgKind::Operator;
  std::string name;  // Japanese
  std::string name_en;
  std::vector<std::string> aliases;
  OrgAttributes attributes;
};

// Roles are additive; a role never widens what a person may read by itself except as policy/reading.h says.
enum class Role { Reporter, Approver, Analyst, Operator, Auditor, Viewer, Machine };
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
  bool cleared = false;
  bool active = true;
};

struct Group {
  GroupId id;
  std::string name;
  Tlp ceiling = Tlp::Amber;  // nothing stricter is read through this group
  std::set<OrgId> orgs;
  std::set<PersonId> persons;
};

// The whole directory at one policy epoch; published as shared_ptr<const Directory>.
struct Directory {
  std::uint64_t epoch = 0;
  std::map<OrgId, Organisation> orgs;
  std::map<PersonId, Person> persons;
  std::map<GroupId, Group> groups;
};

}  // namespace hinomi
