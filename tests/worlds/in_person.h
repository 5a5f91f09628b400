// A world is made without anybody's hands on it: where an act asks for proof that its person is there, the proof is
// taken as given. Everything else about the act is asked of policy.
#pragma once

#include "policy/permit.h"

namespace hinomi::tests::worlds {

struct PresenceTaken : policy::PresenceDesk {
  using PresenceDesk::attest;
};

template <policy::NeedsPresence Action>
Result<policy::Permit<Action>> permit_in_person(const policy::Principal& principal,
                                                const typename Action::Subject& subject) {
  return policy::permit<Action>(principal, subject, PresenceTaken::attest(principal.person, Action::purpose(subject)));
}

}  // namespace hinomi::tests::worlds
