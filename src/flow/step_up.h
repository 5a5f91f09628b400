// Step-up: proof in the request itself that the person is there, bound to one act. A person with a second factor shows
// it; the password counts only for who has neither one-time codes nor a passkey. Counted like every other try.
#pragma once

#include <optional>
#include <string>

#include "flow/passkeys.h"
#include "policy/permit.h"

namespace hinomi::flow {

struct StepUpAnswer {
  std::string totp;  // six digits or a recovery code
  SecretText password;
  std::optional<PasskeyAnswer> passkey;
  std::string source;  // network address
};

// What a person can show.
struct StepUpMeans {
  bool totp = false;
  bool passkey = false;
  bool password = false;
};
Result<StepUpMeans> step_up_means(const Platform& platform, const Caller& caller);

// A challenge for a passkey, bound to this session and purpose ("release.approve 5f0c… 3").
Bytes step_up_challenge(const Platform& platform, const Caller& caller, std::string_view purpose);

// Forbidden "step_up.needed" when nothing that counts was shown (the detail names what would), "step_up.refused" when
// it is wrong; Unavailable "signin.too_many", "signin.busy".
Result<policy::Presence> prove_presence(const Platform& platform, const Caller& caller, const StepUpAnswer& answer,
                                        const std::string& purpose);
// The same for an act of policy, whose purpose it is.
template <policy::NeedsPresence Action>
Result<policy::Presence> prove_presence_for(const Platform& platform, const Caller& caller, const StepUpAnswer& answer,
                                            const typename Action::Subject& subject) {
  return prove_presence(platform, caller, answer, Action::purpose(subject));
}

}  // namespace hinomi::flow
