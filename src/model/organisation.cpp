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
constexpr Words<Role, 7> kRoles{"organisation.role_unknown",
                                {"reporter", "approver", "analyst", "operator", "auditor", "viewer", "machine"}};

}  // namespace

std::string_view org_kind_text(OrgKind kind) { return kOrgKinds.text(kind); }
Result<OrgKind> parse_org_kind(std::string_view text) { return kOrgKinds.parse(text); }
std::string_view license_text(License license) { return kLicenses.text(license); }
Result<License> parse_license(std::string_view text) { return kLicenses.parse(text); }
std::string_view role_text(Role role) { return kRoles.text(role); }
Result<Role> parse_role(std::string_view text) { return kRoles.parse(text); }

}  // namespace hinomi
