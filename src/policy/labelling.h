// Which label a thing gets when it is made. Pure functions of what people chose and of the directory.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/label.h"
#include "model/organisation.h"
#include "model/report.h"

namespace hinomi::policy {

// Names of the groups that every installation has.
inline constexpr std::string_view kMembersGroup = "members";              // 会員
inline constexpr std::string_view kTechnicalGroup = "technical_members";  // テクニカル会員
inline constexpr std::string_view kPartnersGroup = "partners";            // 提携 ISAC

// Whom a release is meant for; the words of the API.
enum class ReleaseAudience { Members, MembersAndTechnical, Community };
std::string_view release_audience_text(ReleaseAudience audience);
Result<ReleaseAudience> parse_release_audience(std::string_view text);

// 被害内容・対応情報: TLP:AMBER+STRICT for the reporting organisation and the secretariat, and for the ministry and NCO
// where the reporter said so.
Label victim_label(const Directory& directory, const OrgId& reporter, ShareScope scope);
// 攻撃技術情報: the same readers until a release widens it.
Label technical_label(const Directory& directory, const OrgId& reporter, ShareScope scope);
// A release. Invalid: TLP stricter than AMBER+STRICT (RED names persons; releases are for groups), GREEN or CLEAR only
// for the community, and an audience whose group the directory lacks.
Result<Label> release_label(const Directory& directory, ReleaseAudience audience, Tlp tlp);
// The audience a release label was made for; Community for an audience of everyone.
ReleaseAudience audience_of(const Directory& directory, const Label& label);
// A release whose originator has taken its consent back: of its readers only the secretariat and those organisations
// that have been given it. Until it is decided nobody else gets it (docs/guides/labels.md).
Label held_label(const Directory& directory, const Label& label, const std::set<OrgId>& given);
// A sighting: its sender and the secretariat.
Label sighting_label(const Directory& directory, const OrgId& sender);
// Who may read a pointer to what the platform must not hold: beside its maker's organisation and the secretariat
// nobody, the ministry and NCO, the members, or those and the technical members.
enum class PointerAudience { Secretariat, Authorities, Members, MembersAndTechnical };
std::string_view pointer_audience_text(PointerAudience audience);       // "secretariat", …
Result<PointerAudience> parse_pointer_audience(std::string_view text);  // Invalid "pointer.audience"
std::vector<std::string_view> pointer_audiences();
// TLP:AMBER+STRICT. Invalid "label.no_group" where the directory lacks the group.
Result<Label> pointer_label(const Directory& directory, const OrgId& maker, PointerAudience audience);
// Collected public material.
Label public_label(Tlp tlp);
// One organisation's own room, and the secretariat's.
Label org_label(const OrgId& org, Tlp tlp);
Label secretariat_label(const Directory& directory);

}  // namespace hinomi::policy
