// A code by which a new person sets their password: made here, shown once to whoever calls the person, kept as a hash.
#pragma once

#include <string_view>

#include "flow/platform.h"

namespace hinomi::flow {

inline constexpr std::chrono::hours kInvitationStands{24 * 7};

struct IssuedInvitation {
  PersonId person;
  SecretText code;
};

struct NewInvitation {
  IssuedInvitation issued;
  store::Invitation kept;
};
// Twenty characters in groups that can be read out over the telephone; a hundred bits of chance.
NewInvitation make_invitation(const Platform& platform, const PersonId& person);

// The code as typed, without regard to case, width, spaces and hyphens; empty when nothing of it is left.
std::string canonical_code(std::string_view typed);

}  // namespace hinomi::flow
