// Who may act on whom. One function answers for every change of people, groups, rights and delegations; it is asked
// when a change is proposed, when somebody agrees to it and when it is carried out. Pure.
#pragma once

#include "base/result.h"
#include "model/directory_change.h"
#include "policy/principal.h"

namespace hinomi::policy {

// A partial order: among organisations' administrators only those of the own organisation compare.
enum class Standing { Ordinary, OrgAdministrator, Secretariat, PlatformOperator };

// As one who acts: of the secretariat only analysts and operators act; who is quarantined acts as Ordinary.
Standing standing_of(const Principal& actor);
// As one who is acted on: everybody of the secretariat, and every auditor, stands with the secretariat.
Standing standing_of(const Directory& directory, const Person& target);
// Strictly: never true of oneself, of equals, or across organisations below the secretariat.
bool stands_above(const Principal& actor, const Directory& directory, const Person& target);

// The one rule of authority; in words:
//  1. the actor stands above every person whose rights the change touches, as they are and as they would be;
//     a group or an organisation touches every person who is in it before or after;
//  2. nothing granted exceeds the actor's own: compartments, ceiling, the ceiling of a group; a group or compartment
//     is not a way around it;
//  3. an administrator of an organisation touches the own people and its contacts only, and grants only roles that the
//     actor has, and only groups that the actor is in;
//  4. organisations and groups are the secretariat's; those of authorities, auditors and the secretariat itself are the
//     platform operators';
//  5. an audience is in audiences only; whoever is new begins in quarantine, and no change ends it.
// Forbidden "authority.…" or Invalid "directory.…". A change that touches nothing is Invalid "directory.no_change".
Status may_change(const Directory& directory, const Principal& actor, const DirectoryChange& change);

// True when everything in it takes away and nothing is added, widened or rewritten: no second person is needed.
bool is_pure_loss(const DirectoryChange& change);
// Whether two principals of one person may do and read exactly the same.
bool same_rights(const Principal& a, const Principal& b);

}  // namespace hinomi::policy
