// The beginning of an installation: the organisation that runs it, its first people, and the groups that labels name.
// Only on the machine itself, and only while the directory is empty; everything after it takes two people.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "flow/invitation.h"

namespace hinomi::flow {

// Each change needs two different people, so an installation that begins with one could never change.
inline constexpr std::size_t kFewestFounders = 2;

struct Founder {
  std::string login;
  std::string name;
};
struct FoundingWish {
  std::string organisation;     // of the secretariat
  std::string organisation_en;  // empty: the same
  std::vector<Founder> people;
  std::set<std::string> compartments;  // that these people have and may grant later
};
struct Founding {
  Directory directory;
  std::vector<IssuedInvitation> invitations;  // one for each person, shown once
  Instant expires_at;
};
// Organisation, people (operators of the platform and analysts, TLP:RED, not in quarantine: whoever runs this hands
// them their codes), the groups of members, technical members and partners, invitations and the first entry of the
// ledger ("installation.founded"), in one transaction. Invalid "founding.organisation", "founding.too_few",
// "founding.compartment", "directory.login", "founding.name"; Conflict "founding.not_empty", "person.login_taken".
Result<Founding> found_installation(const Platform& platform, const FoundingWish& wish);

// On the machine itself: a new code for one who was invited and has never signed in, such as a founder whose code
// expired. NotFound; Conflict "invitation.not_new".
Result<IssuedInvitation> invite_locally(const Platform& platform, const std::string& login);

// The collection that releases go to; made where it is missing.
Status make_releases_collection(const Platform& platform);

}  // namespace hinomi::flow
