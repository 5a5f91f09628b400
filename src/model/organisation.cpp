#include "model/organisation.h"

#include "model/words.h"

namespace hinomi {
namespace {

constexpr Words<OrgKind, 9> kOrgKinds{
    "organisation.kind_unknown",
    {"secretariat", "operator", "technical", "ministry", "nco", "safety_bureau", "partner", "supplier", "auditor"}};
constexpr Words<License, 10> kLicenses{
    "organisation.license_unknown",
    {"gtd", "tx", "dist", "sptd", "gen_major", "gen_minor", "retail", "agg", "private", "nuclear"}};
constexpr Words<AbroadRegime, 7> kAbroadRegimes{
    "organisation.abroad_unknown", {"eu_nis2", "eu_nccs", "eu_cra", "us_nerc", "us_doe", "us_circia", "us_sec"}};
constexpr Words<Role, 9> kRoles{
    "organisation.role_unknown",
    {"reporter", "approver", "analyst", "operator", "auditor", "viewer", "machine", "org_admin", "security_officer"}};
constexpr Words<Membership, 2> kMemberships{"organisation.membership_unknown", {"member", "audience"}};
constexpr Words<GroupKind, 3> kGroupKinds{"group.kind_unknown", {"working_group", "sharing_group", "audience"}};
constexpr Words<Visibility, 2> kVisibilities{"group.visibility_unknown", {"open", "blind"}};

}  // namespace

std::string_view org_kind_text(OrgKind kind) { return kOrgKinds.text(kind); }
Result<OrgKind> parse_org_kind(std::string_view text) { return kOrgKinds.parse(text); }
std::string_view license_text(License license) { return kLicenses.text(license); }
Result<License> parse_license(std::string_view text) { return kLicenses.parse(text); }
std::string_view abroad_regime_text(AbroadRegime regime) { return kAbroadRegimes.text(regime); }
Result<AbroadRegime> parse_abroad_regime(std::string_view text) { return kAbroadRegimes.parse(text); }
std::string_view role_text(Role role) { return kRoles.text(role); }
Result<Role> parse_role(std::string_view text) { return kRoles.parse(text); }
std::string_view membership_text(Membership membership) { return kMemberships.text(membership); }
Result<Membership> parse_membership(std::string_view text) { return kMemberships.parse(text); }
std::string_view group_kind_text(GroupKind kind) { return kGroupKinds.text(kind); }
Result<GroupKind> parse_group_kind(std::string_view text) { return kGroupKinds.parse(text); }
std::string_view visibility_text(Visibility visibility) { return kVisibilities.text(visibility); }
Result<Visibility> parse_visibility(std::string_view text) { return kVisibilities.parse(text); }

}  // namespace hinomi
