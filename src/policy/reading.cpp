#include "policy/reading.h"

#include <algorithm>

namespace hinomi::policy {
namespace {

bool is_authority(OrgKind kind) { return kind == OrgKind::Ministry || kind == OrgKind::Nco; }

bool gov_class_admits(const Principal& principal, GovClass gov_class) {
  switch (gov_class) {
    case GovClass::None:
    case GovClass::Shuchi: return true;
    case GovClass::Teikyo:
      return is_authority(principal.org_kind) || principal.org_kind == OrgKind::Secretariat ||
             principal.org_kind == OrgKind::Operator;
    case GovClass::Sogo: return is_authority(principal.org_kind);
  }
  return false;
}

bool admits_through_group(const Principal& principal, const AudienceSet& set, Tlp tlp) {
  return std::ranges::any_of(principal.groups, [&](const auto& membership) {
    return set.groups.contains(membership.first) && tlp <= membership.second;
  });
}

bool set_admits(const Principal& principal, const AudienceSet& set, Tlp tlp) {
  if (set.persons.contains(principal.person)) return true;
  if (tlp == Tlp::Red) return false;
  return set.orgs.contains(principal.org) || admits_through_group(principal, set, tlp);
}

bool audience_admits(const Principal& principal, const Label& label) {
  if (label.audience.is_everyone()) return label.tlp <= Tlp::Green;
  const auto& sets = label.audience.sets();
  // A conjunction of no sets would admit everyone; only the explicit Everyone may.
  return !sets.empty() &&
         std::ranges::all_of(sets, [&](const AudienceSet& set) { return set_admits(principal, set, label.tlp); });
}

}  // namespace

bool may_read(const Principal& principal, const Label& label) {
  return principal.scopes.contains(Scope::Read) && admits(principal, label);
}

bool admits(const Principal& principal, const Label& label) {
  if (label.needs_clearance && !principal.cleared) return false;
  if (!std::ranges::includes(principal.compartments, label.compartments)) return false;
  if (!gov_class_admits(principal, label.gov_class)) return false;
  if (label.embargo_until && principal.org_kind != OrgKind::Secretariat) return false;
  if (label.tlp > principal.ceiling) return false;
  return audience_admits(principal, label);
}

bool Reach::covers(LabelId id) const { return std::ranges::binary_search(labels_, id); }

Reach reach_of(const Principal& principal, std::span<const LabelEntry> labels) {
  std::vector<LabelId> readable;
  LabelId newest;
  for (const LabelEntry& entry : labels) {
    newest = std::max(newest, entry.id);
    if (may_read(principal, entry.label)) readable.push_back(entry.id);
  }
  std::ranges::sort(readable);
  return {std::move(readable), newest, principal};
}

}  // namespace hinomi::policy
