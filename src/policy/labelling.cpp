#include "policy/labelling.h"

#include <array>
#include <utility>

#include "model/words.h"

namespace hinomi::policy {
namespace {

constexpr Words<PointerAudience, 4> kPointerAudiences{
    "pointer.audience", {"secretariat", "authorities", "members", "members_and_technical"}};
constexpr std::array<std::pair<ReleaseAudience, std::string_view>, 3> kAudiences{{
    {ReleaseAudience::Members, "members"},
    {ReleaseAudience::MembersAndTechnical, "members_and_technical"},
    {ReleaseAudience::Community, "community"},
}};

void admit_kind(const Directory& directory, OrgKind kind, AudienceSet& set) {
  for (const auto& [id, org] : directory.orgs) {
    if (org.kind == kind) set.orgs.insert(id);
  }
}

const Group* find_group(const Directory& directory, std::string_view name) {
  for (const auto& [id, group] : directory.groups) {
    if (group.name == name) return &group;
  }
  return nullptr;
}

Label shared_with(Tlp tlp, AudienceSet set) {
  Label label;
  label.tlp = tlp;
  label.audience = Audience::only(std::move(set));
  return label;
}

Status admit_group(const Directory& directory, std::string_view name, AudienceSet& set) {
  const Group* group = find_group(directory, name);
  if (group == nullptr) return invalid("label.no_group", "The directory has no group \"" + std::string(name) + "\".");
  set.groups.insert(group->id);
  return {};
}

}  // namespace

std::string_view release_audience_text(ReleaseAudience audience) {
  for (const auto& [value, text] : kAudiences) {
    if (value == audience) return text;
  }
  return "members";
}

Result<ReleaseAudience> parse_release_audience(std::string_view text) {
  for (const auto& [value, name] : kAudiences) {
    if (name == text) return value;
  }
  return invalid("label.audience", "The audience is members, members_and_technical or community.");
}

Label victim_label(const Directory& directory, const OrgId& reporter, ShareScope scope) {
  AudienceSet set;
  set.orgs.insert(reporter);
  admit_kind(directory, OrgKind::Secretariat, set);
  if (scope == ShareScope::SecretariatAndAuthority) {
    admit_kind(directory, OrgKind::Ministry, set);
    admit_kind(directory, OrgKind::Nco, set);
  }
  return shared_with(Tlp::AmberStrict, std::move(set));
}

Label technical_label(const Directory& directory, const OrgId& reporter, ShareScope scope) {
  return victim_label(directory, reporter, scope);
}

Result<Label> release_label(const Directory& directory, ReleaseAudience audience, Tlp tlp) {
  if (tlp == Tlp::Red)
    return invalid("label.red_release", "TLP:RED names persons; choose TLP:AMBER+STRICT or freer for a release.");
  if (audience == ReleaseAudience::Community) {
    if (tlp > Tlp::Green)
      return invalid("label.community_tlp", "The whole community reads TLP:GREEN or TLP:CLEAR only.");
    return public_label(tlp);
  }
  if (tlp < Tlp::Amber) return invalid("label.group_tlp", "For TLP:GREEN and TLP:CLEAR the audience is the community.");
  AudienceSet set;
  admit_kind(directory, OrgKind::Secretariat, set);
  TRY_OK(admit_group(directory, kMembersGroup, set));
  if (audience == ReleaseAudience::MembersAndTechnical) TRY_OK(admit_group(directory, kTechnicalGroup, set));
  return shared_with(tlp, std::move(set));
}

ReleaseAudience audience_of(const Directory& directory, const Label& label) {
  if (label.audience.is_everyone()) return ReleaseAudience::Community;
  const Group* technical = find_group(directory, kTechnicalGroup);
  for (const AudienceSet& set : label.audience.sets()) {
    if (technical != nullptr && set.groups.contains(technical->id)) return ReleaseAudience::MembersAndTechnical;
  }
  return ReleaseAudience::Members;
}

Label held_label(const Directory& directory, const Label& label, const std::set<OrgId>& given) {
  AudienceSet set;
  set.orgs = given;
  admit_kind(directory, OrgKind::Secretariat, set);
  Label held = label;
  held.audience = label.audience.and_also(Audience::only(std::move(set)));
  return held;
}

Label sighting_label(const Directory& directory, const OrgId& sender) {
  AudienceSet set;
  set.orgs.insert(sender);
  admit_kind(directory, OrgKind::Secretariat, set);
  return shared_with(Tlp::AmberStrict, std::move(set));
}

std::string_view pointer_audience_text(PointerAudience audience) { return kPointerAudiences.text(audience); }
Result<PointerAudience> parse_pointer_audience(std::string_view text) { return kPointerAudiences.parse(text); }
std::vector<std::string_view> pointer_audiences() {
  return {kPointerAudiences.words.begin(), kPointerAudiences.words.end()};
}

Result<Label> pointer_label(const Directory& directory, const OrgId& maker, PointerAudience audience) {
  AudienceSet set;
  set.orgs.insert(maker);
  admit_kind(directory, OrgKind::Secretariat, set);
  if (audience == PointerAudience::Authorities) {
    admit_kind(directory, OrgKind::Ministry, set);
    admit_kind(directory, OrgKind::Nco, set);
  }
  const bool technical = audience == PointerAudience::MembersAndTechnical;
  if (technical || audience == PointerAudience::Members) TRY_OK(admit_group(directory, kMembersGroup, set));
  if (technical) TRY_OK(admit_group(directory, kTechnicalGroup, set));
  return shared_with(Tlp::AmberStrict, std::move(set));
}

Label public_label(Tlp tlp) {
  Label label;
  label.tlp = tlp;
  label.audience = Audience::everyone();
  return label;
}

Label org_label(const OrgId& org, Tlp tlp) {
  AudienceSet set;
  set.orgs.insert(org);
  return shared_with(tlp, std::move(set));
}

Label secretariat_label(const Directory& directory) {
  AudienceSet set;
  admit_kind(directory, OrgKind::Secretariat, set);
  return shared_with(Tlp::AmberStrict, std::move(set));
}

}  // namespace hinomi::policy
